"""Slots in a text: which there are, and what is left without them."""

from __future__ import annotations

import re
from collections.abc import Collection

SLOT = re.compile(r"\{([a-z_]+)\}")
_DIGIT = re.compile(r"\d")


def find_bad_slot(text: str, allowed: Collection[str]) -> str | None:
    """Name the first slot that is not allowed, or a brace that belongs to none, or None."""
    if "{" not in text and "}" not in text:
        return None
    unknown = next((name for name in SLOT.findall(text) if name not in allowed), None)
    if unknown:
        return f"unknown slot {{{unknown}}}"
    rest = remove_slots(text)
    return "a brace outside a slot" if "{" in rest or "}" in rest else None


def remove_slots(text: str) -> str:
    """Take the slots out of a text."""
    return SLOT.sub("", text)


def empty_slots(text: str) -> str:
    """Leave of a text the words of its writer: {} stands for a slot's value, {EVENT} for the event's title."""
    return SLOT.sub(lambda slot: "{EVENT}" if slot[1] == "event_title" else "{}", text)


def has_digit(text: str) -> bool:
    """Tell whether a text holds a digit, of any script."""
    return bool(_DIGIT.search(text)) or (not text.isascii() and any(character.isdigit() for character in text))
