"""Content hashes: equal for equal content, and for nothing else."""

from __future__ import annotations

import hashlib

import duckdb
import pytest

from export.content_hash import hash_and_find, hash_rows

ROWS = "select * from (values (1, 'a', null), (2, 'b', 0.5)) as t (id, name, score)"
CHANGED = {
    "a value": "select id, upper(name) as name, score from rows",
    "a null": "select id, name, coalesce(score, 0) as score from rows",
    "a row more": "from rows union all values (3, 'c', null)",
    "a row fewer": "from rows where id = 1",
    "a row twice": "from rows union all from rows",
    "a column's name": "select id, name as title, score from rows",
    "values swapped between rows": "select 3 - id as id, name, score from rows",
}


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """A DuckDB with table `rows`."""
    connection = duckdb.connect()
    connection.execute(f"create table rows as {ROWS}")
    return connection


def test_the_order_of_rows_does_not_matter(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table reversed as from rows order by id desc")
    assert hash_rows(connection, "reversed") == hash_rows(connection, "rows")


@pytest.mark.parametrize("query", CHANGED.values(), ids=CHANGED.keys())
def test_a_change_shows(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    connection.execute(f"create table changed as {query}")
    assert hash_rows(connection, "changed")[1] != hash_rows(connection, "rows")[1]


def test_the_hash_is_what_python_makes_of_the_rows(connection: duckdb.DuckDBPyConnection) -> None:
    lines = [b'{"id":1,"name":"a","score":null}', b'{"id":2,"name":"b","score":0.5}']
    digests = [int.from_bytes(hashlib.md5(line).digest(), "little") for line in lines]
    sums = [sum(digest % 2**64 for digest in digests), sum(digest // 2**64 for digest in digests)]
    expected = hashlib.sha256(f"2:{sums[0]}:{sums[1]}".encode()).hexdigest()
    assert hash_rows(connection, "rows") == (2, expected)


def test_an_empty_table_has_a_hash(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table empty as from rows limit 0")
    assert hash_rows(connection, "empty")[0] == 0


def test_what_is_looked_for_is_counted_in_the_same_reading(connection: duckdb.DuckDBPyConnection) -> None:
    wanted = ["case when t.id not in (select 2) then t.name end", "t.score", "case when t.id > 2 then t.id end"]
    rows, content_hash, found = hash_and_find(connection, "rows", wanted)
    assert (rows, content_hash) == hash_rows(connection, "rows")
    assert [(count, str(least)) for count, least in found] == [(1, "a"), (1, "0.5"), (0, "None")]
