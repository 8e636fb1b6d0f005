"""SQLite files: filled, checked, the same each time; a broken row stops the export and says which."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from sqlalchemy import create_engine, select

from data.models import eventhub, open_session
from export.content_hash import hash_file
from export.errors import ExportError
from export.exported_table import ExportedTable
from export.sqlite_checks import check_references_across
from export.sqlite_extension import load_sqlite_extension
from export.sqlite_schema import Schema, may_write_master
from export.writers.sqlite import load_metadata, write_sqlite


def write(connection: DuckDBPyConnection, name: str, folder: Path) -> tuple[Path, list[ExportedTable]]:
    """Write a database into a folder."""
    path = folder / f"{name}.db"
    return path, write_sqlite(connection, load_metadata(name), name, path, path.name)


def read(path: Path, query: str) -> list[tuple[object, ...]]:
    """Read without SQLAlchemy."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_values_are_stored_in_the_formats_of_the_contract(marts_and_sqlite: DuckDBPyConnection, tmp_path: Path) -> None:
    path, _ = write(marts_and_sqlite, "eventhub", tmp_path)
    assert read(path, 'select event_date, "when", price_min, price_max, is_premium from events') == [
        ("2026-07-04", "2026-07-04 19:30:00", 19.99, 45.0, 0)
    ]
    assert read(path, "select reservation_id from reservations order by rowid") == [("r_99999",), ("r_100000",)]


def test_the_models_read_what_was_exported(marts_and_sqlite: DuckDBPyConnection, tmp_path: Path) -> None:
    path, _ = write(marts_and_sqlite, "eventhub", tmp_path)
    with open_session(path) as session:
        user = session.get_one(eventhub.User, "u_00002")
        assert user.is_blocked and str(user.subscription.ended_at) == "2025-03-03 00:00:00"
        prices = session.scalars(select(eventhub.ReservationDetails.total_price)).all()
        assert sorted(map(str, prices)) == ["19.99", "36.00"]


def test_each_table_is_listed_with_the_number_of_its_rows(marts_and_sqlite: DuckDBPyConnection, tmp_path: Path) -> None:
    path, tables = write(marts_and_sqlite, "eventhub", tmp_path)
    counts = {table.table_name: table.row_count for table in tables}
    assert counts == {
        "data_set": 1, "plans": 2, "users": 2, "subscriptions": 2, "venues": 1, "events": 1, "reservations": 2,
        "refunds": 1,
    }  # fmt: skip
    assert {table.byte_count for table in tables} == {path.stat().st_size}


@pytest.mark.parametrize("name", ["eventhub", "udahub"])
def test_the_same_rows_give_the_same_bytes(marts_and_sqlite: DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    hashes = set()
    for run in ("first", "second"):
        (tmp_path / run).mkdir()
        path, tables = write(marts_and_sqlite, name, tmp_path / run)
        hashes.add((hash_file(path), *(table.content_hash for table in tables)))
    assert len(hashes) == 1


def test_indexes_and_statistics_are_there_and_no_log(marts_and_sqlite: DuckDBPyConnection, tmp_path: Path) -> None:
    path, _ = write(marts_and_sqlite, "eventhub", tmp_path)
    asked = {str(index.name) for table in load_metadata("eventhub").tables.values() for index in table.indexes}
    found = {name for (name,) in read(path, "select name from sqlite_master where sql like 'CREATE INDEX%'")}
    assert found == asked
    assert read(path, "select count(*) > 0 from sqlite_stat1") == [(1,)]
    assert read(path, "pragma default_cache_size") == read(tmp_path / "new", "pragma default_cache_size")
    assert [file.name for file in tmp_path.glob("*.db*")] == ["eventhub.db"]


@pytest.mark.parametrize("name", ["eventhub", "udahub"])
@pytest.mark.parametrize("keys_are_late", [True, False])
def test_the_schema_is_the_one_that_the_models_make(
    marts_and_sqlite: DuckDBPyConnection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    keys_are_late: bool,
) -> None:
    if not keys_are_late:
        monkeypatch.setattr("export.sqlite_schema.may_write_master", lambda _: False)
    load_metadata(name).create_all(create_engine(f"sqlite:///{tmp_path / 'made.db'}"))
    path, _ = write(marts_and_sqlite, name, tmp_path)
    schema = "select type, name, tbl_name, sql from sqlite_master where name != 'sqlite_stat1' order by 1, 2"
    assert read(path, schema) == read(tmp_path / "made.db", schema)
    assert read(path, "pragma integrity_check") == [("ok",)]


def test_no_key_is_kept_and_no_condition_tried_while_rows_come(tmp_path: Path) -> None:
    schema = Schema.of(load_metadata("eventhub"))
    schema.create_tables(tmp_path / "new.db")
    assert read(tmp_path / "new.db", "select name from sqlite_master where sql like '%CHECK%'") == []
    assert read(tmp_path / "new.db", "select * from sqlite_master where type != 'table'") == []
    keys = [index.table for index in schema.late if index.key]
    assert keys.count("reservations") == 2 and set(keys) == set(load_metadata("eventhub").tables)


def test_a_schema_that_nobody_may_write_is_seen() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert may_write_master(connection)
        connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_UPDATE else 0)
        assert not may_write_master(connection)


