"""Runs dbt models in memory on given tables: dbt compiles them, DuckDB runs them, and no build is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment

ROOT = Path(__file__).resolve().parent.parent
PROJECT = "eventhub_data"
# Where the last CTE of a model ends.
LAST_SELECT = "\n)\n\nselect"

Node = dict[str, Any]
RunDbt = Callable[..., "subprocess.CompletedProcess[str]"]


class CompiledModels:
    """The models of the project with their compiled SQL, and the seeds and macros that they read."""

    def __init__(self, manifest: dict[str, Any]) -> None:
        self._nodes: dict[str, Node] = manifest["nodes"]
        self._macros: dict[str, Node] = manifest["macros"]
        self._models: dict[str, Node] = {
            node["name"]: node for node in self._nodes.values() if node["resource_type"] == "model"
        }

    @classmethod
    def compile(cls, models: Iterable[str], work_dir: Path, dbt: RunDbt | None = None) -> CompiledModels:
        """Have dbt compile some models and all that they depend on; it needs no data and writes to `work_dir` only.

        Args:
            models: by their names.
            work_dir: becomes the data directory of dbt.
            dbt: runs a command on a data directory; without it dbt is a process of its own.
        """
        result = (dbt or _run_dbt)(work_dir, "compile", "--quiet", "--select", *(f"+{model}" for model in models))
        if result.returncode:
            raise SystemExit(f"dbt compile failed:\n{result.stdout}{result.stderr}")
        return cls(json.loads((work_dir / "target" / "manifest.json").read_text(encoding="utf-8")))

    def find(self, model: str) -> Node:
        """Return a model by its name.

        Raises:
            SystemExit: there is no model of this name.
        """
        if model not in self._models:
            raise SystemExit(f"dbt knows no model {model}: has it been renamed?")
        return self._models[model]

    def list_parents(self, node: Node) -> list[Node]:
        """Return the models and seeds that a model reads; a seed reads nothing."""
        return [self._nodes[key] for key in node["depends_on"].get("nodes", ()) if key in self._nodes]

    def list_macros(self, model: str) -> set[str]:
        """Return the project's macros that a model calls, itself or through another macro."""
        called: set[str] = set()
        waiting = list(self.find(model)["depends_on"]["macros"])
        while waiting:
            key = waiting.pop()
            if key.startswith(f"macro.{PROJECT}.") and key not in called:
                called.add(key)
                waiting += self._macros[key]["depends_on"]["macros"]
        return {key.rpartition(".")[2] for key in called}

    def render_macro(self, macro: str) -> str:
        """Return what a macro of macros/engine without arguments and without calls of dbt's expands to for DuckDB."""
        name = f"default__{macro}"
        source = self._macros[f"macro.{PROJECT}.{name}"]["macro_sql"]
        return Environment().from_string(f"{source}{{{{ {name}() }}}}").render()


def _run_dbt(work_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("EVENTHUB_")},
        "EVENTHUB_DATA_DIR": str(work_dir),
        "DBT_TARGET_PATH": str(work_dir / "target"),
        "DBT_LOG_PATH": str(work_dir / "logs"),
        "NO_COLOR": "1",
    }
    command = [sys.executable, "-m", "dbt.cli.main", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


class Sandbox:
    """A database in memory in which models run once what they read is given or has run."""

    def __init__(self, models: CompiledModels) -> None:
        self.connection = duckdb.connect(config={"threads": 1})
        self._models = models
        self._made: set[str] = set()
        # Compiled models name the catalog of the working database.
        self.connection.execute("attach ':memory:' as warehouse; use warehouse")
        self.connection.execute(models.render_macro("create_functions"))

    def give(self, model: str, select: str) -> None:
        """Let a query stand in for a model."""
        node = self._models.find(model)
        self._make(node, f"create table {node['relation_name']} as {select}")

    def run(self, model: str) -> None:
        """Make a model's table, and before it those that it reads, unless they are there."""
        self._run(self._models.find(model))

    def select_cte(self, model: str, cte: str) -> str:
        """Return a query for the rows of a CTE of a model, which come between what it reads and what it makes."""
        ctes, found, _ = self._models.find(model)["compiled_code"].rpartition(LAST_SELECT)
        assert found, model
        return f"{ctes}{found} * from {cte}"

    def _run(self, node: Node) -> None:
        if node["unique_id"] in self._made:
            return
        for parent in self._models.list_parents(node):
            self._run(parent)
        query = _read_seed(node) if node["resource_type"] == "seed" else node["compiled_code"]
        self._make(node, f"create table {node['relation_name']} as {query}")

    def _make(self, node: Node, statement: str) -> None:
        self.connection.execute(f"create schema if not exists {node['schema']}")
        self.connection.execute(statement)
        self._made.add(node["unique_id"])


def _read_seed(node: Node) -> str:
    types = json.dumps(node["config"]["column_types"])
    return f"select * from read_csv('{ROOT / node['original_file_path']}', header = true, columns = {types})"
