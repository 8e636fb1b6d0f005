"""warehouse.duckdb: the copy of the working database that analysts open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from export.descriptions import read_descriptions
from export.exported_table import COLUMNS, ExportedTable
from export.finding import Finding
from export.sql import attached, identifier, literal, transaction
from export.writers.base import ExportContext, Kind, Writer

PUBLISHED = "published"
# No log, since nobody needs to recover a file that is not there yet; and blocks of a quarter of DuckDB's
# size, since most of the tables are small: 20 MB instead of 33 at the full volume.
ATTACH_OPTIONS = "recovery_mode no_wal_writes, block_size 65536"

# A view over files would carry this machine's paths, and break on another.
READS_FILES = re.compile(r"\.(parquet|jsonl?|csv)\b|\bread_\w+\(")
# What such views name the files by; a build makes it (plugins/landing.py).
RAW_FILE = "main.raw_file"
# DuckDB reads a stored cross join back as a comma, which binds less than the joins that follow it.
QUOTED = re.compile(r"""('(?:[^']|'')*'|"(?:[^"]|"")*")""")
COMMA, CROSS_JOIN = " , ", " CROSS JOIN "
# The wide entities are tables for analysts, even where a build joins them at every reading.
ENTITIES = "main"
# Their texts of a few values: a query reads each of these once, and knows the others by a number. To try this on all
# texts, where it does not win, takes a quarter of the time of writing them.
FEW_VALUES = frozenset({"status", "payment_method", "cancelled_by"})

Relation = tuple[str, str, str]  # schema, name, the statement that made it


def check_rules(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """The warehouse's rules, counted again from its tables; those that are tables themselves, as they were counted."""
    with _opened(data_dir) as connection:
        connection.execute("set enable_progress_bar = false")
        for name, _ in _list_rules(connection):
            broken = f"select table_name || '.' || rule from analytics.{identifier(name)} where violations > 0"
            yield from (
                Finding("rule_holds_in_the_warehouse", rule) for (rule,) in connection.execute(broken).fetchall()
            )


def are_rules_counted_again(data_dir: Path) -> bool:
    """Tell whether the warehouse holds the rules themselves, and not only what a build on Spark has counted by them."""
    with _opened(data_dir) as connection:
        return all(is_view for _, is_view in _list_rules(connection))


def _opened(data_dir: Path) -> DuckDBPyConnection:
    return duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True)


def _list_rules(connection: DuckDBPyConnection) -> list[tuple[str, bool]]:
    """List the relations of rules, in order, and whether each is a view."""
    return connection.execute(
        """select table_name, table_type = 'VIEW' from information_schema.tables
        where table_schema = 'analytics' and ends_with(table_name, '_rules') order by all"""
    ).fetchall()


class WarehouseWriter(Writer):
    """Keeps the copy that the other writers read."""

    kind = Kind(name="warehouse")
    patterns = ("warehouse.duckdb",)
    checks = (check_rules,)

    def __init__(self, context: ExportContext) -> None:
        self.copy: Path = context.files.stage(context.data_dir / "warehouse.duckdb")
        self._marts = context.marts

    def finish(self, tables: Sequence[ExportedTable]) -> None:
        """Write down what has been exported."""
        write_exported_tables(self._marts, self.copy, tables)


def copy_database(connection: DuckDBPyConnection, path: Path) -> None:
    """Copy the connection's database into a new file: tables, views, functions, and what describes them.

    Views over raw files become tables, and so do wide entities. The others lose the name of the catalog they were made
    in, so that they work under any file name, and attached to another session. The working database gets
    analytics.exported_files only after this export; here it waits for its rows.
    """
    source = _current_database(connection)
    with attached(connection, path, PUBLISHED, ATTACH_OPTIONS):
        with transaction(connection):
            connection.execute(f"copy from database {identifier(source)} to {PUBLISHED}")
            views = _take_out_views(connection)
            connection.execute(f"drop function if exists {PUBLISHED}.{RAW_FILE}")
        _rebuild_views(connection, source, views)
        with transaction(connection):
            connection.execute(f"create schema if not exists {PUBLISHED}.analytics")
            connection.execute(f"create or replace table {PUBLISHED}.analytics.exported_files ({COLUMNS})")
            _write_comments(connection)


