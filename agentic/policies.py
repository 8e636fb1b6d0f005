"""EventHub's policy, the seed policies.csv: each constant with its value and its unit."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "dbt_project" / "seeds"


@dataclass(frozen=True)
class Policy:
    """One constant: `14`, `days`, and what it rules."""

    value: str
    unit: str
    description: str


@cache
def read_policies() -> dict[str, Policy]:
    """Read the constants by name."""
    with (SEEDS / "policies.csv").open(encoding="utf-8", newline="") as file:
        return {row["policy"]: Policy(row["value"], row["unit"], row["description"]) for row in csv.DictReader(file)}
