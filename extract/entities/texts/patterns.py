"""The patterns of claims that dbt's rules look for, read from the seed that dbt reads, too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extract.paths import SEEDS_DIR
from extract.planning.seed_files import read_columns, read_seed_file

_NAME = "claim_patterns"


@dataclass(frozen=True)
class Patterns:
    """Regular expressions by name.

    Attributes:
        found: compiled; like DuckDB's, their classes of characters know ASCII only.
        meanings: what each finds, for the reason of a refusal.
    """

    found: Mapping[str, re.Pattern[str]]
    meanings: Mapping[str, str]


@cache
def read_patterns() -> Patterns:
    """Read the patterns, with the parts that they are made of."""
    rows = [row for _, row in read_seed_file(SEEDS_DIR / f"{_NAME}.csv", read_columns()[_NAME])]
    written = {row["name"]: row["pattern"] for row in rows}
    # A part may hold a part: two rounds resolve both.
    for name in [*written] * 2:
        written[name] = re.sub(r"<([a-z_]+)>", lambda part: written[part[1]], written[name])
    return Patterns(
        {name: re.compile(pattern, re.ASCII) for name, pattern in written.items()},
        {row["name"]: row["meaning"] for row in rows},
    )
