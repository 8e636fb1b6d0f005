"""The analysts' copy works under any name, from anywhere, and holds no path of this machine."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from export.exported_table import ExportedTable
from export.writers import warehouse
from export.writers.warehouse import copy_database, write_exported_tables


def test_views_work_under_another_name(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    copy_database(marts, tmp_path / "mine.duckdb")
    with duckdb.connect(str(tmp_path / "mine.duckdb"), read_only=True) as copy:
        assert copy.execute("select tier from eventhub.subscriptions order by all").fetchall() == [
            ("basic",),
            ("premium",),
        ]
        kinds = copy.execute("select count(*) from duckdb_views() where schema_name = 'eventhub'").fetchone()
        assert kinds == (5,)


def test_views_and_functions_work_when_attached(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute("create macro main.twice(x) as x * 2")
    marts.execute("create macro main.fourfold(x) as main.twice(x) * 2")
    marts.execute("create view intermediate.late as select 0 as n")
    marts.execute('create view intermediate.early as select fourfold(n) as n from "warehouse"."intermediate".late')
    marts.execute("create or replace view intermediate.late as select 2 as n")
    copy_database(marts, tmp_path / "mine.duckdb")
    with duckdb.connect() as session:
        session.execute(f"attach '{tmp_path}/mine.duckdb' as other (read_only)")
        assert session.execute("select n from other.intermediate.early").fetchall() == [(8,)]


def test_views_over_files_become_tables_in_any_schema(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute(f"copy main.users to '{tmp_path}/part.parquet'")  # as a build on Spark leaves it
    marts.execute(f"create view analytics.labels as from '{tmp_path}/part.parquet'")
    copy_database(marts, tmp_path / "mine.duckdb")
    (tmp_path / "part.parquet").unlink()
    with duckdb.connect(str(tmp_path / "mine.duckdb"), read_only=True) as copy:
        assert copy.execute("select count(*) from analytics.labels").fetchone() == (2,)


def test_a_view_may_rest_on_one_that_is_for_analysts(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute("create view analytics.first as select 2 as n")
    marts.execute("create view intermediate.second as from analytics.first")
    copy_database(marts, tmp_path / "mine.duckdb")
    with duckdb.connect(str(tmp_path / "mine.duckdb"), read_only=True) as copy:
        assert copy.execute("select n from intermediate.second").fetchall() == [(2,)]


def test_views_over_raw_files_become_tables_and_no_path_remains(
    marts: DuckDBPyConnection, data_dir: Path, tmp_path: Path
) -> None:
    raw = data_dir / "raw" / "users.parquet"
    raw.parent.mkdir()
    marts.execute(f"copy main.users to '{raw}'")
    marts.execute(f"create view staging.stg_users as select * from '{raw}'")
    copy_database(marts, tmp_path / "w.duckdb")
    raw.unlink()
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as copy:
        assert copy.execute("select count(*) from staging.stg_users").fetchone() == (2,)
    assert str(data_dir).encode() not in (tmp_path / "w.duckdb").read_bytes()


CROSSED = {
    "before a left join": """
        select users.user_id, venues.name
        from main.users cross join main.events left join main.venues
            on events.venue_id = venues.venue_id and users.city != venues.city
    """,
    "before an anti join": """
        select users.user_id, events.title
        from main.users cross join main.events anti join main.venues on users.city = venues.city
    """,
    "before a full join": """
        select users.user_id, venues.name
        from main.users cross join main.events full join main.venues on events.venue_id = venues.name
    """,
    "with commas that are none": """
        select users.user_id, ' , ' || 'it''s , ' as " , ", [1, 2] as pair
        from main.users cross join unnest([1, 2]) as numbers (n) left join main.venues on n = venues.capacity
    """,
}


@pytest.mark.parametrize("query", CROSSED.values(), ids=CROSSED)
def test_a_view_of_an_earlier_build_with_a_cross_join_stays_one_of_the_same_rows(
    marts: DuckDBPyConnection, tmp_path: Path, query: str
) -> None:
    marts.execute(f"create view analytics.crossed as {query}")
    expected = marts.execute("from analytics.crossed order by all").fetchall()
    copy_database(marts, tmp_path / "stored.duckdb")
    with duckdb.connect(str(tmp_path / "stored.duckdb")) as stored:
        copy_database(stored, tmp_path / "w.duckdb")
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as copy:
        assert expected and copy.execute("from analytics.crossed order by all").fetchall() == expected
        views = copy.execute("select count(*) from duckdb_views() where view_name = 'crossed'").fetchone()
        assert views == (1,)


def test_a_view_that_duckdb_cannot_read_back_becomes_a_table(
    marts: DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marts.execute("create view analytics.spoiled as select user_id from main.users")
    monkeypatch.setattr(warehouse, "restore_cross_joins", lambda sql: sql.replace("user_id FROM", "user_id FROM FROM"))
    copy_database(marts, tmp_path / "w.duckdb")
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as copy:
        tables = copy.execute("select count(*) from duckdb_tables() where table_name = 'spoiled'").fetchone()
        assert tables == (1,)
        assert copy.execute("select count(user_id) from analytics.spoiled").fetchone() == (2,)


def test_a_view_that_rests_on_nothing_any_more_is_not_published(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute("create table main.gone as from main.users")
    marts.execute("create view main.lost as from main.gone")
    marts.execute("create view main.lost_too as from main.lost")
    marts.execute("drop table main.gone")
    copy_database(marts, tmp_path / "w.duckdb")
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as copy:
        names = copy.execute("select table_name from information_schema.tables where table_schema = 'main'")
        assert {name for (name,) in names.fetchall()} == {
            "users", "venues", "events", "reservations", "kb_articles", "tickets",
        }  # fmt: skip


def test_constraints_comments_and_the_order_of_rows_survive(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute("create table main.kept (id integer primary key, name varchar not null)")
    marts.execute("comment on column main.kept.name is 'what it is called'")
    marts.execute("insert into main.kept select 100000 - i, 'x' from range(100000) as t (i)")
    copy_database(marts, tmp_path / "w.duckdb")
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as copy:
        assert copy.execute("select id from main.kept limit 2").fetchall() == [(100000,), (99999,)]
        comments = copy.execute(
            "select comment from duckdb_columns() where table_name = 'kept' and comment is not null"
        ).fetchall()
        assert comments == [("what it is called",)]
        keys = copy.execute("select constraint_type from duckdb_constraints() order by all").fetchall()
        assert ("PRIMARY KEY",) in keys


def test_the_list_of_files_replaces_that_of_the_build_before(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute("create table analytics.exported_files as select 'stale' as file_name")
    copy_database(marts, tmp_path / "w.duckdb")
    line = ExportedTable(file_name="eventhub.db", table_name="users", row_count=2, content_hash="abc", byte_count=4096)
    write_exported_tables(marts, tmp_path / "w.duckdb", [line])
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as copy:
        assert copy.execute("from analytics.exported_files").fetchall() == [("eventhub.db", "users", 2, "abc", 4096)]


@pytest.mark.parametrize("name", ["p.duckdb", "it's.duckdb"])
def test_no_log_is_left_beside_the_file(marts: DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    copy_database(marts, tmp_path / name)
    assert [path.name for path in tmp_path.glob("*.duckdb*")] == [name]
    assert marts.execute("select current_database()").fetchone() == ("warehouse",)


def test_a_view_of_a_wide_entity_becomes_a_table(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute("create table intermediate.rows_of_venues as from main.venues; drop table main.venues")
    marts.execute("create view main.venues as from intermediate.rows_of_venues")
    copy_database(marts, tmp_path / "w.duckdb")
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as copy:
        tables = copy.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()
        assert ("venues",) in tables
        assert copy.execute("select count(*) from main.venues").fetchone() == (1,)
