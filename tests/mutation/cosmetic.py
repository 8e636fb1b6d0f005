"""Survivors that make another world by the same rules: which, and why no rule may forbid them."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.mutation.mutants import Mutant

COSMETIC = Path(__file__).with_name("cosmetic.csv")


class Reason(NamedTuple):
    """A model, a pattern for the place and the fault in it, and why it is no wrong."""

    model: str
    pattern: str
    reason: str


@cache
def read_reasons() -> tuple[Reason, ...]:
    """Read the list."""
    with COSMETIC.open(encoding="utf-8", newline="") as file:
        return tuple(Reason(row["model"], row["pattern"], row["reason"]) for row in csv.DictReader(file))


def find_reason(mutant: Mutant) -> str | None:
    """Return why a mutant is cosmetic, if it is."""
    for reason in read_reasons():
        if reason.model == mutant.model and re.search(reason.pattern, mutant.label):
            return reason.reason
    return None