def write_exported_tables(connection: DuckDBPyConnection, path: Path, tables: Iterable[ExportedTable]) -> None:
    """Fill analytics.exported_files of a complete copy."""
    with attached(connection, path, PUBLISHED, ATTACH_OPTIONS), transaction(connection):
        for line in tables:
            connection.execute(
                f"insert into {PUBLISHED}.analytics.exported_files values (?, ?, ?, ?, ?)", astuple(line)
            )


def _write_comments(connection: DuckDBPyConnection) -> None:
    """Put each description where tools look for it: beside the table and the column."""
    shown = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() where database_name = ?", [PUBLISHED]
    ).fetchall()
    views = {(schema, name) for schema, name, _ in _list_relations(connection, PUBLISHED, "view")}
    descriptions = read_descriptions()
    statements = []
    for schema, table in sorted({relation[:2] for relation in shown} & descriptions.keys()):
        kind = "view" if (schema, table) in views else "table"
        text = literal(descriptions[schema, table].text)
        statements.append(f"comment on {kind} {identifier(PUBLISHED, schema, table)} is {text}")
    for schema, table, column in shown:
        if (schema, table) in descriptions and column in (columns := descriptions[schema, table].columns):
            name = identifier(PUBLISHED, schema, table, column)
            statements.append(f"comment on column {name} is {literal(columns[column])}")
    connection.execute("; ".join(statements))


def restore_cross_joins(sql: str) -> str:
    """Write a view's joins as they were before DuckDB stored them: our SQL has no cross join but in these words."""
    parts = QUOTED.split(sql)
    parts[::2] = [part.replace(COMMA, CROSS_JOIN) for part in parts[::2]]
    return "".join(parts)


def _current_database(connection: DuckDBPyConnection) -> str:
    row = connection.execute("select current_database()").fetchone()
    assert row is not None  # a connection always has one
    return str(row[0])


def _list_relations(connection: DuckDBPyConnection, database: str, kind: str) -> list[Relation]:
    """List a database's tables or views, oldest first."""
    return connection.execute(
        f"select schema_name, {kind}_name, sql from duckdb_{kind}s()"
        f" where database_name = ? and not internal order by {kind}_oid",
        [database],
    ).fetchall()


def _take_out_views(connection: DuckDBPyConnection) -> list[Relation]:
    """Drop the copied views before they reach the disk."""
    views = _list_relations(connection, PUBLISHED, "view")
    for schema, name, _ in views:
        connection.execute(f"drop view {identifier(PUBLISHED, schema, name)}")
    return views


def _rebuild_views(connection: DuckDBPyConnection, source: str, views: list[Relation]) -> None:
    catalog = re.compile(rf'(?<![\w."])(?:{re.escape(source)}|{re.escape(identifier(source))})\.(?=[\w"]+\.)')
    connection.execute(f"use {PUBLISHED}")
    try:
        pending = [(schema, name, restore_cross_joins(catalog.sub("", sql))) for schema, name, sql in views]
        while pending:  # a view that rests on a later one has to wait for it
            waiting = [view for view in pending if not _rebuild_view(connection, source, *view)]
            if len(waiting) == len(pending):
                return  # they rest on what the source has lost too; nobody could read them
            pending = waiting
    finally:
        connection.execute(f"use {identifier(source)}")


def _rebuild_view(connection: DuckDBPyConnection, source: str, schema: str, name: str, sql: str) -> bool:
    """Make a view, or a table where a view will not do; return whether it is there."""
    if schema == ENTITIES:
        return _write_entity(connection, source, name)
    try:
        if not READS_FILES.search(sql):
            connection.execute(sql)
            return True
    except duckdb.CatalogException:
        return False
    except duckdb.Error:
        pass  # DuckDB cannot read back what it has written down
    copied, original = identifier(PUBLISHED, schema, name), identifier(source, schema, name)
    connection.execute(f"create table {copied} as from {original}")
    return True


def _write_entity(connection: DuckDBPyConnection, source: str, name: str) -> bool:
    """Make a table of a view of the source; return whether the view can be read there."""
    copied, original = identifier(PUBLISHED, ENTITIES, name), identifier(source, ENTITIES, name)
    try:
        columns = connection.execute(f"select column_name, column_type from (describe {original})").fetchall()
    except duckdb.CatalogException:
        return False
    definitions = [
        f"{identifier(column)} {kind} using compression {'dictionary' if column in FEW_VALUES else 'fsst'}"
        if kind == "VARCHAR"
        else f"{identifier(column)} {kind}"
        for column, kind in columns
    ]
    connection.execute(f"create table {copied} ({', '.join(definitions)})")
    connection.execute(f"insert into {copied} from {original}")
    return True
