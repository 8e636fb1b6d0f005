"""How many threads a build gets, where nobody has said so: by the rows that it is to make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.errors import LandingError
from extract.landing.manifest import MANIFEST_FILE, read_manifest

COUNTED = ("users", "reservations", "tickets")


@dataclass(frozen=True)
class Threads:
    """Threads of dbt, each of which builds a model, and those of DuckDB, on which all models' queries run.

    Attributes:
        dbt: how many models at a time.
        duckdb: how many cores queries take together; None for as many as there are.
    """

    dbt: int
    duckdb: int | None = None


# One thread of DuckDB takes what fits into a row group, 122,880 rows, and others would only look for work: more models
# at a time keep the cores busy.
SMALL, OF_SMALL = 100_000, Threads(dbt=3, duckdb=1)
# Two queries that join or sort so many bookings would not share the memory well.
LARGE, OF_LARGE = 20_000_000, Threads(dbt=1)
USUAL = Threads(dbt=2)


def choose_threads(raw_dir: Path, stated: Mapping[str, object]) -> Threads:
    """Choose by the largest number of rows that a var states or, where it does not, the landing's manifest."""
    counts = {**_read_counts(raw_dir), **{name: int(float(str(stated[name]))) for name in COUNTED if stated.get(name)}}
    rows = max((counts.get(name, 0) for name in COUNTED), default=0)
    return OF_SMALL if rows <= SMALL else OF_LARGE if rows > LARGE else USUAL


def _read_counts(raw_dir: Path) -> dict[str, int]:
    """Read what was pulled; a landing with a fault, which a model tells of, counts as none."""
    try:
        manifest = read_manifest(raw_dir / MANIFEST_FILE)
    except LandingError:
        return {}
    return manifest.counts if manifest else {}
