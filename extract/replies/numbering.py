"""Which record of a reply answers which item where only numbers tell: what is certain, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from extract.replies.candidates import Candidate

Numbered = tuple[int | None, Candidate]

# What else than n a model calls the number.
_NAMES = ("n", "no", "nr", "num", "number", "id", "index", "item", "item_no", "item_number", "#")
# "1", "1.", "1.0", "#1", "item 1", "(1)".
_NUMBER = re.compile(r"[\W_]*(?:n|no|nr|number|item|record)?[\W_]*(\d{1,6})(?:\.0*)?\W*", re.I)
_MOST = 999_999
UNSURE = ": which record answers which item is not certain"


@dataclass
class Placement:
    """What a reply's records answer.

    Attributes:
        answers: records by the 1-based index of their item, in the order of the reply: the last valid one counts.
        replaced: records that the reply itself gives anew further on.
        stray: records whose number answers none of the items.
        refused: records whose words answer none of the items, or not for certain, and why.
        moved: the `id` of each record that its words have placed elsewhere than its number or its turn.
        problem: why no record is placed at all, if it cannot be told which item they answer.
    """

    answers: dict[int, list[Candidate]] = field(default_factory=dict)
    replaced: list[Candidate] = field(default_factory=list)
    stray: list[Candidate] = field(default_factory=list)
    refused: list[tuple[Candidate, str]] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    problem: str = ""


def place_by_number(blocks: Sequence[Sequence[Candidate]], size: int) -> Placement:
    """Place records that do not say in words which item they answer.

    Numbers count from 1. Where they do not, they are read as shifted only if every item has one: from 0, or on
    from another batch. Without numbers, as many records as items answer them in order. What can be read in more
    than one way is not placed at all: a 0 among some of the items, numbers beyond them while others are missing,
    one number for two records while another is missing.

    Args:
        blocks: the records as the reply groups them; a group that answers every item replaces those before it.
        size: how many items were asked for.
    """
    if are_plain([candidate.get("n") for block in blocks for candidate in block], size):
        # Most replies number each record once; there is nothing to find out.
        return Placement({candidate["n"]: [candidate] for block in blocks for candidate in block})
    placement = Placement()
    numbered = _number_blocks(drop_copies(blocks, placement), size)
    covers = [at for at, block in enumerate(numbered) if _find_shift(_list_numbers(block), size) is not None]
    last = covers[-1] if covers else 0
    placement.replaced += [candidate for block in numbered[:last] for _, candidate in block]
    rest = [pair for block in numbered[last:] for pair in block]
    shift = _find_shift(_list_numbers(rest), size)
    if shift is None:
        shift, placement.problem = 0, _find_problem(_list_numbers(rest), len(rest), size)
    for number, candidate in () if placement.problem else rest:
        if number is not None and 1 <= number - shift <= size:
            placement.answers.setdefault(number - shift, []).append(candidate)
        else:
            placement.stray.append(candidate)
    return placement


def are_plain(stated: Sequence[object], size: int) -> bool:
    """Tell whether numbers are whole, within the items, and each there once."""
    is_plain = all(type(number) is int and 0 < number <= size for number in stated)
    return is_plain and len(set(stated)) == len(stated)


def find_number(candidate: Candidate) -> int | None:
    """Read the number of a record, whatever it is called; None if it has none."""
    return read_number(candidate["n"]) if "n" in candidate else _find_named_number(candidate)


def read_number(value: object) -> int | None:
    """Read a number that a model wrote as a number or as a text; None if it is none."""
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value[:40])
        return int(found[1]) if found else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
        return None
    return int(value) if value == int(value) else None


def drop_copies(blocks: Sequence[Sequence[Candidate]], placement: Placement) -> list[list[Candidate]]:
    """Leave out what a reply says word for word again, so that a copy is not taken for the next item's record."""
    said: set[str] = set()
    kept: list[list[Candidate]] = []
    for block in blocks:
        kept.append([])
        for candidate in block:
            words = _spell(candidate)
            (placement.replaced if words in said else kept[-1]).append(candidate)
            said.add(words)
    return kept


def _spell(candidate: Candidate) -> str:
    try:
        return repr(sorted(candidate.items(), key=lambda pair: str(pair[0])))
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        return str(id(candidate))


def _number_blocks(blocks: Sequence[Sequence[Candidate]], size: int) -> list[list[Numbered]]:
    numbered = [_number_block(block, size) for block in blocks]
    is_numbered = any(map(_has_number, blocks)) or any(map(_list_numbers, numbered))
    if not is_numbered and sum(map(len, blocks)) == size:
        numbers = iter(range(1, size + 1))
        return [[(next(numbers), candidate) for candidate in block] for block in blocks]
    return numbered


def _number_block(block: Sequence[Candidate], size: int) -> list[Numbered]:
    if _has_number(block):
        return [(read_number(candidate.get("n")), candidate) for candidate in block]
    named = [_find_named_number(candidate) for candidate in block]
    found = [number for number in named if number is not None]
    # Another name than n may hold something else; it counts only where it fits.
    if _find_shift(found, size) is not None or (found and not _find_problem(found, len(found), size)):
        return list(zip(named, block, strict=True))
    in_order = range(1, size + 1) if len(block) == size else [None] * len(block)
    return list(zip(in_order, block, strict=True))


def _has_number(block: Iterable[Candidate]) -> bool:
    return any("n" in candidate for candidate in block)


def _find_named_number(candidate: Candidate) -> int | None:
    named = {str(name).strip().lower(): value for name, value in candidate.items()}
    return next((read_number(named[name]) for name in _NAMES if name in named), None)


def _list_numbers(block: Iterable[Numbered]) -> list[int]:
    return [number for number, _ in block if number is not None]


def _find_shift(numbers: Collection[int], size: int) -> int | None:
    """Tell by how much numbers that cover all items are shifted; None if they do not cover them for certain."""
    found = set(numbers)
    if found >= set(range(1, size + 1)) and 0 not in found:
        return 0
    first = min(found, default=1)
    if len(found) != size or found != set(range(first, first + size)):
        return None
    return first - 1 if first == 0 or first > size else None


def _find_problem(numbers: Sequence[int], count: int, size: int) -> str:
    """Say why numbers that do not cover all items cannot be told for certain; empty if they can."""
    if not numbers:
        return f"{count} records without a number for {size} items{UNSURE}" if count else ""
    if not 1 <= min(numbers) <= max(numbers) <= size:
        return f"numbers from {min(numbers)} to {max(numbers)} for items 1 to {size}{UNSURE}"
    if len(set(numbers)) < len(numbers):
        return f"records with the same number, while others are missing{UNSURE}"
    return ""
