"""The compiled rules of a finished build, and a copy of its database in memory to try faults in."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Model:
    """A compiled SQL model."""

    name: str
    sql: str


def read_rules(manifest: Path, names: str = "") -> list[Model]:
    """Return the models with a line a rule, those beside them that only read the marts once more left out.

    Args:
        manifest: of a build that compiled them.
        names: a pattern for names of models; default: all.
    """
    if not manifest.exists():
        sys.exit(f"{manifest} does not exist: run `dbt build` first, and name its data directory")
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    rules = [node for node in nodes if node["resource_type"] == "model" and node["name"].endswith("_rules")]
    chosen = [node for node in rules if re.search(names, node["name"])]
    if missing := [node["name"] for node in chosen if "compiled_code" not in node]:
        sys.exit(f"the last run of dbt did not compile {', '.join(missing)}: run `dbt build`, or try fewer --models")
    return [Model(str(node["name"]), str(node["compiled_code"])) for node in chosen]


def open_copy(working: Path) -> duckdb.DuckDBPyConnection:
    """Copy a working database into memory, under the name its views know."""
    connection = duckdb.connect(config={"memory_limit": "2GB", "threads": 1, "temp_directory": ""})
    connection.execute(f"attach '{working}' as base (read_only)")
    connection.execute("attach ':memory:' as warehouse")
    connection.execute("copy from database base to warehouse")
    connection.execute("detach base")
    connection.execute("use warehouse")
    return connection
