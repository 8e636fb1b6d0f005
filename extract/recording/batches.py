"""Open items as files: a prompt for each batch, what its items are, and where the answer goes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from extract.entities import get_entity
from extract.errors import ContentError, UsageError
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.planning.seeds import Seeds
from extract.prompts.build import build_prompt
from extract.prompts.existing import ExistingLabels
from extract.providers.bundled.recording import RecordedItem, Recording, read_item

PROMPT, ITEMS, ANSWER = ".prompt.txt", ".items.json", ".jsonl"


@dataclass(frozen=True)
class RecordedBatch:
    """Items that are written together.

    Attributes:
        name: what its files are called, without their endings.
        items: what its records are written for; record n answers the n-th of these, counted from 1.
    """

    name: str
    items: tuple[RecordedItem, ...]

    @property
    def plan_items(self) -> tuple[PlanItem, ...]:
        """The items as a request lists them, numbered within the batch."""
        return tuple(PlanItem(n, stratum, number) for n, (stratum, number) in enumerate(self.items, start=1))


def split_batches(entity: str, items: Sequence[RecordedItem], size: int, seeds: Seeds) -> Iterator[RecordedBatch]:
    """Split items into batches of what their records repeat, so that a batch of tickets has one scenario."""
    find_echo = get_entity(entity).find_echo
    number = 0
    ordered = sorted(items, key=lambda item: find_echo(item[0], seeds))
    for echo, group in groupby(ordered, key=lambda item: find_echo(item[0], seeds)):
        rest = list(group)
        # Batches of 13 and 12 are read with more care than 20 and 5.
        batches = -(-len(rest) // size)
        for left in range(batches, 0, -1):
            length = -(-len(rest) // left)
            number += 1
            words = "_".join(echo.replace(",", " ").split())
            yield RecordedBatch(f"{number:04d}-{words}", tuple(rest[:length]))
            rest = rest[length:]


def write_batches(
    recording: Recording, batches: Sequence[RecordedBatch], folder: Path, seeds: Seeds, label_limit: int
) -> None:
    """Write two files of each batch: the prompt that a model is sent, and the items that its records are written for.

    Args:
        recording: what is recorded already.
        batches: of one entity.
        folder: where the files go; empty, or made.
        seeds: what prompts are made of.
        label_limit: how many existing names a prompt lists.

    Raises:
        UsageError: the folder holds something, which could be the answers to other prompts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise UsageError(
            f"{folder} is not empty: answers in it could be taken for those to other prompts. Name another"
        )
    lines = ({**stratum.to_dict(), **record} for (stratum, _), record in recording.records.items())
    existing = ExistingLabels(recording.entity, lines)
    for batch in batches:
        request = BatchRequest(
            entity=recording.entity,
            items=batch.plan_items,
            seed=0,
            attempt=1,
            existing_labels=existing.pick(batch.plan_items, label_limit),
        )
        text = build_prompt(request, seeds, label_limit).text
        _path(folder, batch.name, PROMPT).write_text(f"{text}\n", encoding="utf-8")
        _path(folder, batch.name, ITEMS).write_text(_dump(recording.entity, batch), encoding="utf-8")


def read_batches(entity: str, folder: Path) -> Iterator[RecordedBatch]:
    """Read which items the prompts of a folder asked for.

    Raises:
        UsageError: there are none.
        ContentError: a file does not say it.
    """
    paths = sorted(folder.glob(f"*{ITEMS}"))
    if not paths:
        raise UsageError(f"{folder} holds no prompts: python tools/record.py prompts --out {folder} writes them")
    for path in paths:
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            is_other = said["entity"] != entity
            items = tuple(read_item(entity, line) for line in said["items"]) if not is_other else ()
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise ContentError(f"{path} does not say what was asked for ({error}): write the prompts anew") from error
        if is_other:
            raise UsageError(f"{path} asks for {said['entity']}, not for {entity}: name the other with --entity")
        yield RecordedBatch(path.name.removesuffix(ITEMS), items)


def find_answer(folder: Path, batch: RecordedBatch) -> str | None:
    """Read what was written to a prompt; None where nothing was.

    Raises:
        ContentError: the file cannot be read.
    """
    path = _path(folder, batch.name, ANSWER)
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path} cannot be read: {error}") from error


def find_stray_answers(folder: Path, batches: Sequence[RecordedBatch]) -> list[Path]:
    """Find answers that are named as no prompt of the folder is."""
    known = {batch.name + ANSWER for batch in batches}
    return [path for path in sorted(folder.glob(f"*{ANSWER}")) if path.name not in known]


def _path(folder: Path, name: str, ending: str) -> Path:
    return folder / f"{name}{ending}"


def _dump(entity: str, batch: RecordedBatch) -> str:
    items = [{"stratum": stratum.to_dict(), "number": number} for stratum, number in batch.items]
    return json.dumps({"entity": entity, "items": items}, ensure_ascii=False, indent=1) + "\n"
