"""Bookings at several sizes against the guide's loop and a plain write: `python -m bench.bookings 500000 5000000`."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from bench.guide_loop import generate_reservations

REPO_ROOT = Path(__file__).resolve().parent.parent
DBT = str(Path(sys.executable).parent / "dbt")
# The loop takes minutes and gigabytes beyond this size.
LARGEST_LOOP = 5_000_000
USERS_PER_BOOKING = 5
# What only our models do: everything from the users' activity to the finished table.
BOOKING_MODELS = ("/bookings/", "/main/reservations.sql")


NAMING_MODELS = ("int_users__named.sql", "int_users__identified.sql")


def build_bookings(data_dir: Path, reservations: int) -> dict[str, float]:
    """Build everything up to the reservations.

    Returns:
        dbt's own seconds a model, by the model's path.
    """
    environment = {
        **os.environ,
        "EVENTHUB_DATA_DIR": str(data_dir),
        "DBT_TARGET_PATH": str(data_dir / "target"),
        "DBT_LOG_PATH": str(data_dir / "logs"),
    }
    variables = f"{{users: {reservations // USERS_PER_BOOKING}, reservations: {reservations}}}"
    selection = ["--select", "+reservations", "users", "--exclude", "resource_type:unit_test", "resource_type:test"]
    command = [DBT, "build", "--quiet", "--vars", variables, *selection]
    subprocess.run(command, cwd=REPO_ROOT, env=environment, check=True)
    nodes = json.loads((data_dir / "target" / "manifest.json").read_text())["nodes"]
    results = json.loads((data_dir / "target" / "run_results.json").read_text())["results"]
    return {
        nodes[result["unique_id"]]["original_file_path"]: result["execution_time"]
        for result in results
        if result["unique_id"] in nodes
    }


def read_rows(data_dir: Path, table: str) -> list[dict[str, Any]]:
    """Read a mart as dictionaries, as the guide's script reads its JSONL."""
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"), read_only=True) as connection:
        cursor = connection.execute(f"select * from {table}")
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def time_loop(data_dir: Path, reservations: int) -> tuple[float, int]:
    """Time the guide's loop on the same users and events.

    Returns:
        Seconds, and rows it managed to write.
    """
    users, events = read_rows(data_dir, "users"), prices_as_floats(read_rows(data_dir, "intermediate.int_bench_events"))
    started = time.perf_counter()
    written = generate_reservations(users, events, reservations, datetime(2026, 6, 1), data_dir / "loop.jsonl")
    return time.perf_counter() - started, written


def prices_as_floats(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events with prices as the guide's floats."""
    return [
        event | {"price_min": float(event["price_min"]), "price_max": float(event["price_max"])} for event in events
    ]


def time_plain_write(data_dir: Path) -> float:
    """Time DuckDB's write of the finished rows to a new file: the floor."""
    with duckdb.connect(str(data_dir / "floor.duckdb"), config={"threads": 2}) as connection:
        connection.execute(f"attach '{data_dir / 'work' / 'warehouse.duckdb'}' as built (read_only)")
        started = time.perf_counter()
        connection.execute("create table reservations as select * from built.main.reservations")
        connection.execute("checkpoint")
        return time.perf_counter() - started


def add_bench_events(data_dir: Path) -> None:
    """A table of the events as the loop needs them; the mart of events waits for what is sold."""
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb")) as connection:
        connection.execute(
            "create or replace table intermediate.int_bench_events as select * from intermediate.int_events__described "
            "join intermediate.int_events__scheduled using (event_number) "
            "join intermediate.int_events__offered using (event_number)"
        )


def main(sizes: list[int]) -> None:
    """Build each size and print seconds, microseconds a row, and the ratios."""
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
            data_dir = Path(directory)
            environment = {**os.environ, "EVENTHUB_DATA_DIR": directory}
            subprocess.run(
                [sys.executable, "extract/run.py"],
                cwd=REPO_ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            seconds = build_bookings(data_dir, size)
            ours = sum(time for path, time in seconds.items() if any(part in path for part in BOOKING_MODELS))
            named = sum(
                time for path, time in seconds.items() if "int_users__named" in path or "int_users__identified" in path
            )
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
            print(f"{size:,} bookings: {ours:.1f} s, {ours / size * 1e6:.2f} us a row, peak {peak:.1f} GiB")
            floor = time_plain_write(data_dir)
            print(f"  plain write of the same rows: {floor:.1f} s, ratio {ours / floor:.1f}")
            print(f"  users: {size // USERS_PER_BOOKING / named / 1e6:.2f} million a second")
            if size <= LARGEST_LOOP:
                add_bench_events(data_dir)
                loop, written = time_loop(data_dir, size)
                print(f"  the guide's loop: {loop:.1f} s for {written:,} rows, {loop / ours:.1f} times ours")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [500_000, 5_000_000])
