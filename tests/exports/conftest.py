"""A tiny working database, as dbt would leave it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from export.card import page
from export.card.vega import Spec, draw_svg
from export.sqlite_extension import load_sqlite_extension

MARTS = Path(__file__).with_name("marts.sql").read_text()


DRAWN: dict[str, str] = {}


@pytest.fixture(autouse=True)
def _draw_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the charts of the tiny world, which are the same in every export: drawing takes longer than the rest."""

    def draw(spec: Spec) -> str:
        key = json.dumps(spec)
        if key not in DRAWN:
            DRAWN[key] = draw_svg(spec)
        return DRAWN[key]

    monkeypatch.setattr(page, "draw_svg", draw)


@pytest.fixture
def marts(data_dir: Path) -> Iterator[DuckDBPyConnection]:
    """Every table that is exported, in <data_dir>/work/warehouse.duckdb."""
    path = data_dir / "work" / "warehouse.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(MARTS)
        yield connection


@pytest.fixture
def marts_and_sqlite(marts: DuckDBPyConnection) -> DuckDBPyConnection:
    """The same, able to write SQLite."""
    load_sqlite_extension(marts)
    return marts
