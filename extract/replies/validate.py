"""From candidate records to accepted and rejected ones: pure, given what has landed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from extract.entities import get_entity
from extract.entities.base import Record
from extract.entities.text_rules import make_key
from extract.planning.plan import PlanItem, Stratum
from extract.planning.seeds import Seeds
from extract.replies.candidates import Candidate, restore_names
from extract.replies.numbering import Placement, find_number, read_number
from extract.replies.parse import Reading
from extract.replies.placement import place
from extract.replies.similar import NO_RUNS, KnownTexts, Runs, find_runs

EXAMPLE = "example: the record is the prompt's own example"
REPEAT = "repeat:"
REPLACED = f"{REPEAT} the reply gives this record anew"
# So many characters more or less does a copy have that differs in punctuation.
_EXAMPLE_SLACK = 8
NOT_ANSWERED = "the reply holds no record for this item"


@dataclass(frozen=True)
class Accepted:
    """A record that fits its plan item.

    Attributes:
        item: what it answers.
        record: what lands.
        moved: whether its words have placed it elsewhere than its number, or its turn in the reply, says.
        mended: the rules by which it was mended.
        runs: the runs of words of its text, by which a further one is found to say the same.
    """

    item: PlanItem
    record: Record
    moved: bool = False
    mended: tuple[str, ...] = ()
    runs: Runs = NO_RUNS


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
        find_premises: tells what else of a stratum its record is validated by.
        find_echo: gives the words of an item that its record repeats; empty if it is to repeat none.
        known_echoes: all words that there can be.
    """

    entity: str
    find_slots: Callable[[Stratum], Collection[str]]
    find_premises: Callable[[Stratum], Mapping[str, Any]] = lambda stratum: {}
    find_echo: Callable[[Stratum], str] = lambda stratum: ""
    known_echoes: tuple[str, ...] = ()


def make_policy(entity: str, seeds: Seeds) -> ValidationPolicy:
    """Make the policy that the seeds state for an entity."""
    known = get_entity(entity)
    return ValidationPolicy(
        entity=entity,
        find_slots=lambda stratum: known.find_slots(stratum, seeds),
        find_premises=lambda stratum: known.find_premises(stratum, seeds),
        find_echo=lambda stratum: known.find_echo(stratum, seeds),
        known_echoes=known.list_echoes(seeds),
    )


@dataclass
class ExistingKeys:
    """What has landed: plan positions, and the keys and texts that no further record may have."""

    positions: Collection[int]
    keys: Collection[str]
    texts: KnownTexts = field(default_factory=KnownTexts)


def validate_batch(
    reading: Reading, items: Sequence[PlanItem], existing: ExistingKeys, policy: ValidationPolicy
) -> ValidationResult:
    """Validate the candidates of one reply.

    Args:
        reading: what the reply offers; each record tells which item it answers (see `place`).
            Of several for one item the last valid one counts.
        items: the plan items that the reply was to answer.
        existing: what has landed before this reply.
        policy: what the candidates are held to.
    """
    validator = _Validator(existing, policy)
    blocks, examples = validator.sort_out_examples(reading.blocks)
    placement = place(blocks, [policy.find_echo(item.stratum) for item in items], policy.known_echoes)
    rejected = [Rejected(None, EXAMPLE, example) for example in examples]
    result = ValidationResult(rejected=rejected + _reject_unplaced(placement, items), found=len(reading.candidates))
    open_items = {n: item for n, item in enumerate(items, start=1) if item.position not in existing.positions}
    for number, answers in placement.answers.items():
        item = open_items.get(number)
        if item is None:
            result.rejected += [_reject_stray(answer) for answer in answers]
        elif validator.accept_last(answers, item, placement.moved, result):
            del open_items[number]
    answered = {rejected.position for rejected in result.rejected}
    reason = placement.problem or reading.problem or NOT_ANSWERED
    result.rejected += [Rejected(i.position, reason) for i in open_items.values() if i.position not in answered]
    return result


def _reject_unplaced(placement: Placement, items: Sequence[PlanItem]) -> list[Rejected]:
    rejected = [Rejected(None, REPLACED, candidate) for candidate in placement.replaced]
    unanswered = {n: item.position for n, item in enumerate(items, start=1) if n not in placement.answers}
    for candidate, reason in placement.refused:
        # An item without a record is told why the one with its number was refused.
        number = find_number(candidate)
        rejected.append(Rejected(unanswered.pop(number, None) if number is not None else None, reason, candidate))
    return rejected + [_reject_stray(candidate) for candidate in placement.stray]


