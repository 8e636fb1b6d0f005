"""A hundred million bookings of twenty million users, within 8 GB."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bench.bookings import BOOKING_MODELS, USERS_PER_BOOKING, compare_cost, sum_times
from bench.builds import pull, run_dbt
from bench.results import Line, compare

# DuckDB's limit; what dbt and Python take comes on top and must fit below 8 GB, too.
MEMORY_LIMIT = "7GB"
MOST_BYTES = 8_000_000_000


def measure(size: int, base_cost: float) -> list[Line]:
    """Build users and bookings once and tell time, memory and spill."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        data_dir = Path(directory)
        pull(data_dir)
        variables = f"{{users: {size // USERS_PER_BOOKING}, reservations: {size}}}"
        selection = ["--select", "+reservations", "--exclude", "resource_type:unit_test", "resource_type:test"]
        watched = run_dbt(data_dir, "build", "--vars", variables, *selection, EVENTHUB_MEMORY_LIMIT=MEMORY_LIMIT)
        stored = (data_dir / "work" / "warehouse.duckdb").stat().st_size
        cost = sum_times(data_dir, BOOKING_MODELS) / size * 1e6
    figures = (
        f"{watched.seconds:.0f} s, spill {watched.spill_bytes / 1e9:.1f} GB, working database {stored / 1e9:.1f} GB, "
        f"EVENTHUB_MEMORY_LIMIT={MEMORY_LIMIT}"
    )
    name = f"Peak memory in GB of {size:,} bookings of {size // USERS_PER_BOOKING:,} users"
    return [
        compare(name, f"at most {MOST_BYTES / 1e9:.0f}", watched.peak_bytes / 1e9, figures),
        compare_cost(size, cost, base_cost),
    ]
