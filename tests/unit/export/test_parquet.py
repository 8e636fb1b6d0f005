"""One file a table in id order, or a folder of files where one would be too large."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from export.content_hash import hash_file
from export.entity_files import ENTITY_FILES, EntityFile
from export.exported_table import ExportedTable
from export.writers.parquet import choose_shape, write_parquet

TABLES = {table.name: table for table in ENTITY_FILES}
REMAKE = "create or replace table main.venues as from main.venues"


def write(connection: DuckDBPyConnection, name: str, path: Path, rows_per_file: int = 1000) -> list[ExportedTable]:
    """Write a table in the shape its size asks for."""
    shape = choose_shape(connection, TABLES[name], rows_per_file)
    return write_parquet(connection, TABLES[name], shape, path)


def fetch_column(connection: DuckDBPyConnection, query: str) -> list[object]:
    """Return the first column."""
    return [row[0] for row in connection.execute(query).fetchall()]


@pytest.mark.parametrize("table", ENTITY_FILES, ids=lambda table: table.name)
def test_a_file_holds_the_keys_and_rows_of_the_table(
    marts: DuckDBPyConnection, tmp_path: Path, table: EntityFile
) -> None:
    path = tmp_path / "file.parquet"
    [exported] = write(marts, table.name, path)
    columns = fetch_column(marts, f"describe from '{path}'")
    assert tuple(columns) == table.keys
    query = table.select()
    differing = f"(from '{path}' except all ({query})) union all (({query}) except all from '{path}')"
    assert exported.row_count > 0 and marts.execute(differing).fetchall() == []
    assert (exported.file_name, exported.content_hash) == (f"generated/{table.name}.parquet", hash_file(path))


def test_types_are_kept_and_pages_are_zstd(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    write(marts, "reservations", tmp_path / "r.parquet")
    types = dict(
        marts.execute(f"select column_name, column_type from (describe from '{tmp_path}/r.parquet')").fetchall()
    )
    assert (types["event_date"], types["total_price"]) == ("DATE", "DECIMAL(10,2)")
    assert (types["booking_date"], types["is_premium_booking"]) == ("TIMESTAMP", "BOOLEAN")
    assert set(fetch_column(marts, f"select compression from parquet_metadata('{tmp_path}/r.parquet')")) == {"ZSTD"}


def test_rows_follow_the_number_of_the_id(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    write(marts, "reservations", tmp_path / "r.parquet")
    assert fetch_column(marts, f"select reservation_id from '{tmp_path}/r.parquet'") == ["r_99999", "r_100000"]


def test_a_large_table_becomes_a_folder_of_ranges_of_ids(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    grow_venues(marts, 25)
    tables = write(marts, "venues", tmp_path / "venues", rows_per_file=10)
    names = [f"part-0000{part}.parquet" for part in range(3)]
    assert sorted(path.name for path in (tmp_path / "venues").iterdir()) == names
    assert [line.file_name for line in tables] == [f"generated/venues/{name}" for name in names]
    assert [line.row_count for line in tables] == [10, 10, 5]
    ids = fetch_column(marts, f"select venue_id from '{tmp_path}/venues/*.parquet'")
    assert ids == [f"v_{number:05}" for number in range(1, 26)]


@pytest.mark.parametrize(
    ("change", "is_in_order"),
    [
        ("select 1", True),
        ("delete from main.venues where venue_id = 'v_00012'", True),
        (f"{REMAKE} where venue_id != 'v_00012' order by venue_id", False),
        ("update main.venues set venue_id = 'of no number' where venue_id = 'v_00025'", False),
        (f"{REMAKE} order by venue_id desc", False),
        ("alter table main.venues rename to rows_of; create view main.venues as from main.rows_of", False),
    ],
)
@pytest.mark.parametrize("rows_per_file", [10, 25])
def test_a_table_in_order_is_not_sorted_and_gives_the_same_bytes(
    marts: DuckDBPyConnection, tmp_path: Path, change: str, is_in_order: bool, rows_per_file: int
) -> None:
    grow_venues(marts, 25)
    marts.execute(f"{REMAKE} order by venue_id")
    marts.execute(change)
    assert TABLES["venues"].is_in_order(marts) is is_in_order
    written = write(marts, "venues", tmp_path / "as it is", rows_per_file)
    rows = marts.execute(TABLES["venues"].select()).fetchall()
    marts.execute("create schema shuffled; create table shuffled.venues as from main.venues order by hash(venue_id)")
    shuffled = replace(TABLES["venues"], schema="shuffled")
    assert not shuffled.is_in_order(marts)
    shape = choose_shape(marts, shuffled, rows_per_file)
    assert write_parquet(marts, shuffled, shape, tmp_path / "shuffled") == written
    files = f"{tmp_path}/as it is/*.parquet" if (tmp_path / "as it is").is_dir() else f"{tmp_path}/as it is"
    kept = [row for row in rows if row[0] != "of no number"] if rows_per_file == 10 else rows
    assert marts.execute(f"from read_parquet('{files}')").fetchall() == kept


def test_as_many_rows_as_a_file_may_hold_are_one_file(marts: DuckDBPyConnection) -> None:
    grow_venues(marts, 10)
    assert choose_shape(marts, TABLES["venues"], 10).names[0] == "{}.parquet"
    assert choose_shape(marts, TABLES["venues"], 9).names[0] == "{}"


def test_an_empty_table_is_an_empty_file(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute("delete from main.tickets")
    [exported] = write(marts, "tickets", tmp_path / "t.parquet", rows_per_file=1)
    assert exported.row_count == 0
    assert marts.execute(f"select count(*) from '{tmp_path}/t.parquet'").fetchone() == (0,)


def test_bytes_are_the_same_with_any_number_of_threads(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    grow_venues(marts, 150_000)
    hashes = set()
    for threads in (1, 2, 4):
        marts.execute(f"set threads = {threads}")
        hashes.add(write(marts, "venues", tmp_path / f"{threads}.parquet", 10**6)[0].content_hash)
    assert len(hashes) == 1


def grow_venues(connection: DuckDBPyConnection, count: int) -> None:
    """Repeat the venue under other ids, in no order."""
    connection.execute(
        "create or replace table main.venues as select * replace ('v_' || lpad(i::varchar, 5, '0') as venue_id)"
        f" from main.venues, range(1, {count} + 1) as t (i) order by md5(i::varchar)"
    )
