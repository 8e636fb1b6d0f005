"""The compiled models of a finished build, and a copy of its database in memory to try faults in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Model:
    """A compiled SQL model."""

    name: str
    relation: str
    folder: str
    is_view: bool
    sql: str
    parents: tuple[str, ...]


class Project:
    """Models by name, in an order in which each follows its parents."""

    def __init__(self, manifest: Path) -> None:
        nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
        sql_models = {key: node for key, node in nodes.items() if is_sql_model(node)}
        models = {key: _read_model(node, nodes) for key, node in sql_models.items()}
        self.models = {model.name: model for model in models.values()}
        self.queries = [_read_model(node, nodes) for node in nodes.values() if is_query(node)]

    @cached_property
    def order(self) -> list[str]:
        """Names, parents first."""
        order: dict[str, None] = {}
        for name in self.models:
            self._visit(name, order)
        return list(order)

    @property
    def rules(self) -> list[Model]:
        """Models with a line a rule, those beside them that only read the marts once more left out."""
        return [self.models[name] for name in self.order if name.endswith("_rules")]

    def in_folder(self, pattern: str) -> list[Model]:
        """Return the models whose folder matches."""
        return [self.models[name] for name in self.order if re.search(pattern, self.models[name].folder)]

    def _visit(self, name: str, order: dict[str, None]) -> None:
        if name in order or name not in self.models:
            return
        for parent in self.models[name].parents:
            self._visit(parent, order)
        order[name] = None


def is_sql_model(node: dict[str, object]) -> bool:
    return node["resource_type"] == "model" and node["language"] == "sql"


def is_query(node: dict[str, object]) -> bool:
    """A test of its own in SQL: it names the rows that are wrong."""
    return (
        node["resource_type"] == "test"
        and re.search("tests/(queries|rules)/", str(node["original_file_path"])) is not None
    )


def open_copy(working: Path) -> duckdb.DuckDBPyConnection:
    """Copy a working database into memory, under the name its views know."""
    connection = duckdb.connect(config={"memory_limit": "2GB", "threads": 1, "temp_directory": ""})
    connection.execute(f"attach '{working}' as base (read_only)")
    connection.execute("attach ':memory:' as warehouse")
    connection.execute("copy from database base to warehouse")
    connection.execute("detach base")
    connection.execute("use warehouse")
    return connection


def _read_model(node: dict[str, object], nodes: dict[str, dict[str, object]]) -> Model:
    depends_on = node["depends_on"]
    assert isinstance(depends_on, dict)
    return Model(
        name=str(node["name"]),
        relation=str(node.get("relation_name")),
        folder=str(Path(str(node["original_file_path"])).parent),
        is_view=node["config"]["materialized"] == "view",  # type: ignore[index]
        sql=str(node["compiled_code"]),
        parents=tuple(str(nodes[key]["name"]) for key in depends_on["nodes"] if key in nodes),
    )
