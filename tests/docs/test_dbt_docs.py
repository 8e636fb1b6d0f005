"""dbt's documentation builds without a network, and describes everything there is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.models import eventhub, udahub
from export.entity_files import ENTITY_FILES
from tests.pipeline.commands import run_dbt

Node = dict[str, Any]
OURS = "eventhub_data"


@pytest.fixture(scope="module")
def manifest(built: Path) -> dict[str, Any]:
    """What dbt knows of the project."""
    return dict(json.loads((built / "work" / "target" / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def columns(built: Path) -> dict[tuple[str, str], set[str]]:
    """The columns that there are, by schema and table."""
    found: dict[tuple[str, str], set[str]] = {}
    with duckdb.connect(str(built / "work" / "warehouse.duckdb"), read_only=True) as connection:
        for schema, table, column in connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where database_name = 'warehouse'"
        ).fetchall():
            found.setdefault((schema, table), set()).add(column.lower())
    return found


def list_nodes(manifest: dict[str, Any]) -> Iterator[Node]:
    """Models, seeds, tests, sources, unit tests, macros of ours and exposures."""
    for kind in ("nodes", "sources", "unit_tests", "macros", "exposures"):
        yield from (node for node in manifest[kind].values() if node["package_name"] == OURS)


def is_written_by_us(node: Node) -> bool:
    """Tell what a person describes from hooks and checks that dbt makes, and from an engine's spelling of a macro."""
    return node["resource_type"] != "operation" and not node["name"].startswith(("default__", "spark__"))


def list_tables(manifest: dict[str, Any]) -> list[Node]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]


def test_everything_is_described(manifest: dict[str, Any]) -> None:
    nodes = [node for node in list_nodes(manifest) if is_written_by_us(node)]
    kinds = Counter(node["resource_type"] for node in nodes)
    assert kinds.keys() == {"model", "seed", "test", "source", "unit_test", "macro", "exposure"}
    assert [node["unique_id"] for node in nodes if not node["description"].strip()] == []


def test_every_column_is_described_and_every_description_has_its_column(
    manifest: dict[str, Any], columns: dict[tuple[str, str], set[str]]
) -> None:
    described = {
        (node["schema"], node["alias"]): {
            name.lower() for name, column in node["columns"].items() if column["description"].strip()
        }
        for node in list_tables(manifest)
    }
    assert {table: columns[table] ^ names for table, names in described.items() if columns[table] != names} == {}


def test_every_raw_column_is_described(manifest: dict[str, Any], built: Path) -> None:
    for source in manifest["sources"].values():
        path = built / "raw" / f"{source['name']}.parquet"
        if path.exists():  # the manifest is JSON
            there = {row[0] for row in duckdb.execute("describe from read_parquet(?)", [str(path)]).fetchall()}
            assert {name for name, column in source["columns"].items() if column["description"]} == there, path.name


def test_every_argument_of_a_macro_is_described(manifest: dict[str, Any]) -> None:
    macros = [node for node in manifest["macros"].values() if node["package_name"] == OURS]
    described = [argument["description"] for macro in macros for argument in macro["arguments"]]
    assert len(described) > 50 and all(text.strip() for text in described)


@pytest.mark.parametrize(
    ("exposure", "tables"),
    [
        ("eventhub_db", {f"eventhub__{table}" for table in eventhub.Base.metadata.tables}),
        ("udahub_db", {f"udahub__{table}" for table in udahub.Base.metadata.tables}),
        (
            "generated_files",
            {
                table.name if table.schema in ("main", "analytics") else f"{table.schema}__{table.name}"
                for table in ENTITY_FILES
            },
        ),
        ("warehouse", {"exported_files", "rules_checked", "share_report"}),
        ("data_card", {"exported_files", "rules_checked", "data_set", "drawn_tickets"}),
    ],
)
def test_lineage_leads_from_the_raw_files_to_what_people_open(
    manifest: dict[str, Any], exposure: str, tables: set[str]
) -> None:
    parents = set(manifest["parent_map"][f"exposure.{OURS}.{exposure}"])
    assert {f"model.{OURS}.{table}" for table in tables} <= parents
    ancestors = find_ancestors(manifest, f"exposure.{OURS}.{exposure}")
    assert {f"source.{OURS}.raw.{name}" for name in ("users", "venues", "events", "manifest")} <= ancestors


def test_every_mart_is_built_before_the_files_are_written(manifest: dict[str, Any]) -> None:
    """The copy for analysts has the marts that stand there when it is written."""
    marts = {key for key, node in manifest["nodes"].items() if node["fqn"][:2] == [OURS, "marts"]}
    late = marts - find_ancestors(manifest, f"model.{OURS}.exported_files")
    assert len(marts) > 20 and late == set(), "name them in dbt_project/models/exports/exported_files.py"


def find_ancestors(manifest: dict[str, Any], node: str) -> set[str]:
    """Return all that a node hangs on."""
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        parents = set(manifest["parent_map"].get(waiting.pop(), [])) - seen
        seen |= parents
        waiting += parents
    return seen


def test_no_block_of_words_is_left_over(manifest: dict[str, Any]) -> None:
    blocks = {name for name in manifest["docs"] if name.startswith(f"doc.{OURS}.")} - {f"doc.{OURS}.__overview__"}
    used = {
        block
        for node in [*manifest["nodes"].values(), *manifest["sources"].values()]
        for part in (node, *node["columns"].values())
        for block in part.get("doc_blocks", [])
    }
    assert len(blocks) > 20 and blocks == used


def test_the_docs_build_as_one_page_with_our_overview(built: Path, tmp_path: Path) -> None:
    result = run_dbt(built, "docs", "generate", "--static", "--quiet", "--target-path", str(tmp_path / "docs"))
    assert result.returncode == 0, result.stdout + result.stderr
    page = (tmp_path / "docs" / "static_index.html").read_text(encoding="utf-8")
    assert "The way of a row" in page and "exposure.eventhub_data.udahub_db" in page
