"""The actions of the key, seed support_actions.csv, and when an argument is the right one."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from examples.facts import find_kind
from examples.policies import SEEDS

AMOUNT = re.compile(r"(?:usd|us\$|\$)?\s*(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?:usd|dollars?|\$)?", re.I)
COUNT = re.compile(r"(\d+)(?:\.0+)?")


@dataclass(frozen=True)
class Action:
    """What an agent can do.

    Attributes:
        name: as predictions name it.
        arguments: the fact that each argument is filled with, by the argument's name.
        description: what it does.
    """

    name: str
    arguments: dict[str, str]
    description: str


@cache
def read_actions() -> dict[str, Action]:
    """Read the actions by name."""
    with (SEEDS / "support_actions.csv").open(encoding="utf-8", newline="") as file:
        return {row["action"]: _read_action(row) for row in csv.DictReader(file)}


def _read_action(row: dict[str, str]) -> Action:
    pairs = (argument.split("=") for argument in row["arguments"].split())
    return Action(row["action"], {name: fact for name, fact in pairs}, row["description"])


@cache
def read_argument_kinds() -> dict[str, str]:
    """Return money, count or text for each argument of any action, by what it is filled with."""
    return {
        name: {"money": "money", "ticket": "count", "booking": "count"}.get(find_kind(fact) or "", "text")
        for action in read_actions().values()
        for name, fact in action.arguments.items()
    }


def is_same(action: str, expected: dict[str, str], made: dict[str, str]) -> bool:
    """Whether arguments are the expected ones; one that the action does not know is passed over."""
    known = read_actions()[action].arguments if action in read_actions() else expected
    made = {name: value for name, value in made.items() if name in known or name in expected}
    return expected.keys() == made.keys() and all(is_equal(name, expected[name], made[name]) for name in expected)


def is_equal(argument: str, expected: str, made: str) -> bool:
    """Compare amounts as decimals, counts as whole numbers, lists without their order, and text without its case."""
    kind = read_argument_kinds().get(argument, "text")
    if kind == "money":
        return (amount := read_amount(made)) is not None and amount == read_amount(expected)
    if kind == "count":
        return (count := read_count(made)) is not None and count == read_count(expected)
    return _list_words(expected) == _list_words(made)


def read_amount(text: str) -> Decimal | None:
    """Read 42.00, 42, $42.00 or 1,250.00 USD; None where it is no amount."""
    match = AMOUNT.fullmatch(text.strip())
    return Decimal(match[1].replace(",", "")) if match else None


def read_count(text: str) -> int | None:
    """Read 2 or 2.0; None where it is no whole number."""
    match = COUNT.fullmatch(text.strip())
    return int(match[1]) if match else None


def _list_words(text: str) -> list[str]:
    return sorted(word.strip().casefold() for word in text.split(","))
