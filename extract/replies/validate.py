"""From candidate records to accepted and rejected ones: pure, given what is taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from extract.entities import get_entity
from extract.entities.base import Record
from extract.planning.plan import PlanItem, Stratum
from extract.planning.seeds import Seeds
from extract.replies.numbering import Candidate, Placement, place, read_number

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
        near_repeat_attempts: up to this attempt a repeated near key is refused; later it is let pass.
    """

    entity: str
    email_domains: str
    find_slots: Callable[[Stratum], Collection[str]]
    near_repeat_attempts: int = 4


def make_rules(entity: str, email_domains: str, seeds: Seeds) -> Rules:
    """Make the rules that a run's settings and seeds hold candidates to."""
    find_slots = get_entity(entity).find_slots
    return Rules(entity, email_domains, lambda stratum: find_slots(stratum, seeds))


@dataclass
class Taken:
    """What has landed: plan positions, and the keys that no further record may have."""

    positions: Collection[int]
    keys: Collection[str]
    near_keys: Collection[str | None] = ()


def judge(
    candidates: Sequence[Candidate],
    items: Sequence[PlanItem],
    taken: Taken,
    rules: Rules,
    attempt: int = 1,
    problem: str = "",
    blocks: Sequence[Sequence[Candidate]] | None = None,
) -> Verdict:
    """Judge the candidates of one reply.

    Args:
        candidates: what the reply offers, each with `n`, the 1-based index of the item it answers (see `place`).
            Of several for one item the last valid one counts.
        items: what the reply was asked for.
        taken: what has landed before this reply.
        rules: what the candidates are held to.
        attempt: the reply's attempt, from 1.
        problem: why the reply holds fewer candidates than it should, if that is known.
        blocks: the candidates as the reply groups them; one group if None.
    """
    placement = place([candidates] if blocks is None else blocks, len(items))
    verdict = Verdict(rejected=_refuse_unplaced(placement))
    open_items = {n: item for n, item in enumerate(items, start=1) if item.position not in taken.positions}
    check = _RepeatCheck(taken, attempt <= rules.near_repeat_attempts)
    for number, answers in placement.answers.items():
        item = open_items.get(number)
        if item is None:
            verdict.rejected += [_refuse_stray(answer) for answer in answers]
        elif _judge_item(answers, item, rules, check, verdict):
            del open_items[number]
    judged = {refusal.position for refusal in verdict.rejected}
    unanswered = [item for item in open_items.values() if item.position not in judged]
    reason = placement.problem or problem or NOT_ANSWERED
    verdict.rejected += [Rejected(item.position, reason) for item in unanswered]
    return verdict


def _judge_item(
    answers: Sequence[Candidate], item: PlanItem, rules: Rules, check: _RepeatCheck, verdict: Verdict
) -> bool:
    """Accept the last valid one of an item's answers, refuse the others; tell whether there was one."""
    left = list(answers)
    while left:
        outcome = _judge_one(left.pop(), item, rules, check)
        if isinstance(outcome, Accepted):
            verdict.accepted.append(outcome)
            verdict.rejected += [Rejected(item.position, REPLACED, answer) for answer in left]
            return True
        verdict.rejected.append(outcome)
    return False


def _refuse_unplaced(placement: Placement) -> list[Rejected]:
    replaced = [Rejected(None, REPLACED, candidate) for candidate in placement.replaced]
    return replaced + [_refuse_stray(candidate) for candidate in placement.stray]


def _refuse_stray(candidate: Candidate) -> Rejected:
    return Rejected(None, f"n={_show(candidate.get('n'))} answers no open item", candidate)


class _RepeatCheck:
    """Tells repeats of what has landed, and of what the same reply has said before."""

    def __init__(self, taken: Taken, refuse_near: bool) -> None:
        self._taken, self._refuse_near = taken, refuse_near
        self._said: set[str] = set()

    def find_repeat(self, record: Record) -> str | None:
        """Name the field that repeats another record's, or note the record as said."""
        near = record.near_key if self._refuse_near else None
        if record.key in self._taken.keys or record.key in self._said:
            return record.natural_key
        if near and (near in self._taken.near_keys or near in self._said):
            return "name"
        self._said |= {record.key, near or record.key}
        return None


def _show(value: object) -> str:
    """Show a number as it was given; whatever else a model has put there only by its type."""
    return f"{value!r:.40}" if isinstance(value, str | None) or read_number(value) is not None else type(value).__name__


def _judge_one(candidate: Candidate, item: PlanItem, rules: Rules, check: _RepeatCheck) -> Accepted | Rejected:
    context = {"slots": rules.find_slots(item.stratum), "email_domains": rules.email_domains}
    try:
        record = get_entity(rules.entity).record.model_validate(candidate, context=context)
    except ValidationError as error:
        return Rejected(item.position, describe_first_error(error), candidate)
    repeated = check.find_repeat(record)
    return Rejected(item.position, f"{REPEAT} {repeated} is taken", candidate) if repeated else Accepted(item, record)


def describe_first_error(error: ValidationError) -> str:
    """Say in one line what the first problem is and where."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or "record"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"
