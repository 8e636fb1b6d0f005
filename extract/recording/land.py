"""Landing answers in a recording: read, placed and validated as every model's reply is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.planning.seeds import Seeds
from extract.providers.bundled.recording import Fields, RecordedItem, Recording
from extract.recording.batches import RecordedBatch
from extract.recording.repeats import Repeats
from extract.replies.parse import read_reply
from extract.replies.validate import NOT_ANSWERED, ExistingKeys, ValidationPolicy, make_policy, validate_batch

# The stop reason of a reply that has ended by itself, as a file has.
_WHOLE = "end_turn"
_OTHER_WORDS = "the item is recorded in other words; --replace records these instead"


@dataclass
class LandedAnswers:
    """What became of answers.

    Attributes:
        landed: items that were recorded.
        known: items that had been recorded before in these very words.
        refused: why something was not recorded: the batch, the item's number in it if it answers one, the reason.
    """

    landed: list[RecordedItem] = field(default_factory=list)
    known: list[RecordedItem] = field(default_factory=list)
    refused: list[tuple[str, int | None, str]] = field(default_factory=list)


def land_answers(
    recording: Recording, answers: Sequence[tuple[RecordedBatch, str]], seeds: Seeds, *, replace: bool = False
) -> LandedAnswers:
    """Validate answers and record what is accepted; the caller saves the recording.

    Args:
        recording: what is recorded so far.
        answers: batches, and what was written to them.
        seeds: what the records are validated by.
        replace: whether an accepted record takes the place of one in other words.
    """
    result, policy = LandedAnswers(), make_policy(recording.entity, seeds)
    accepted = [each for batch, text in answers for each in _validate(batch, text, policy, result)]
    renewed = {item for _, _, item, record in accepted if replace and recording.records.get(item, record) != record}
    repeats = Repeats(recording.entity, (r for item, r in recording.records.items() if item not in renewed))
    for name, number, item, record in accepted:
        before = recording.records.get(item)
        if before == record:
            result.known.append(item)
            continue
        reason = repeats.find(record) if before is None or item in renewed else _OTHER_WORDS
        if reason is None:
            recording.records[item] = record
            result.landed.append(item)
        else:
            result.refused.append((name, number, reason))
        if reason is None or item in renewed:
            repeats.add(recording.records[item])
    return result


def _validate(
    batch: RecordedBatch, text: str, policy: ValidationPolicy, result: LandedAnswers
) -> Iterator[tuple[str, int, RecordedItem, Fields]]:
    """Yield what a reply holds that is valid by itself; note what is not."""
    try:
        validated = validate_batch(read_reply(text, _WHOLE), batch.plan_items, ExistingKeys((), ()), policy)
    except KeyError as error:
        # Since the prompt was written, what it asked for has gone.
        result.refused.append((batch.name, None, f"{error} is in no seed any more: write the prompts anew"))
        return
    for rejected in validated.rejected:
        if rejected.reason != NOT_ANSWERED:
            result.refused.append((batch.name, rejected.position, rejected.reason))
    for accepted in validated.accepted:
        number = accepted.item.position
        yield batch.name, number, batch.items[number - 1], accepted.record.model_dump()
