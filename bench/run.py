"""All benchmarks: `make bench`, `make bench-large`, or `python -m bench.run --only bookings --sizes 500000`.

Each prints its lines as soon as it has them, and docs/benchmarks.md is renewed after each.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence

from bench import bookings, dbt_overhead, exam, large, make_run, spark, sqlite_export, whole_build
from bench.results import REPO_ROOT, Line, keep

BASE_SIZE = bookings.BASE_SIZE
LARGE_SIZE = 50_000_000
LARGEST_SIZE = 100_000_000
KINDS = ("bookings", "overhead", "sqlite", "pull", "whole", "fresh", "exam", "spark")
LARGE_KINDS = ("bookings", "growth", "largest")

Show = Callable[[Iterable[Line]], None]


def measure_bookings(sizes: Iterable[int], show: Show) -> None:
    """Measure each size; those beyond the base are compared to it."""
    base_cost = None
    for size in sorted(sizes):
        lines, cost = bookings.measure(size, base_cost if size > BASE_SIZE else None)
        base_cost = cost if size == BASE_SIZE else base_cost
        show(lines)


def measure_pull() -> None:
    """Pulls from the local Bedrock server have a report of their own."""
    subprocess.run([sys.executable, "-m", "bench.bedrock", "--workers", "8"], cwd=REPO_ROOT, check=False)


def measure_on_spark(size: int, show: Show) -> None:
    """Measure on Spark where there is one."""
    if obstacle := spark.find_obstacle():
        print(f"Skipped, what Spark takes: {obstacle}", flush=True)
        return
    show(spark.measure(size))


def show_and_keep(lines: Iterable[Line]) -> None:
    """Print and keep each line as it comes."""
    for line in lines:
        print_lines([line])
        keep([line])


def print_lines(lines: Iterable[Line]) -> None:
    """Print lines."""
    for line in lines:
        met = {True: "met", False: "NOT met", None: ""}[line.met]
        print(f"{line.name}: {line.got} {f'({line.asked}: {met})' if line.asked else ''} {line.figures}", flush=True)


def list_measures(sizes: Sequence[int], show: Show, *, is_large: bool) -> dict[str, Callable[[], object]]:
    """List how each kind is measured.

    Args:
        sizes: numbers of bookings that were asked for; none for those of each kind.
        show: takes lines as they come.
        is_large: whether bookings are compared at 50 million.
    """
    of_bookings = sizes or ((BASE_SIZE, LARGE_SIZE) if is_large else (500_000, BASE_SIZE))
    size = max(sizes, default=BASE_SIZE)
    growth = sizes or (BASE_SIZE, LARGE_SIZE)
    return {
        "bookings": lambda: measure_bookings(of_bookings, show),
        "overhead": lambda: show(dbt_overhead.measure()),
        "sqlite": lambda: show(sqlite_export.measure(size)),
        "pull": measure_pull,
        "whole": lambda: show(whole_build.measure(size)),
        "fresh": lambda: show(make_run.measure()),
        "exam": lambda: show(exam.measure()),
        "spark": lambda: measure_on_spark(size, show),
        "growth": lambda: show(whole_build.measure_growth(min(growth), max(growth))),
        "largest": lambda: show(large.measure(max(sizes, default=LARGEST_SIZE))),
    }


def read_options(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = list(dict.fromkeys((*KINDS, *LARGE_KINDS)))
    parser.add_argument("--only", nargs="+", choices=names, help="these kinds alone")
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=int,
        default=[],
        help="numbers of bookings: each for bookings, the least and the largest for growth, the largest for all else",
    )
    parser.add_argument("--large", action="store_true", help="5 and 50 million bookings compared, and 100 million once")
    parser.add_argument("--trial", action="store_true", help="print lines and keep none")
    options = parser.parse_args(words)
    options.only = options.only or list(LARGE_KINDS if options.large else KINDS)
    if "growth" in options.only and len(set(options.sizes)) == 1:
        parser.error("growth compares two sizes, as in --sizes 500000 5000000")
    return options


def main() -> int:
    """Measure what is asked; a kind that fails takes no other with it.

    Returns:
        1 if a kind failed.
    """
    options = read_options()
    measures = list_measures(options.sizes, print_lines if options.trial else show_and_keep, is_large=options.large)
    failed = []
    for kind in options.only:
        try:
            measures[kind]()
        except (subprocess.CalledProcessError, RuntimeError, OSError) as error:
            print(f"Not measured, {kind}: {error}", file=sys.stderr, flush=True)
            failed.append(kind)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
