"""Everything that extract can fail with.

ExtractError                        the run failed (exit code 1)
├── UsageError                      the command line or the environment is wrong (exit code 2)
├── SeedError                       a seed CSV is missing or does not say what it must
├── ContentError                    a file of bundled content is missing or malformed
│   └── ContentExhausted            more rows were requested than the content holds
├── MissingUpstream                 an entity needs another that has not landed
├── IncompleteEntity                the provider returned too few valid records
├── BudgetReached                   the next call could cost more than is left
├── ServiceError                    the model's service refuses, or cannot be reached; its words, and what to do
├── CallFailed                      one call failed, others may not; the run asks again
│   ├── CallTooLarge                ... in a smaller batch
│   └── TransientServiceError       ... in a while: throttled, overloaded or unreachable
└── LandingError                    a file of the landing cannot be used
    ├── CorruptLine                 a line of a JSONL file is not what extract wrote
    ├── UnsupportedSchemaVersion    a file was written by a version that this one cannot read
    ├── ManifestMissing             records have landed, but what they were pulled for is forgotten
    └── LandingLocked               another extract works on the same landing


Stopped                             a call was not sent because the run is ending
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class ExtractError(Exception):
    """A failure with one clear line: what, where, what to do."""

    exit_code = 1


class UsageError(ExtractError):
    """The caller requested something that does not exist or contradicts itself."""

    exit_code = 2


class SeedError(ExtractError):
    """A seed CSV is missing or has a value that cannot be used."""


class ContentError(ExtractError):
    """A file of bundled content is missing or malformed."""


class ContentExhausted(ContentError):
    """The content holds fewer rows than were requested."""

    def __init__(self, entity: str, *, requested: int, held: int, where: str) -> None:
        super().__init__(
            f"{entity}: {requested:,} requested, but {where} holds at most {held:,}. "
            f"Request fewer (--count {entity}={held})."
        )
        self.entity, self.requested, self.held = entity, requested, held


class MissingUpstream(ExtractError):
    """An entity needs another one that has not landed."""

    def __init__(self, entity: str, upstream: str, path: Path) -> None:
        super().__init__(f"{path} is missing; {entity} need {upstream}. Run: python extract/run.py {upstream}")
        self.entity, self.upstream = entity, upstream


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """What an entity lacks, and why.

    Attributes:
        entity: what is short.
        positions: the plan positions without a record, in rising order.
        attempts: how often they were asked for, in words.
        reasons: why records were refused and calls failed, the commonest first, with how often.
        sample: how a reply begins that held no record; empty if all held some.
        advice: what to change before another try.
    """

    entity: str
    positions: Sequence[int]
    attempts: str
    reasons: Sequence[tuple[str, int]]
    sample: str = ""
    advice: str = ""

    def describe(self) -> str:
        """Say it in one line."""
        listed = ", ".join(map(str, self.positions[:5])) + (" …" if len(self.positions) > 5 else "")
        records = "1 record is" if len(self.positions) == 1 else f"{len(self.positions):,} records are"
        often = {1: "once"}
        counted = "; ".join(f"{reason} ({often.get(count, f'{count:,} times')})" for reason, count in self.reasons)
        most = f"; most often: {counted}" if counted else "; no reply came"
        asked = f" {self.attempts}" if self.attempts else ""
        parts = [
            f"{self.entity}: {records} still missing{asked} (positions {listed}){most}.",
            f"A reply without a record begins: {self.sample!r}." if self.sample else "",
            self.advice,
        ]
        return " ".join(part for part in parts if part)


def describe_fill(entities: Sequence[str]) -> str:
    """Say how what is missing of some entities can be had without the model that did not bring it."""
    command = f"python extract/run.py {' '.join(entities)} --model bundled"
    return f"What landed stays; run the command again to go on, or fill the rest from the bundled content: {command}"


class IncompleteEntity(ExtractError):
    """The provider returned too few valid records for some plan positions of one entity, or of several."""

    def __init__(self, shortfalls: Sequence[Shortfall], *, is_bundled: bool = False) -> None:
        entities = [shortfall.entity for shortfall in shortfalls]
        end = "What landed stays; run the command again to go on." if is_bundled else describe_fill(entities)
        described = [shortfall.describe() for shortfall in shortfalls]
        super().__init__(f"{described[0]} {end}" if len(described) == 1 else "\n".join([*described, end]))
        self.shortfalls = tuple(shortfalls)


class BudgetReached(ExtractError):
    """The next call could cost more than is left of the budget."""

    def __init__(self, budget: float, spent: float, next_cost: float) -> None:
        super().__init__(
            f"the budget of ${budget:,.4g} is reached: up to ${spent:,.4f} is spent, and the next call can cost "
            f"${next_cost:,.4f}. What landed stays; run the command again with a new --budget to go on."
        )
        self.budget, self.spent, self.next_cost = budget, spent, next_cost


class ServiceError(ExtractError):
    """The model's service refuses for good, or cannot be reached.

    Attributes:
        kind: which of the known refusals it is, such as `access` or `region`.
    """

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


class CallFailed(ExtractError):
    """One call failed: there is no reply that can be used.

    Attributes:
        code: the service's name of the failure, or ours.
        may_be_billed: whether tokens may have been spent although no usage came back.
        tries: how often the call was sent.
    """

    def __init__(self, code: str, text: str, *, may_be_billed: bool = False) -> None:
        super().__init__(text)
        self.code, self.may_be_billed, self.tries = code, may_be_billed, 1


class CallTooLarge(CallFailed):
    """A smaller batch may succeed."""


class TransientServiceError(CallFailed):
    """The same call may succeed in a while.

    Attributes:
        is_throttled: whether the service asked for fewer calls.
        retry_after: seconds that the service asked to wait for.
    """

    def __init__(self, code: str, text: str, *, is_throttled: bool = False, retry_after: float = 0) -> None:
        super().__init__(code, text)
        self.is_throttled, self.retry_after = is_throttled, retry_after


class Stopped(Exception):
    """The run is ending; nothing more is sent. Only the run itself sees it."""


class LandingError(ExtractError):
    """A file of the landing cannot be read or written."""


# Every record can be read from its reply again, and every reply has brought its records: nothing need be paid twice.
MEND_LINE = (
    "Restore the line, or remove it: what it held is read from the stored replies again, or asked for again. "
    "All else stays."
)


class CorruptLine(LandingError):
    """A line in the middle of a landing file is not what extract wrote."""

    def __init__(self, path: Path, line_number: int, problem: str) -> None:
        super().__init__(f"{path}:{line_number} {problem}. {MEND_LINE}")
        self.path, self.line_number = path, line_number


class UnsupportedSchemaVersion(LandingError):
    """A file of the landing was written by a version that this one cannot read."""

    def __init__(self, where: str, *, version: object, known: int, is_line: bool = False) -> None:
        advice = MEND_LINE if is_line else "Restore it, or pull again: python extract/run.py --rewrite."
        if isinstance(version, int) and version > known:
            advice = "A newer extract wrote it: update this checkout, or set EVENTHUB_DATA_DIR."
        super().__init__(f"{where} has schema_version {version!r:.40}; this extract reads {known}. {advice}")
        self.version, self.known = version, known


class ManifestMissing(LandingError):
    """Records have landed, but the day, the seeds and the counts they were pulled for are forgotten."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is missing, although records have landed: their day and seeds are not known. "
            "Restore it, or pull everything again: python extract/run.py --rewrite"
        )


class LandingLocked(LandingError):
    """Another extract holds the landing."""

    def __init__(self, raw_dir: Path, holder: str) -> None:
        super().__init__(f"{raw_dir} is held by {holder}; wait until it is done, or set EVENTHUB_DATA_DIR.")
        self.holder = holder
