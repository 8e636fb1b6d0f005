"""The exported files say what the tables of the warehouse say, and nothing of the machine that made them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from export.entity_files import ENTITY_FILES
from export.sqlite_extension import load_sqlite_extension
from export.verify import verify
from export.writers.sqlite import DATABASES, load_metadata
from tests.paths import REPO_ROOT

MODELS = {name: load_metadata(name) for name in DATABASES}
TABLES = [(schema, table.name) for schema, metadata in MODELS.items() for table in metadata.sorted_tables]
TIMES = "timestampformat = '%Y-%m-%dT%H:%M:%S'"


@pytest.fixture(scope="module")
def files(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, and both SQLite files as eventhub_db and udahub_db."""
    with duckdb.connect() as connection:
        load_sqlite_extension(connection)
        connection.execute(f"attach '{built / 'warehouse.duckdb'}' as warehouse (read_only)")
        for schema in MODELS:
            connection.execute(f"attach '{built / f'{schema}.db'}' as {schema}_db (type sqlite, read_only)")
        yield connection


def count_differences(files: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], read: str) -> int:
    """Count the rows that only one of both has, after the file's values took the types of the table."""
    ours = ", ".join(f'"{column}"' for column in columns)
    theirs = ", ".join(f'"{column}"::{kind} as "{column}"' for column, kind in columns.items())
    a, b = f"select {ours} from {table}", f"select {theirs} from {read}"
    differences = f"select count(*) from (({a} except all {b}) union all ({b} except all {a}))"
    return int(files.execute(differences).fetchall()[0][0])


def list_columns(files: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in files.execute(f"describe {table}").fetchall()}


@pytest.mark.parametrize(("schema", "table"), TABLES)
def test_sqlite_holds_the_rows_of_the_warehouse(files: duckdb.DuckDBPyConnection, schema: str, table: str) -> None:
    mart = f'warehouse."{schema}"."{table}"'
    wanted = {column.name for column in MODELS[schema].tables[table].columns}
    columns = {name: kind for name, kind in list_columns(files, mart).items() if name in wanted}
    assert set(columns) == wanted
    assert count_differences(files, mart, columns, f'{schema}_db."{table}"') == 0


@pytest.mark.parametrize("table", ENTITY_FILES, ids=lambda table: table.name)
def test_jsonl_holds_the_rows_of_the_warehouse(files: duckdb.DuckDBPyConnection, built: Path, table: object) -> None:
    mart, keys = f"warehouse.{table.relation}", table.keys  # type: ignore[attr-defined]
    columns = {name: kind for name, kind in list_columns(files, mart).items() if name in keys}
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    path = built / "generated" / f"{table.name}.jsonl"  # type: ignore[attr-defined]
    assert count_differences(files, mart, columns, f"read_json('{path}', columns = {{{types}}}, {TIMES})") == 0


@pytest.mark.parametrize("name", MODELS)
def test_both_databases_name_the_version_of_the_project(files: duckdb.DuckDBPyConnection, name: str) -> None:
    project = tomllib.loads((REPO_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (found,) = files.execute(f"select name, version, license from {name}_db.data_set").fetchall()
    assert found == (project["name"], project["version"], "CC-BY-4.0")


def test_the_files_of_a_build_are_as_it_wrote_them(built: Path) -> None:
    assert verify(built) == []


def test_no_file_holds_a_path_of_this_machine(built: Path, files: duckdb.DuckDBPyConnection) -> None:
    paths = [str(path).encode() for path in (built, REPO_ROOT, Path.home())]
    for file in ("eventhub.db", "udahub.db", "warehouse.duckdb"):
        content = (built / file).read_bytes()
        assert [path for path in paths if path in content] == []
    statements = "select sql from duckdb_views() union all select sql from duckdb_tables()"
    sql = "".join(row[0] or "" for row in files.execute(statements).fetchall() if row[0])
    assert "warehouse.duckdb" not in sql and not any(path.decode() in sql for path in paths)
