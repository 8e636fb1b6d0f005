"""The compiled rules of a finished build, and a copy of its database in memory to try faults in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Model:
    """A compiled SQL model."""

    name: str
    sql: str


def read_rules(manifest: Path) -> list[Model]:
    """Return the models with a line a rule, those beside them that only read the marts once more left out."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    rules = [node for node in nodes if node["resource_type"] == "model" and node["name"].endswith("_rules")]
    return [Model(str(node["name"]), str(node["compiled_code"])) for node in rules]


def open_copy(working: Path) -> duckdb.DuckDBPyConnection:
    """Copy a working database into memory, under the name its views know."""
    connection = duckdb.connect(config={"memory_limit": "2GB", "threads": 1, "temp_directory": ""})
    connection.execute(f"attach '{working}' as base (read_only)")
    connection.execute("attach ':memory:' as warehouse")
    connection.execute("copy from database base to warehouse")
    connection.execute("detach base")
    connection.execute("use warehouse")
    return connection
