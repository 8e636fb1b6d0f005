"""A copy of an open database's file holds what was committed, and leaves the database as it was."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from export.file_copy import copy_file
from export.sql import fetch_row

OPEN = "import duckdb, sys; duckdb.connect(sys.argv[1])"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    """An open database, with rows that are only in its log."""
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as opened:
        opened.execute("set checkpoint_threshold = '256MiB'")
        opened.execute("create table numbers as select range as n from range(1000)")
        yield opened


def test_it_holds_what_was_committed(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    connection.execute("begin; select 1")  # dbt's transaction of the node that exports
    assert copy_file(connection.cursor(), tmp_path / "copy.duckdb")
    with duckdb.connect(str(tmp_path / "copy.duckdb"), read_only=True) as copy:
        assert fetch_row(copy, "select count(*), max(n) from numbers") == (1000, 999)


def test_no_other_process_may_open_the_database_afterwards(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    assert copy_file(connection, tmp_path / "copy.duckdb")
    command = [sys.executable, "-c", OPEN, str(tmp_path / "warehouse.duckdb")]
    opened = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Conflicting lock" in opened.stderr


def test_settings_are_as_before(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    settings = "select current_setting('checkpoint_threshold'), current_setting('force_compression')"
    before = fetch_row(connection, settings)
    assert copy_file(connection, tmp_path / "copy.duckdb")
    assert fetch_row(connection, settings) == before


def test_there_is_none_while_somebody_writes(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    writer = connection.cursor()
    writer.execute("begin; create table others (n bigint)")
    assert not copy_file(connection, tmp_path / "copy.duckdb")
    assert not (tmp_path / "copy.duckdb").exists()


def test_there_is_none_of_a_database_in_memory(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        assert not copy_file(connection, tmp_path / "copy.duckdb")


def test_a_copy_that_cannot_be_written_is_an_error_that_says_where(
    connection: DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match=r"nowhere/copy\.duckdb"):
        copy_file(connection, tmp_path / "nowhere" / "copy.duckdb")
