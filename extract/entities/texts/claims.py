"""The claims that dbt compares with a ticket's rows, found before there are rows: each would break a rule somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.entities.texts.patterns import Patterns, read_patterns
from extract.entities.texts.slots import empty_slots, has_digit

# What stands for itself wherever it is found.
_PLAIN = ("weekday", "span_ahead", "span_ago", "key_name")
# And each of those holds one of these.
_PLAIN_MARK = re.compile("day|week|month|_")
# Each of these holds a digit; most texts have none.
_DIGITS = ("amount", "id", "date", "time", "count", "percent")


def find_claims(text: str, *, event_is_off: bool | None = None) -> Iterator[str]:
    """Name what a text with open slots claims of rows, in the words of a refusal.

    Args:
        text: what a member writes.
        event_is_off: whether every event that the text can be about is called off; None where that is not known.
    """
    patterns = read_patterns()
    bare = empty_slots(text)
    if has_digit(bare):
        yield from _find(patterns, _DIGITS, bare)
        rest = patterns.found["other_than_a_number"].sub("", bare)
        yield from _find(patterns, ("number",), rest)
    if _PLAIN_MARK.search(bare):
        yield from _find(patterns, _PLAIN, bare)
    if patterns.found["hint_of_a_change"].search(bare):
        yield from _find_changes(patterns, bare, event_is_off)


def _find(patterns: Patterns, names: tuple[str, ...], text: str) -> list[str]:
    return [
        f"{patterns.meanings[name]} outside a slot: {found[0]!r}"
        for name in names
        if (found := patterns.found[name].search(text))
    ]


def _find_changes(patterns: Patterns, bare: str, event_is_off: bool | None) -> Iterator[str]:
    """Find events that are said to be off, over or moved, in sentences that state it."""
    for whole in patterns.found["sentence"].findall(bare):
        if not patterns.found["hint_of_a_change"].search(whole):
            continue
        sentence = patterns.found["second_in_a_sentence"].sub("", whole)
        if patterns.found["not_stated"].search(sentence):
            continue
        if event_is_off is False and (found := patterns.found["called_off"].search(sentence)):
            yield f"{patterns.meanings['called_off']}, where it is not: {found[0]!r}"
        if found := patterns.found["over_or_moved"].search(sentence):
            yield f"{patterns.meanings['over_or_moved']}: {found[0]!r}"
