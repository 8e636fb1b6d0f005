"""All benchmarks: `make bench`, `make bench-large`, or `python -m bench.run --only bookings --sizes 500000`.

Each prints its lines as soon as it has them, and docs/benchmarks.md is renewed after each.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterable

from bench import bookings, dbt_overhead, large, sqlite_export
from bench.results import REPO_ROOT, Line, keep

SIZES = (500_000, 5_000_000)
LARGE_SIZE = 50_000_000
LARGEST_SIZE = 100_000_000
KINDS = ("bookings", "overhead", "sqlite", "pull")


def measure_bookings(sizes: Iterable[int]) -> float | None:
    """Measure each size; those beyond the base are compared to it.

    Returns:
        Microseconds a booking at the base size.
    """
    base_cost = None
    for size in sorted(sizes):
        lines, cost = bookings.measure(size, base_cost if size > bookings.BASE_SIZE else None)
        base_cost = cost if size == bookings.BASE_SIZE else base_cost
        show(lines)
    return base_cost


def measure_pull() -> None:
    """Pulls from the local Bedrock server have a report of their own."""
    subprocess.run([sys.executable, "-m", "bench.bedrock", "--workers", "8"], cwd=REPO_ROOT, check=False)


def show(lines: list[Line]) -> None:
    """Print and keep lines."""
    for line in lines:
        met = {True: "met", False: "NOT met", None: ""}[line.met]
        print(f"{line.name}: {line.got} {f'({line.asked}: {met})' if line.asked else ''} {line.figures}", flush=True)
    keep(lines)


def main() -> None:
    """Run what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), help="numbers of bookings")
    parser.add_argument("--large", action="store_true", help="5 and 50 million bookings compared, and 100 million once")
    options = parser.parse_args()
    if options.large:
        base_cost = measure_bookings((bookings.BASE_SIZE, LARGE_SIZE))
        assert base_cost is not None  # the base is among the sizes
        show(large.measure(LARGEST_SIZE, base_cost))
        return
    measures: dict[str, Callable[[], object]] = {
        "bookings": lambda: measure_bookings(options.sizes),
        "overhead": lambda: show(dbt_overhead.measure()),
        "sqlite": lambda: show(sqlite_export.measure(bookings.BASE_SIZE)),
        "pull": measure_pull,
    }
    for kind in options.only:
        measures[kind]()


if __name__ == "__main__":
    main()
