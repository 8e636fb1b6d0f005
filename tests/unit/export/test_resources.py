"""What the caller's DuckDB may use is shared out; nothing spills elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from export.resources import Resources, parse_bytes, sqlite_sorts_in
from export.sql import fetch_row


def read_limit(connection: DuckDBPyConnection) -> int:
    """Return the memory limit in bytes."""
    return parse_bytes(fetch_row(connection, "select current_setting('memory_limit')")[0])


@pytest.mark.parametrize(
    ("printed", "size"),
    [("0 bytes", 0), ("512 bytes", 512), ("1.5 KiB", 1536), ("7.4 GiB", 7945689497), ("1.0 TiB", 2**40)],
)
def test_sizes_as_duckdb_prints_them(printed: str, size: int) -> None:
    assert parse_bytes(printed) == size


def test_each_reader_gets_its_share_and_a_spill_directory_of_its_own(
    marts: DuckDBPyConnection, data_dir: Path, tmp_path: Path
) -> None:
    duckdb.connect(str(tmp_path / "w.duckdb")).close()
    marts.execute("set memory_limit = '400MB'")
    marts.execute(f"set temp_directory = '{data_dir}/work/spill'")
    marts.execute("set threads = 3")
    resources = Resources.of(marts, instances=4)
    with (
        resources.open_copy(tmp_path / "w.duckdb", "one") as one,
        resources.open_copy(tmp_path / "w.duckdb", "two") as two,
    ):
        assert read_limit(one) == pytest.approx(400e6 / 4, rel=0.01)
        assert fetch_row(one, "select current_setting('threads')") == (3,)
        spills = [fetch_row(copy, "select current_setting('temp_directory')")[0] for copy in (one, two)]
        assert spills == [f"{data_dir}/work/spill-one", f"{data_dir}/work/spill-two"]


def test_what_a_killed_run_spilled_is_removed(marts: DuckDBPyConnection, data_dir: Path, tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "w.duckdb")).close()
    marts.execute(f"set temp_directory = '{data_dir}/work/spill'")
    left = data_dir / "work" / "spill-one" / "duckdb_temp_storage_DEFAULT-0.tmp"
    left.parent.mkdir()
    left.touch()
    with Resources.of(marts, instances=4).open_copy(tmp_path / "w.duckdb", "one"):
        assert not left.exists()


def test_the_callers_limit_comes_back(marts: DuckDBPyConnection) -> None:
    marts.execute("set memory_limit = '400MB'")
    resources = Resources.of(marts, instances=4)
    with pytest.raises(ZeroDivisionError), resources.lower(marts, at_work=3):
        assert read_limit(marts) == pytest.approx(100e6, rel=0.01)
        raise ZeroDivisionError
    assert read_limit(marts) == pytest.approx(400e6, rel=0.01)


def test_the_caller_keeps_the_shares_of_those_who_have_not_begun(marts: DuckDBPyConnection) -> None:
    marts.execute("set memory_limit = '400MB'")
    with Resources.of(marts, instances=4).lower(marts, at_work=1):
        assert read_limit(marts) == pytest.approx(300e6, rel=0.01)


def test_memory_in_use_is_left_to_the_caller() -> None:
    with duckdb.connect(config={"memory_limit": "200MB", "temp_directory": ""}) as connection:
        connection.execute("create table held as select random() as x from range(10000000)")
        with Resources.of(connection, instances=4).lower(connection, at_work=3):
            assert fetch_row(connection, "select count(*) from held") == (10_000_000,)
        assert read_limit(connection) == pytest.approx(200e6, rel=0.01)


def test_sqlite_sorts_beside_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "it's" / "work"
    with closing(sqlite3.connect(":memory:")) as connection:
        before = connection.execute("pragma temp_store_directory").fetchall()
        with sqlite_sorts_in(folder):
            assert connection.execute("pragma temp_store_directory").fetchall() in ([(str(folder),)], before)
        assert connection.execute("pragma temp_store_directory").fetchall() == before


def test_the_place_where_sqlite_sorts_stays_until_the_last_has_left(tmp_path: Path) -> None:
    def read() -> str:
        with closing(sqlite3.connect(":memory:")) as connection:
            return str((connection.execute("pragma temp_store_directory").fetchone() or [""])[0])

    with sqlite_sorts_in(tmp_path / "one"):
        if not read():
            pytest.skip("this SQLite has no such setting")
        with sqlite_sorts_in(tmp_path / "two"):
            assert read() == str(tmp_path / "one")
        assert read() == str(tmp_path / "one")
    with sqlite_sorts_in(tmp_path / "three"):
        assert read() == str(tmp_path / "three")
