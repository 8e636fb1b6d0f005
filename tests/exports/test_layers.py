"""Modules of the export lean one way: a lower one can be read, tested and used without those above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPO_ROOT

EXPORT = REPO_ROOT / "export"
# From the lowest to the highest; what is not named stands on the lowest floor.
FLOORS = ("export.card", "export.writers", "export.settings", "export.run", "export.verify", "export.dbt_plugins")


def name_module(path: Path) -> str:
    return ".".join(path.relative_to(REPO_ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_module(path): path for path in EXPORT.rglob("*.py")}


def list_imports(path: Path) -> Iterator[str]:
    """List the modules that a file imports, those that it loads late included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def find_floor(module: str) -> int:
    return next((floor for floor, name in enumerate(FLOORS, 1) if f"{module}.".startswith(f"{name}.")), 0)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_module_leans_on_a_higher_floor(module: str) -> None:
    imported = [name for name in list_imports(MODULES[module]) if name.startswith("export.")]
    higher = [name for name in imported if find_floor(name) > find_floor(module)]
    assert higher == []


def test_what_both_halves_use_knows_neither() -> None:
    for path in (REPO_ROOT / "common").glob("*.py"):
        assert [name for name in list_imports(path) if name.startswith(("export.", "extract."))] == []