def test_keys_are_enforced_in_the_finished_file(marts_and_sqlite: DuckDBPyConnection, tmp_path: Path) -> None:
    path, _ = write(marts_and_sqlite, "eventhub", tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        for change in ("'r_9', user_id, event_id", "reservation_id, 'u_9', event_id"):
            columns = [name for _, name, *_ in connection.execute("pragma table_info(reservations)")]
            values = ", ".join([change, *columns[3:]])
            with pytest.raises(sqlite3.IntegrityError, match="UNIQUE constraint failed: reservations"):
                connection.execute(f"insert into reservations select {values} from reservations limit 1")


def test_a_foreign_key_to_nothing_is_named(marts_and_sqlite: DuckDBPyConnection, tmp_path: Path) -> None:
    marts_and_sqlite.execute("update main.reservations set event_id = 'e_00404' where user_id = 'u_00001'")
    message = r"eventhub\.db: 1 rows point to nothing, for example reservations\.event_id 'e_00404', which events"
    with pytest.raises(ExportError, match=message):
        write(marts_and_sqlite, "eventhub", tmp_path)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("update main.users set subscription_tier = 'gold'", "subscriptions do not fit.*ck_subscriptions_tier"),
        ("update main.events set price_max = -1", "events do not fit.*ck_events_price_max"),
        ("update main.users set email = 'same@example.com'", r"users do not fit.*UNIQUE.*users\.email"),
        (
            "update main.events set event_id = 'e_1'; insert into main.events from main.events",
            r"events do not fit.*UNIQUE.*events\.event_id",
        ),
        ("update main.events set title = null", r"events do not fit.*NOT NULL.*events\.title"),
        ("alter table main.venues drop column capacity", "venues do not fit.*capacity"),
    ],
)
def test_a_row_that_breaks_a_constraint_is_named(
    marts_and_sqlite: DuckDBPyConnection, tmp_path: Path, statement: str, message: str
) -> None:
    marts_and_sqlite.execute(statement)
    with pytest.raises(ExportError, match=f"(?s)eventhub.db: the rows of {message}"):
        write(marts_and_sqlite, "eventhub", tmp_path)
    databases = marts_and_sqlite.execute("select database_name from duckdb_databases() where not internal")
    assert databases.fetchall() == [("warehouse",)]


def test_each_condition_of_a_column_is_named_when_it_is_broken(
    marts_and_sqlite: DuckDBPyConnection, tmp_path: Path
) -> None:
    marts_and_sqlite.execute("update udahub.ticket_messages set role = 'robot'")
    with pytest.raises(
        ExportError, match=r"^udahub\.db: .* ticket_messages do not fit: CHECK.*ck_ticket_messages_role\."
    ):
        write(marts_and_sqlite, "udahub", tmp_path)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("update udahub.users set external_user_id = 'u_9' || user_id", "2 rows of users have a external_user_id"),
        ("update udahub.ticket_metadata set event_id = 'e_00404'", "event_id that events .* example e_00404"),
    ],
)
def test_udahub_names_only_what_eventhub_has(
    marts_and_sqlite: DuckDBPyConnection, tmp_path: Path, statement: str, message: str
) -> None:
    marts_and_sqlite.execute(statement)
    business, _ = write(marts_and_sqlite, "eventhub", tmp_path)
    support, _ = write(marts_and_sqlite, "udahub", tmp_path)
    with pytest.raises(ExportError, match=message):
        check_references_across(business, support)


def test_an_extension_for_another_duckdb_is_named(marts: DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb, "__version__", "9.9.9")
    with pytest.raises(ExportError, match=r"pip install duckdb-extension-sqlite==9\.9\.9"):
        load_sqlite_extension(marts)


@pytest.mark.parametrize("refusal", [OSError(1314, "a privilege is not held"), NotImplementedError()])
def test_where_links_are_refused_the_extension_is_loaded_from_a_copy(
    monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise refusal

    for name in ("symlink", "link"):
        monkeypatch.setattr(f"os.{name}", refuse)
    with duckdb.connect() as connection:
        load_sqlite_extension(connection)
        loaded = "select loaded from duckdb_extensions() where extension_name = 'sqlite_scanner'"
        assert connection.execute(loaded).fetchone() == (True,)


@pytest.mark.parametrize("folder", ["a#b", "100%25 of it", "it's", "a;b", "{x}"])
def test_a_database_is_written_and_read_under_any_name(
    marts_and_sqlite: DuckDBPyConnection, tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder).mkdir()
    path, _ = write(marts_and_sqlite, "eventhub", tmp_path / folder)
    with open_session(path) as session:
        assert len(session.scalars(select(eventhub.Event)).all()) == 1
    assert [made.name for made in (tmp_path / folder).iterdir()] == ["eventhub.db"]
