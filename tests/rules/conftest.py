"""The marts, to plant violations in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.rules.plants import make_tables


@pytest.fixture(scope="module")
def marts(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the working database, named like the original so that its views resolve."""
    copy = tmp_path_factory.mktemp("planted") / "warehouse.duckdb"
    shutil.copy(built / "work" / "warehouse.duckdb", copy)
    with duckdb.connect(str(copy), config={"threads": 1}) as connection:
        make_tables(connection)
        yield connection
