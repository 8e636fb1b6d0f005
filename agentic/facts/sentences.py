"""A plain sentence for each kind of fact, which the matcher finds again."""

from __future__ import annotations

from agentic.facts.matcher import find_kind, guess_kind

# What a number counts, by kind: said for one, and for more.
NOUNS = {
    "business day": "business day",
    "day": "day",
    "hour": "hour",
    "minute": "minute",
    "month": "month",
    "year": "year",
    "ticket": "ticket",
    "booking": "booking",
    "attempt": "attempt",
    "time": "time",
}


def say(name: str, value: str) -> str:
    """State a fact of the answer key by its name and plain value."""
    subject = name.replace("_", " ").capitalize()
    return f"{subject}: {_word(name, value)}."


def _word(name: str, value: str) -> str:
    kind = find_kind(name) or guess_kind(value)
    if not value.replace(".", "").isdigit():
        return value.replace("_", " ") if kind == "word" else value
    if kind in NOUNS:
        return f"{value} {NOUNS[kind]}{'' if value == '1' else 's'}"
    forms = {
        "money": f"${value}",
        "percent": f"{value} percent",
        "booking left": f"{value} bookings left",
        "age": f"age {value}",
        "version": f"{'iOS' if name.endswith('ios') else 'Android'} {value}",
        "inch": f"{value} inches",
    }
    return forms.get(kind, value)
