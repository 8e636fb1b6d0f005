"""Users and bookings at several sizes, against the guide's loop and plain writes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

import duckdb

from bench.builds import USERS_PER_BOOKING, WITHOUT_TESTS, pull, read_times, run_dbt, write_vars
from bench.guide_loop import generate_reservations
from bench.process import Spent, Watched, time_call
from bench.results import Line, compare

# The loop takes minutes and gigabytes beyond this size.
LARGEST_LOOP = 5_000_000
# All that only bookings need: from the users' activity to what main.reservations shows.
BOOKING_MODELS = ("/bookings/", "/main/reservations.sql")
NAMING_MODELS = ("int_users__named.sql",)
# Where the cost per row is compared to.
BASE_SIZE = 5_000_000
# Up to that size models, loop and plain writes are run so often, once beyond it. The least time of each counts, since
# whatever else the machine does only adds to it. The most that models and loop took is told, too.
RUNS = 3
# How much faster than the guide's loop the models are to be at that size, and how near to a plain write.
LEAST_LOOP_RATIO = 30
MOST_WRITE_RATIO = 8
EVENTS = """
    select * from intermediate.int_events__described
    join intermediate.int_events__scheduled using (event_number)
    join (select * replace (price_min::double as price_min, price_max::double as price_max)
        from intermediate.int_events__offered) using (event_number)
"""
USERS = """
    select 'u_' || user_number as user_id, email, tier as subscription_tier, status as subscription_status, is_blocked,
        started_at as subscription_started_at, ended_at as subscription_ended_at
    from intermediate.int_users__named
    join intermediate.int_users__subscribed using (user_number) join intermediate.int_users__dated using (user_number)
"""


def measure(size: int, base_cost: float | None = None) -> tuple[list[Line], float]:
    """Measure one size.

    Returns:
        The lines, and microseconds a booking.
    """
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        runs = [Path(directory) / str(number) for number in range(RUNS if size <= BASE_SIZE else 1)]
        lines, times, data_dir = measure_models(runs, size)
        ours = times[0]
        lines += measure_floors(data_dir, size, ours, len(runs))
        if size <= LARGEST_LOOP:
            lines += measure_loop(data_dir, size, times, lines)
    cost = ours / size * 1e6
    if base_cost:
        lines.append(compare_cost(size, cost, base_cost))
    return lines, cost


def compare_cost(size: int, cost: float, base_cost: float) -> Line:
    """Compare microseconds a booking with those at the base size."""
    figures = f"{cost:.2f} µs against {base_cost:.2f}"
    return compare(f"Cost of a booking at {size:,} against {BASE_SIZE:,}", "at most 1.3", cost / base_cost, figures)


def sum_times(data_dir: Path, parts: tuple[str, ...], measured: frozenset[str] | None = None) -> float:
    """Sum dbt's own seconds of the models whose path holds one of the parts, and is one of those stated."""
    return sum(
        seconds
        for path, seconds in read_times(data_dir).items()
        if any(part in path for part in parts) and (measured is None or path in measured)
    )


def measure_models(runs: list[Path], size: int) -> tuple[list[Line], list[float], Path]:
    """Build everything up to main.reservations in each folder; dbt's own timing tells what bookings and users take.

    Returns:
        The lines, the seconds of bookings of all runs in rising order, and the folder of the fastest run.
    """
    watched = {run: build_models(run, size) for run in runs}
    times = {run: sum_times(run, BOOKING_MODELS) for run in runs}
    least = min(runs, key=times.__getitem__)
    naming = min(sum_times(run, NAMING_MODELS) for run in runs)
    users = size // USERS_PER_BOOKING
    asked = "at least 1" if users >= 1_000_000 else ""
    whole = f"the whole run {watched[least]} and {watched[least].peak_bytes / 2**30:.1f} GiB"
    figures = f"{users:,} users in {naming:.2f} s, {whole}"
    line = compare(f"Million users a second, of {users:,}", asked, users / naming / 1e6, figures)
    return [line], sorted(times.values()), least