def _reject_stray(candidate: Candidate) -> Rejected:
    return Rejected(None, f"n={_show(candidate.get('n'))} answers no open item", candidate)


def _show(value: object) -> str:
    """Show a number as it was given; whatever else a model has put there only by its type."""
    return f"{value!r:.40}" if isinstance(value, str | None) or read_number(value) is not None else type(value).__name__


class _Validator:
    """Holds candidates to the policy, and to what has landed or was said before in the same reply."""

    def __init__(self, existing: ExistingKeys, policy: ValidationPolicy) -> None:
        self._existing, self._policy = existing, policy
        self._record_class = get_entity(policy.entity).record
        self._names = tuple(self._record_class.model_fields)
        self._said: set[str] = set()
        self._texts_said = KnownTexts()

    def sort_out_examples(self, blocks: Sequence[Sequence[Candidate]]) -> tuple[list[list[Candidate]], list[Candidate]]:
        """Give the records their fields' names, and take out those that repeat the prompt's example."""
        named = [[restore_names(candidate, self._names) for candidate in block] for block in blocks]
        example = _spell_example(self._policy.entity, self._names)
        examples = [c for block in named for c in block if _is_example(c, example)]
        if not examples:
            return named, []
        found = {id(example) for example in examples}
        return [[c for c in block if id(c) not in found] for block in named], examples

    def accept_last(
        self, answers: Sequence[Candidate], item: PlanItem, moved: Collection[int], result: ValidationResult
    ) -> bool:
        """Accept the last valid one of an item's answers, reject the others; tell whether there was one."""
        left = list(answers)
        while left:
            outcome = self._validate(answer := left.pop(), item)
            if isinstance(outcome, Accepted):
                result.accepted.append(replace(outcome, moved=True) if id(answer) in moved else outcome)
                result.rejected += [Rejected(item.position, REPLACED, answer) for answer in left]
                return True
            result.rejected.append(outcome)
        return False

    def _validate(self, candidate: Candidate, item: PlanItem) -> Accepted | Rejected:
        # Validators note here what they have mended.
        mended: list[str] = []
        context = {
            **self._policy.find_premises(item.stratum),
            "slots": self._policy.find_slots(item.stratum),
            "mended": mended,
        }
        try:
            record = self._record_class.model_validate(candidate, context=context)
        except ValidationError as error:
            return Rejected(item.position, describe_first_error(error), candidate)
        runs = find_runs(getattr(record, record.own_text)) if record.own_text else NO_RUNS
        if repeated := self._find_repeat(record, runs):
            return Rejected(item.position, repeated, candidate)
        return Accepted(item, record, mended=tuple(mended), runs=runs)

    def _find_repeat(self, record: Record, runs: Runs) -> str | None:
        """Say what the record repeats of another; note it as said if it repeats nothing."""
        if record.key is not None and (record.key in self._existing.keys or record.key in self._said):
            return f"{REPEAT} {record.natural_key} is taken"
        if record.own_text:
            if self._existing.texts.holds(runs) or self._texts_said.holds(runs):
                return f"{REPEAT} {record.own_text} says the same as another, or nearly so"
            self._texts_said.add(runs)
        if record.key is not None:
            self._said.add(record.key)
        return None


@cache
def _spell_example(entity: str, names: tuple[str, ...]) -> tuple[tuple[str, int, str], ...]:
    """List the texts of an entity's example: the field, how long it is, and its words."""
    texts = ((name, get_entity(entity).example.get(name)) for name in names)
    return tuple((name, len(text), make_key(text)) for name, text in texts if isinstance(text, str))


def _is_example(candidate: Candidate, example: Sequence[tuple[str, int, str]]) -> bool:
    """Tell whether a record has a text of the example, but for case, accents and punctuation."""
    for name, length, words in example:
        text = candidate.get(name)
        if not isinstance(text, str) or text[:1].casefold() != words[:1]:
            continue
        # Few texts begin alike and are as long: only of these the words are compared.
        if abs(len(text) - length) <= _EXAMPLE_SLACK and make_key(text) == words:
            return True
    return False


def describe_first_error(error: ValidationError) -> str:
    """Say in one line what the first problem is and where."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or "record"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"
