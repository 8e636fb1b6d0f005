"""A whole build, with every rule, test and file, against its models alone; and how it grows."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from bench.builds import WITHOUT_TESTS, pull, run_dbt, sum_up, write_vars
from bench.process import Watched
from bench.results import Line, compare

# From here on the ratio is asked for; a small build is what dbt takes for its nodes (bench.dbt_overhead).
ASKED_FROM = 5_000_000
MOST_RATIO = 3
MOST_BYTES = 5_000_000_000
MOST_GROWTH = 1.1
# What is written by default above a million bookings; stated, so that smaller sizes compare.
EXPORTS = "[sqlite, parquet, warehouse, card]"
NOT_MODELS = (*WITHOUT_TESTS, "path:dbt_project/models/rules+", "path:dbt_project/models/exports")
# DuckDB's; Python, dbt and SQLite come on top, and all of it has to stay below the bound.
MEMORY_LIMIT = os.environ.get("EVENTHUB_MEMORY_LIMIT") or "4GB"


def build(data_dir: Path, size: int) -> Watched:
    """Build everything: models, rules, tests, SQLite, Parquet, the analysts' warehouse and the card."""
    stated = write_vars(size, exports=EXPORTS)
    return run_dbt(data_dir, "build", "--quiet", "--vars", stated, EVENTHUB_MEMORY_LIMIT=MEMORY_LIMIT)


def build_models(data_dir: Path, size: int) -> Watched:
    """Build seeds and models alone: no rule, no test and no file."""
    command = ["build", "--quiet", "--vars", write_vars(size), "--exclude", *NOT_MODELS]
    return run_dbt(data_dir, *command, EVENTHUB_MEMORY_LIMIT=MEMORY_LIMIT)


def measure(size: int) -> list[Line]:
    """Build the models, and then everything, each from nothing but the same landed content."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        alone, whole = Path(directory) / "models", Path(directory) / "whole"
        pull(alone)
        shutil.copytree(alone, whole)
        models = build_models(alone, size)
        shutil.rmtree(alone)
        everything = build(whole, size)
        parts = sum_up(whole)
    return compare_with_models(size, everything, models, parts)


def compare_with_models(size: int, everything: Watched, models: Watched, parts: str) -> list[Line]:
    """Compare a whole build with its models, by the clock and by what processors did, and tell its memory."""
    name = f"Whole build of {size:,} bookings, every rule, test and file, against its models alone"
    asked = f"at most {MOST_RATIO}" if size >= ASKED_FROM else ""
    figures = f"{everything} against {models}"
    memory = (
        f"{everything.peak_bytes / 2**30:.2f} GiB, the models alone {models.peak_bytes / 2**30:.2f} GiB; "
        f"spill {everything.spill_bytes / 1e9:.1f} GB, EVENTHUB_MEMORY_LIMIT={MEMORY_LIMIT}"
    )
    return [
        compare(
            name,
            asked,
            everything.seconds / models.seconds,
            f"{figures}; dbt's own timing, summed over two threads: {parts}",
        ),
        compare(f"{name}, by CPU", asked, everything.cpu_seconds / models.cpu_seconds, figures),
        compare(
            f"Peak memory in GB of a whole build of {size:,} bookings",
            f"at most {MOST_BYTES / 1e9:.0f}",
            everything.peak_bytes / 1e9,
            memory,
        ),
    ]


def measure_growth(small: int, large: int) -> list[Line]:
    """Build everything at two sizes, and compare what a booking takes."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        landed = Path(directory) / "landed"
        pull(landed)
        found = {}
        for size in (small, large):
            data_dir = Path(directory) / str(size)
            shutil.copytree(landed, data_dir)
            found[size] = build(data_dir, size)
            shutil.rmtree(data_dir)
    return compare_growth(small, found[small], large, found[large])


def compare_growth(small: int, little: Watched, large: int, much: Watched) -> list[Line]:
    """Compare what a booking takes at two sizes, by the clock and by what processors did."""
    name = f"Whole build's time a booking, {large:,} against {small:,}"
    asked = f"at most {MOST_GROWTH}"
    figures = f"{much} and {much.peak_bytes / 1e9:.1f} GB against {little} and {little.peak_bytes / 1e9:.1f} GB"
    times = small / large
    return [
        compare(name, asked, much.seconds / little.seconds * times, f"{figures}, EVENTHUB_MEMORY_LIMIT={MEMORY_LIMIT}"),
        compare(f"{name}, by CPU", asked, much.cpu_seconds / little.cpu_seconds * times, figures),
    ]
