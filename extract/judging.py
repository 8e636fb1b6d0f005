"""From candidate records to accepted and rejected ones: pure, given what is taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from extract.records import RECORDS, Record
from extract.replies import Candidate
from extract.strata import PlanItem, Stratum

NOT_ANSWERED = "the reply holds no record for this item"


@dataclass(frozen=True)
class Accepted:
    """A record that fits its plan item."""

    item: PlanItem
    record: Record


@dataclass(frozen=True)
class Rejected:
    """A candidate that was refused (or a plan item without one), and why."""

    position: int | None
    reason: str
    raw: object = None


@dataclass
class Verdict:
    """What became of one reply: every plan position it was asked for is in one of the lists."""

    accepted: list[Accepted] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(frozen=True)
class Rules:
    """What candidates of an entity are held to.

    Attributes:
        entity: names the record model.
        email_domains: `reserved` or `realistic`.
        find_slots: tells which slots a stratum's texts may hold.
    """

    entity: str
    email_domains: str
    find_slots: Callable[[Stratum], Collection[str]]


def judge(
    candidates: Sequence[Candidate],
    items: Sequence[PlanItem],
    landed: Collection[int],
    taken: Collection[str],
    rules: Rules,
) -> Verdict:
    """Judge the candidates of one reply.

    Args:
        candidates: what the reply offers, each with `n`, the 1-based index of the item it answers. Without any
            `n` they answer in order, if there are as many as items.
        items: what the reply was asked for.
        landed: positions that have a record already and take no other.
        taken: natural keys of landed records.
        rules: what they are held to.
    """
    verdict = Verdict()
    open_items = {n: item for n, item in enumerate(items, start=1) if item.position not in landed}
    keys: set[str] = set()
    for number, candidate in _number_candidates(candidates, len(items)):
        item = open_items.get(number)
        if item is None:
            verdict.rejected.append(Rejected(None, f"n={candidate.get('n')!r:.40} answers no open item", candidate))
            continue
        outcome = _judge_one(candidate, item, rules, taken, keys)
        if isinstance(outcome, Accepted):
            verdict.accepted.append(outcome)
            keys.add(outcome.record.key)
            del open_items[number]
        else:
            verdict.rejected.append(outcome)
    judged = {refusal.position for refusal in verdict.rejected}
    unanswered = [item for item in open_items.values() if item.position not in judged]
    verdict.rejected += [Rejected(item.position, NOT_ANSWERED) for item in unanswered]
    return verdict


def _number_candidates(candidates: Sequence[Candidate], size: int) -> list[tuple[int, Candidate]]:
    if len(candidates) == size and not any("n" in candidate for candidate in candidates):
        return list(enumerate(candidates, start=1))
    return [(_read_number(candidate.get("n")), candidate) for candidate in candidates]


def _read_number(value: object) -> int:
    """Read n, also where a model wrote it as a text; 0 if it is none."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 6:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _judge_one(
    candidate: Candidate, item: PlanItem, rules: Rules, taken: Collection[str], keys: Collection[str]
) -> Accepted | Rejected:
    context = {"slots": rules.find_slots(item.stratum), "email_domains": rules.email_domains}
    try:
        record = RECORDS[rules.entity].model_validate(candidate, context=context)
    except ValidationError as error:
        return Rejected(item.position, describe_first_error(error), candidate)
    if record.key in taken or record.key in keys:
        return Rejected(item.position, f"repeat: {record.natural_key} is taken", candidate)
    return Accepted(item, record)


def describe_first_error(error: ValidationError) -> str:
    """Say in one line what the first problem is and where."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or "record"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"
