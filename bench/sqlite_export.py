"""Our SQLite export against `sqlite3 .import` of the same rows."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection
from sqlalchemy import URL, create_engine

from bench.process import Spent, time_call
from bench.results import Line, compare
from export.sqlite_extension import load_sqlite_extension
from export.writers.sqlite import load_metadata, write_sqlite

# At most this part of the time of .import into the whole schema, indexes included.
GOAL = 0.6
METADATA = load_metadata("eventhub")
TABLES = [table.name for table in METADATA.sorted_tables]
# As many of each as a build of as many reservations has, and as the marts leave them: in no order. None holds a null,
# which CSV does not know.
ROWS = """
create schema eventhub;
create temp macro id(prefix, number) as format('{{}}_{{:05d}}', prefix, number);
create table eventhub.data_set as
    select 'eventhub-data' as name, '1' as version, date '2026-06-01' as as_of, 42 as seed, 'full' as volume,
        'CC-BY-4.0' as license, 'none' as data_hash;
create table eventhub.plans as
    from (values ('basic', 20.0::decimal(10, 2), 5), ('premium', 40.0, 10)) as t (tier, monthly_price, monthly_quota);
create table eventhub.users as
    select id('u', i) as user_id, 'Ana Maria Ruiz ' || i as full_name, md5(i::varchar)[:12] || '@example.com' as email,
        '+1 (415) 555-0100' as phone, 'San Francisco' as city, i % 100 = 0 as is_blocked,
        timestamp '2025-01-02 03:04:05' + to_seconds(i) as created_at,
        created_at + interval 30 days as blocked_at, 'fraud' as blocked_reason
    from range(1, {reservations} // 5 + 1) as t (i);
create table eventhub.subscriptions as
    select 's' || user_id[2:] as subscription_id, user_id, 'premium' as tier, 'paused' as status, 10 as monthly_quota,
        created_at as started_at, created_at + interval 90 days as ended_at
    from eventhub.users;
create table eventhub.venues as
    select id('v', i) as venue_id, 'The Shed ' || i as name, i || ' Dock Street' as address, 'Uptown' as neighborhood,
        'Oakland' as city, 'East Bay' as region, 'California' as state, 300 as capacity, 'music' as category
    from range(1, {reservations} // 1000 + 1) as t (i);
create table eventhub.events as
    select id('e', i) as event_id, 'Night Songs ' || i as title, repeat('A night of songs. ', 10) as description,
        'music' as category, id('v', i % ({reservations} // 1000) + 1) as venue_id, 'Oakland' as city,
        date '2026-07-04' + (i % 180)::integer as event_date, '19:30' as start_time,
        event_date + time '19:30' as "when", 90 as duration_minutes, 19.99::decimal(10, 2) as price_min,
        45::decimal(10, 2) as price_max, 300 as total_tickets, 100 as tickets_sold, 200 as slots_available,
        i % 3 = 0 as is_premium, 'active' as status
    from range(1, {reservations} // 100 + 1) as t (i);
create table eventhub.reservations as
    select id('r', i) as reservation_id, id('u', (i - 1) // 5 + 1) as user_id,
        id('e', i * 7919 % ({reservations} // 100) + 1) as event_id, i % 6 + 1 as ticket_count,
        ((i % 6 + 1) * 19.99)::decimal(10, 2) as total_price,
        ['confirmed', 'confirmed', 'confirmed', 'cancelled', 'pending'][i % 5 + 1] as status,
        timestamp '2025-06-01 10:00:00' + to_seconds(i % 20000000) as created_at,
        ['credit_card', 'paypal', 'apple_pay', 'google_pay'][i % 4 + 1] as payment_method, true as is_premium_booking,
        created_at + interval 1 day as cancelled_at, 'member' as cancelled_by
    from range(1, {reservations} + 1) as t (i)
    order by i % 64;
create table eventhub.refunds as
    select id('f', i) as refund_id, id('r', i * 20) as reservation_id, 19.99::decimal(10, 2) as amount, 100 as percent,
        1 as ticket_count, 'paypal' as method, 'paid' as status, timestamp '2026-01-02 03:04:05' as requested_at,
        timestamp '2026-01-05 03:04:05' as paid_at, 't_00001' as ticket_id
    from range(1, {reservations} // 20 + 1) as t (i);
"""


def make_rows(path: Path, reservations: int) -> DuckDBPyConnection:
    """Make the tables of eventhub.db in a DuckDB file, as the export finds them."""
    connection = duckdb.connect(str(path), config={"temp_directory": f"{path}.tmp"})
    connection.execute(ROWS.format(reservations=reservations))
    connection.execute("checkpoint")
    load_sqlite_extension(connection)
    return connection


def create_schema(path: Path) -> list[str]:
    """Create the tables as SQLAlchemy does, keys included; return the other indexes."""
    engine = create_engine(URL.create("sqlite", database=str(path)))
    METADATA.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("select name, sql from sqlite_master where type = 'index' and sql is not null")
        indexes = dict(sorted(rows.fetchall()))
        for name in indexes:
            connection.execute(f"drop index {name}")
        connection.execute("vacuum")
    return list(indexes.values())


def write_csv(database: Path, folder: Path) -> None:
    """Write the rows of a finished file as .import reads them."""
    with closing(sqlite3.connect(database)) as connection:
        for table in TABLES:
            with (folder / f"{table}.csv").open("w", newline="") as file:
                csv.writer(file).writerows(connection.execute(f"select * from {table} order by rowid"))


def import_with_tool(folder: Path, database: Path, late: list[str]) -> None:
    """Import with the command line tool, and make what indexes are left."""
    commands = [".bail on", ".mode csv", *(f".import {folder}/{table}.csv {table}" for table in TABLES)]
    commands += [f"{sql};" for sql in late]
    subprocess.run(["sqlite3", str(database)], input="\n".join(commands), text=True, check=True)


def import_with_python(folder: Path, database: Path, late: list[str]) -> None:
    """Stand in for the tool: the same in one transaction of Python's sqlite3."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for table in METADATA.sorted_tables:
            with (folder / f"{table.name}.csv").open(newline="") as file:
                places = ", ".join("?" * len(table.columns))
                connection.executemany(f"insert into {table.name} values ({places})", csv.reader(file))
        for sql in late:
            connection.execute(sql)


def time_until_on_disk(path: Path, write: Callable[[], object]) -> Spent:
    """Tell what it takes until the disk has the file."""

    def write_and_wait() -> None:
        write()
        with path.open("rb") as file:
            os.fsync(file)

    return time_call(write_and_wait)[1]


def count_rows(database: Path) -> list[int]:
    """Count each table's rows."""
    with closing(sqlite3.connect(database)) as connection:
        return [connection.execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES]


def measure(reservations: int) -> list[Line]:
    """Time our export and the import of the same rows, with the indexes there before or made after."""
    tool = shutil.which("sqlite3")
    name = "sqlite3 .import" if tool else "Python's sqlite3 executemany (the sqlite3 tool is not here)"
    run_import = import_with_tool if tool else import_with_python
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        folder = Path(directory)
        ours, whole, bare = (folder / f"{kind}.db" for kind in ("ours", "whole", "bare"))
        with make_rows(folder / "rows.duckdb", reservations) as connection:
            exported = time_until_on_disk(ours, lambda: write_sqlite(connection, METADATA, "eventhub", ours, ours.name))
        write_csv(ours, folder)
        indexes = create_schema(whole)
        with closing(sqlite3.connect(whole)) as database:
            for sql in indexes:
                database.execute(sql)
        imported = time_until_on_disk(whole, lambda: run_import(folder, whole, []))
        create_schema(bare)
        late = time_until_on_disk(bare, lambda: run_import(folder, bare, indexes))
        assert count_rows(ours) == count_rows(whole) == count_rows(bare)
        rows = f"{sum(count_rows(ours)):,} rows"
    return [
        compare(
            f"SQLite export of {reservations:,} bookings against {name} into the same schema",
            f"at most {GOAL}",
            exported.seconds / imported.seconds,
            f"{exported} against {imported}, {rows}; ours sorts, checks and hashes, too",
        ),
        compare(
            f"The same against {name}, indexes made after it",
            "",
            exported.seconds / late.seconds,
            f"{exported} against {late}",
        ),
    ]