def build_models(data_dir: Path, size: int) -> Watched:
    """Build everything up to main.reservations, from nothing but the landed content.

    One model at a time, so that none's time holds another's.
    """
    pull(data_dir)
    selection = ["--threads", "1", "--select", "+reservations", "--exclude", *WITHOUT_TESTS]
    return run_dbt(data_dir, "build", "--quiet", "--vars", write_vars(size), *selection)


def measure_floors(data_dir: Path, size: int, ours: float, runs: int) -> list[Line]:
    """Time plain writes of the finished rows, as they are stored and with all that main.reservations shows.

    DuckDB's own settings are left as they are.
    """
    stored = min((time_write(data_dir, run) for run in range(runs)), key=attrgetter("seconds"))
    wide = min((time_file(data_dir) for _ in range(runs)), key=attrgetter("seconds"))
    name = f"Models of {size:,} bookings against DuckDB's plain write of the same rows"
    asked = f"at most {MOST_WRITE_RATIO}" if size == BASE_SIZE else ""
    return [
        compare(name, asked, ours / stored.seconds, f"{ours:.2f} s against {stored}"),
        Line(
            f"All columns of main.reservations at {size:,} to one Parquet file",
            "",
            f"{wide.seconds:.2f} s",
            None,
            f"{wide}; {(ours + wide.seconds) / size * 1e6:.2f} µs a row with the models",
        ),
    ]


def time_write(data_dir: Path, run: int) -> Spent:
    """Write the bookings, as they are stored, into a new file."""
    with open_built(data_dir) as connection:
        connection.execute(f"attach '{data_dir}/floor_{run}.duckdb' as floor")
        return time_statement(connection, "create table floor.stored as from intermediate.int_bookings__priced")


def time_file(data_dir: Path) -> Spent:
    """Write the bookings with all that main.reservations shows to one Parquet file."""
    with open_built(data_dir) as connection:
        return time_statement(connection, f"copy (from main.reservations) to '{data_dir}/wide.parquet'")


@contextmanager
def open_built(data_dir: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open what was built, in a DuckDB that has read nothing yet."""
    database = data_dir / "work" / "warehouse.duckdb"
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"attach '{database}' as warehouse (read_only)")
        connection.execute("use warehouse")
        yield connection


def time_statement(connection: duckdb.DuckDBPyConnection, statement: str) -> Spent:
    """Run a statement, and tell what it took."""
    return time_call(lambda: connection.execute(statement))[1]


def measure_loop(data_dir: Path, size: int, times: list[float], lines: list[Line]) -> list[Line]:
    """Time the guide's loop on the same users and events, against the models' times, the least first."""
    users, events = read_rows(data_dir, USERS), read_rows(data_dir, EVENTS)
    file = data_dir / "loop.jsonl"
    loops = [
        time_call(lambda: generate_reservations(users, events, size, datetime(2026, 6, 1), file)) for _ in range(RUNS)
    ]
    written, loop = min(loops, key=lambda run: run[1].seconds)
    ours = times[0]
    wide = float(lines[-1].got.split()[0])
    asked = f"at least {LEAST_LOOP_RATIO}" if size == BASE_SIZE else ""
    most = max(run[1].seconds for run in loops)
    figures = f"loop {loop} to {most:.1f} s for {written:,} rows, models {ours:.2f} to {times[-1]:.2f} s"
    with_file = f"loop {loop}, models and file {ours + wide:.2f} s"
    return [
        compare(f"The guide's loop against the models, {size:,} bookings", asked, loop.seconds / ours, figures),
        compare(
            f"The guide's loop against the models and the wide Parquet file, {size:,}",
            "",
            loop.seconds / (ours + wide),
            with_file,
        ),
    ]


def read_rows(data_dir: Path, query: str) -> list[dict[str, Any]]:
    """Read rows as dictionaries, as the guide's script reads its JSONL."""
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"), read_only=True) as connection:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
