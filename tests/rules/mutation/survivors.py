"""Faults that nothing notices, and why, such as the same answer by another way."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.rules.mutation.mutants import Mutant

SURVIVORS = Path(__file__).with_name("survivors.csv")


class Reason(NamedTuple):
    """Patterns for a model and for the place and the fault in it, and why it is no wrong."""

    model: str
    pattern: str
    reason: str


@cache
def read_reasons() -> tuple[Reason, ...]:
    """Read the list."""
    with SURVIVORS.open(encoding="utf-8", newline="") as file:
        return tuple(Reason(row["model"], row["pattern"], row["reason"]) for row in csv.DictReader(file))


def find_reason(mutant: Mutant) -> str | None:
    """Return why a mutant may survive, if it may."""
    for reason in read_reasons():
        if re.fullmatch(reason.model, mutant.model) and re.search(reason.pattern, mutant.label):
            return reason.reason
    return None
