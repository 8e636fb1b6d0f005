"""A hundred million bookings of twenty million users with every rule and test, within 8 GB; no files are written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bench.bookings import BASE_SIZE, BOOKING_MODELS, compare_cost, measure_models, sum_times
from bench.builds import USERS_PER_BOOKING, pull, read_times, run_dbt, sum_up, write_vars
from bench.results import Line, compare

# DuckDB's limit; what dbt and Python take comes on top and must fit below 8 GB, too.
MEMORY_LIMIT = os.environ.get("EVENTHUB_MEMORY_LIMIT") or "6GB"
MOST_BYTES = 8_000_000_000


def measure(size: int) -> list[Line]:
    """Build once and tell time, memory and spill; and what a booking's models cost beside the base size."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        _, [base], _ = measure_models([Path(directory)], BASE_SIZE)
        measured = frozenset(read_times(Path(directory)))  # a whole build makes more of bookings, such as refunds
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        data_dir = Path(directory)
        pull(data_dir)
        stated = write_vars(size, exports="[]")
        watched = run_dbt(data_dir, "build", "--vars", stated, EVENTHUB_MEMORY_LIMIT=MEMORY_LIMIT)
        stored = (data_dir / "work" / "warehouse.duckdb").stat().st_size
        cost = sum_times(data_dir, BOOKING_MODELS, measured) / size * 1e6
        parts = sum_up(data_dir)
    figures = (
        f"{watched}, spill {watched.spill_bytes / 1e9:.1f} GB, working database {stored / 1e9:.1f} GB, "
        f"EVENTHUB_MEMORY_LIMIT={MEMORY_LIMIT}; dbt's own timing: {parts}"
    )
    users = size // USERS_PER_BOOKING
    name = f"Peak memory in GB of {size:,} bookings of {users:,} users with every rule and test"
    return [
        compare(name, f"at most {MOST_BYTES / 1e9:.0f}", watched.peak_bytes / 1e9, figures),
        compare_cost(size, cost, base / BASE_SIZE * 1e6),
    ]
