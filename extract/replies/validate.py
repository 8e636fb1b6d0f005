"""From candidate records to accepted and rejected ones: pure, given what has landed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from extract.entities import get_entity
from extract.entities.base import Record
from extract.planning.plan import PlanItem, Stratum
from extract.planning.seeds import Seeds
from extract.replies.numbering import Candidate, Placement, place, read_number
from extract.replies.parse import Reading

REPEAT = "repeat:"
REPLACED = f"{REPEAT} the reply gives this record anew"
NOT_ANSWERED = "the reply holds no record for this item"


@dataclass(frozen=True)
class Accepted:
    """A record that fits its plan item."""

    item: PlanItem
    record: Record


@dataclass(frozen=True)
class Rejected:
    """A candidate that was rejected (or a plan item without one), and why."""

    position: int | None
    reason: str
    raw: object = None


@dataclass
class ValidationResult:
    """What became of one reply: every plan position that it was to answer is in one of the lists.

    Attributes:
        accepted: records that fit.
        rejected: candidates that do not, and items without one.
        found: how many candidates the reply held.
    """

    accepted: list[Accepted] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    found: int = 0


@dataclass(frozen=True, kw_only=True)
class ValidationPolicy:
    """What candidates of an entity are held to.

    Attributes:
        entity: names the record model.
        find_slots: tells which slots a stratum's texts may hold.
        near_repeat_attempts: up to this attempt a repeated near key is rejected; later it passes.
    """

    entity: str
    find_slots: Callable[[Stratum], Collection[str]]
    near_repeat_attempts: int = 4


def make_policy(entity: str, seeds: Seeds) -> ValidationPolicy:
    """Make the policy that the seeds state for an entity."""
    find_slots = get_entity(entity).find_slots
    return ValidationPolicy(entity=entity, find_slots=lambda stratum: find_slots(stratum, seeds))


@dataclass
class ExistingKeys:
    """What has landed: plan positions, and the keys that no further record may have."""

    positions: Collection[int]
    keys: Collection[str]
    near_keys: Collection[str | None] = ()


def validate_batch(
    reading: Reading, items: Sequence[PlanItem], existing: ExistingKeys, policy: ValidationPolicy, *, attempt: int = 1
) -> ValidationResult:
    """Validate the candidates of one reply.

    Args:
        reading: what the reply offers, each with `n`, the 1-based index of the item it answers (see `place`).
            Of several for one item the last valid one counts.
        items: the plan items that the reply was to answer.
        existing: what has landed before this reply.
        policy: what the candidates are held to.
        attempt: the reply's attempt, from 1.
    """
    placement = place(reading.blocks, len(items))
    validator = _Validator(existing, policy, attempt)
    result = ValidationResult(rejected=_reject_unplaced(placement), found=len(reading.candidates))
    open_items = {n: item for n, item in enumerate(items, start=1) if item.position not in existing.positions}
    for number, answers in placement.answers.items():
        item = open_items.get(number)
        if item is None:
            result.rejected += [_reject_stray(answer) for answer in answers]
        elif validator.accept_last(answers, item, result):
            del open_items[number]
    answered = {rejected.position for rejected in result.rejected}
    reason = placement.problem or reading.problem or NOT_ANSWERED
    result.rejected += [Rejected(i.position, reason) for i in open_items.values() if i.position not in answered]
    return result


def _reject_unplaced(placement: Placement) -> list[Rejected]:
    replaced = [Rejected(None, REPLACED, candidate) for candidate in placement.replaced]
    return replaced + [_reject_stray(candidate) for candidate in placement.stray]


def _reject_stray(candidate: Candidate) -> Rejected:
    return Rejected(None, f"n={_show(candidate.get('n'))} answers no open item", candidate)


def _show(value: object) -> str:
    """Show a number as it was given; whatever else a model has put there only by its type."""
    return f"{value!r:.40}" if isinstance(value, str | None) or read_number(value) is not None else type(value).__name__


class _Validator:
    """Holds candidates to the policy, and to what has landed or was said before in the same reply."""

    def __init__(self, existing: ExistingKeys, policy: ValidationPolicy, attempt: int) -> None:
        self._existing, self._policy = existing, policy
        self._rejects_near_repeats = attempt <= policy.near_repeat_attempts
        self._record_class = get_entity(policy.entity).record
        self._said: set[str] = set()

    def accept_last(self, answers: Sequence[Candidate], item: PlanItem, result: ValidationResult) -> bool:
        """Accept the last valid one of an item's answers, reject the others; tell whether there was one."""
        left = list(answers)
        while left:
            outcome = self._validate(left.pop(), item)
            if isinstance(outcome, Accepted):
                result.accepted.append(outcome)
                result.rejected += [Rejected(item.position, REPLACED, answer) for answer in left]
                return True
            result.rejected.append(outcome)
        return False

    def _validate(self, candidate: Candidate, item: PlanItem) -> Accepted | Rejected:
        context = {"slots": self._policy.find_slots(item.stratum)}
        try:
            record = self._record_class.model_validate(candidate, context=context)
        except ValidationError as error:
            return Rejected(item.position, describe_first_error(error), candidate)
        if repeated := self._find_repeat(record):
            return Rejected(item.position, f"{REPEAT} {repeated} is taken", candidate)
        return Accepted(item, record)

    def _find_repeat(self, record: Record) -> str | None:
        """Name the field that repeats another record's, or note the record as said."""
        near = record.near_key if self._rejects_near_repeats else None
        if record.key is not None and (record.key in self._existing.keys or record.key in self._said):
            return record.natural_key
        if near and (near in self._existing.near_keys or near in self._said):
            return "name"
        self._said |= {key for key in (record.key, near) if key is not None}
        return None


def describe_first_error(error: ValidationError) -> str:
    """Say in one line what the first problem is and where."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or "record"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"
