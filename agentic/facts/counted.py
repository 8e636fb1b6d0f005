"""What a number in a reply counts: money, an age, the version of a system, or so many of a kind."""

from __future__ import annotations

import re
from decimal import Decimal

from agentic.facts.quantities import Quantity
from agentic.facts.vocabulary import SUBJECTS

MINUTES = {"minute": 1, "hour": 60, "day": 1440, "calendar day": 1440, "week": 10080}
MONTHS = {"month": 1, "year": 12}
OLDER = re.compile(r"(and|or) (older|over|up|above|upwards|under|younger|below)\b")


def is_money(found: Quantity) -> bool:
    """Whether a number is an amount of dollars, by itself or by what its sentence is about."""
    is_of_money = not found.units and found.is_alone and not found.sentence.isdisjoint(SUBJECTS["money"])
    return is_priced(found) or is_of_money


def is_priced(found: Quantity) -> bool:
    """Whether a number says by its form, or by those before it, that it is an amount of dollars: $42, 42.00."""
    if found.units:
        return found.units == {"dollar"}
    return found.value.as_tuple().exponent == -2 or found.may_count == {"dollar"}


def is_age(found: Quantity) -> bool:
    """Whether a number is somebody's age."""
    if found.units or found.may_count:
        return found.units == {"year"} and not found.sentence.isdisjoint(SUBJECTS["age"])
    after, before = " ".join(found.after[:2]), found.before[-1:]
    is_led = bool(before) and before[0] in SUBJECTS["age"]
    return is_led or after.startswith("+") or OLDER.match(after) is not None or "age" in found.sentence


def is_version_of(found: Quantity, system: str) -> bool:
    """Whether a number is the version of a system, ios or android."""
    if found.units:
        return False
    named = [word for word in found.before[-5:] if word in ("ios", "android")] or [
        word for word in found.after[:4] if word in ("ios", "android")
    ][:1]
    return named[-1:] == [system]


def counts(found: Quantity, wanted: Decimal, kind: str) -> bool:
    """Whether a number says that there are so many of a kind, in whichever unit of time."""
    if found.is_low_end:
        return False
    for scale in (MINUTES, MONTHS):
        if kind in scale:
            units = found.units | found.may_count
            return any(found.value * scale[unit] == wanted * scale[kind] for unit in units & scale.keys())
    if found.value != wanted:
        return False
    if kind == "number":
        return True
    if kind == "business day":
        return not (found.units | found.may_count).isdisjoint(("business day", "day"))
    if kind in found.units | found.may_count or (kind == "booking" and "rate" in found.units):
        return True
    may_be = found.is_alone or (kind == "attempt" and "time" in found.units)
    return may_be and not found.sentence.isdisjoint(SUBJECTS.get(kind, frozenset()))
