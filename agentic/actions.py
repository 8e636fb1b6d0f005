"""The actions of the key, seed support_actions.csv, and how their arguments are read."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from agentic.facts.matcher import find_kind
from agentic.policies import SEEDS

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


def read_amount(text: str) -> Decimal | None:
    """Read 42.00, 42, $42.00 or 1,250.00 USD; None where it is no amount."""
    match = AMOUNT.fullmatch(text.strip())
    return Decimal(match[1].replace(",", "")) if match else None


def read_count(text: str) -> int | None:
    """Read 2 or 2.0; None where it is no whole number."""
    match = COUNT.fullmatch(text.strip())
    return int(match[1]) if match else None
