"""A tiny working database, as dbt would leave it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from export.exported_table import ExportedTable
from export.run import export_all
from export.sqlite_extension import load_sqlite_extension
from tests.drawn_once import draw_charts_once

MARTS = Path(__file__).with_name("marts.sql").read_text()


@pytest.fixture(autouse=True)
def _draw_once(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_charts_once(monkeypatch)


@pytest.fixture
def marts(data_dir: Path) -> Iterator[DuckDBPyConnection]:
    """Every table that is exported, in <data_dir>/work/warehouse.duckdb."""
    path = data_dir / "work" / "warehouse.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(MARTS)
        yield connection


@dataclass(frozen=True)
class Exported:
    """What an export of the marts by default has left; tests only read it, or copy it.

    Attributes:
        data_dir: where the files are.
        tables: the lines that it returned.
        home: the home folder while it ran.
        elsewhere: where it was called.
    """

    data_dir: Path
    tables: list[ExportedTable]
    home: Path
    elsewhere: Path


@pytest.fixture(scope="session")
def exported_once(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The same in a data directory, with all files that an export of it makes."""
    data_dir = tmp_path_factory.mktemp("exported") / "data"
    home, elsewhere = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("elsewhere")
    (data_dir / "work").mkdir(parents=True)
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb")) as connection, pytest.MonkeyPatch.context() as own:
        own.setenv("HOME", str(home))
        own.chdir(elsewhere)
        connection.execute(MARTS)
        tables = export_all(connection.cursor(), data_dir)
    return Exported(data_dir, tables, home, elsewhere)


@pytest.fixture
def exported(exported_once: Exported, data_dir: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(exported_once.data_dir, data_dir))


@pytest.fixture
def exported_marts(exported: Path) -> Iterator[DuckDBPyConnection]:
    """The marts of which files have been made."""
    with duckdb.connect(str(exported / "work" / "warehouse.duckdb")) as connection:
        yield connection


@pytest.fixture
def marts_and_sqlite(marts: DuckDBPyConnection) -> DuckDBPyConnection:
    """The same, able to write SQLite."""
    load_sqlite_extension(marts)
    return marts
