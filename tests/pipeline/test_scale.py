"""A large set from the same raw content: every rule of the contract holds, and threads change nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.pipeline.commands import run_dbt

pytestmark = pytest.mark.early

USERS, RESERVATIONS = 200_000, 1_000_000
VARS = f"{{users: {USERS}, reservations: {RESERVATIONS}, as_of: 2026-06-01, exports: []}}"
# What the tests look at, and the two views that a test of dbt compares with tables of theirs.
SELECTION = ("--select", "+rules_checked", "+life_shapes", "+eventhub__user_details", "+eventhub__reservation_details")
# Sums of row hashes need no order; DuckDB's own hash is enough to compare two tables of one run.
CONTENT = "select count(*), sum(hash(t)) from {} as t"
TABLES = ("intermediate.int_bookings__priced", "intermediate.int_users__named", "intermediate.int_event_bookings")


@pytest.fixture(scope="module")
def large(landed_in_full: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full raw content grown to a million bookings, with every test of its rows on the way."""
    directory = tmp_path_factory.mktemp("large")
    (directory / "raw").symlink_to(landed_in_full)
    result = run_dbt(directory, "build", "--quiet", *SELECTION, "--vars", VARS, engine_threads=2)
    assert result.returncode == 0, result.stdout
    return directory


def read(data_dir: Path, query: str) -> tuple[object, ...]:
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"), read_only=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row


def test_a_million_bookings_have_the_shapes_of_life(large: Path) -> None:
    not_held = "select count(*) filter (not holds), count(*) filter (holds) > 10 from analytics.life_shapes"
    assert read(large, not_held) == (0, True)


def test_every_rule_holds_at_a_million_bookings(large: Path) -> None:
    broken = "select count(*) filter (violations > 0), count(*) > 100 from analytics.rules_checked"
    assert read(large, broken) == (0, True)
    assert read(large, "select count(*) from main.reservations") == (RESERVATIONS,)
    assert read(large, "select count(*), count(distinct email) from main.users") == (USERS, USERS)


def test_one_thread_gives_the_same_rows(large: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").symlink_to(large / "raw")
    words = ["build", "--quiet", "--resource-type", "seed", "model", "--select", "+int_bookings__priced"]
    result = run_dbt(tmp_path, *words, "--vars", VARS, threads=1, engine_threads=1)
    assert result.returncode == 0, result.stdout
    for table in TABLES:
        assert read(tmp_path, CONTENT.format(table)) == read(large, CONTENT.format(table))
