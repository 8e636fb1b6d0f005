"""spoken_words.yaml, read once: how people say what the answer key writes as a plain value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


def _read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("spoken_words.yaml").read_text(encoding="utf-8"))
    return found


def _words(section: str) -> frozenset[str]:
    return frozenset(_FILE[section].split())


_FILE = _read()
# Patterns of what is said instead of a value.
VALUES: dict[str, str] = {value: "|".join(forms) for value, forms in _FILE["values"].items()}
SHARES: dict[Decimal, str] = {Decimal(percent): "|".join(forms) for percent, forms in _FILE["shares"].items()}
NO_MONEY = "|".join(_FILE["no_money"])
NO_BOOKINGS_LEFT = "|".join(_FILE["no_bookings_left"])
# Words by what they are for in a sentence.
SUBJECTS: dict[str, frozenset[str]] = {kind: frozenset(words.split()) for kind, words in _FILE["subjects"].items()}
JOINTS, LINKS, LABELS, BRIDGES = _words("joints"), _words("links"), _words("labels"), _words("bridges")
BEFORE_ELLIPSIS, AFTER_ELLIPSIS = _words("before_ellipsis"), _words("after_ellipsis")
LEFT, STOP_WORDS = _words("left"), _words("stop_words")
# Values that exclude each other, by fact, and what stands around values of which one is to be chosen.
EXCLUSIVE: dict[str, list[str]] = {fact: values.split() for fact, values in _FILE["exclusive"].items()}
BETWEEN_CHOICES = _words("between_choices")
BETWEEN_CHOICES_WITH_OR = BETWEEN_CHOICES | _words("between_choices_with_or")
PART_OF_TICKETS: str = _FILE["part_of_tickets"]
HANGS_ON_NOTICE, IS_FOR_NOW, IS_A_REASON, IS_THEIRS, IS_AN_IF, IS_NO_CLAIM, DENIALS = (
    "|".join(_FILE[section])
    for section in ("hangs_on_notice", "is_for_now", "is_a_reason", "is_theirs", "is_an_if", "is_no_claim", "denials")
)
# What a noun counts.
UNITS: dict[str, frozenset[str]] = {}
for _unit, _nouns in _FILE["nouns"].items():
    for _noun in _nouns.split():
        UNITS[_noun] = UNITS.get(_noun, frozenset()) | {_unit}
