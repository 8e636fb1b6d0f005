"""The words of the YAML reach every place where a reader looks for them, for every table and column there is."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pytest

from export.descriptions import read_descriptions
from export.entity_files import ENTITY_FILES

# What a JSON value of a type looks like in Python; absent values are None.
JSON_TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "date": str, "datetime": str}
JSON_TYPES |= {"array": list, "object": dict}
NAMES = [table.name for table in ENTITY_FILES]


def read_lines(data_dir: Path, name: str) -> list[dict[str, Any]]:
    lines = (data_dir / "generated" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def resources(built: Path) -> dict[str, Any]:
    """The resources of datapackage.json by name."""
    package = json.loads((built / "generated" / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


@pytest.mark.parametrize("name", NAMES)
def test_the_package_states_size_and_hash_of_each_file(built: Path, resources: dict[str, Any], name: str) -> None:
    content = (built / "generated" / resources[name]["path"]).read_bytes()
    assert resources[name]["bytes"] == len(content)
    assert resources[name]["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


@pytest.mark.parametrize("name", NAMES)
def test_the_package_states_the_type_of_each_key(built: Path, resources: dict[str, Any], name: str) -> None:
    types = {field["name"]: JSON_TYPES[field["type"]] for field in resources[name]["schema"]["fields"]}
    for line in read_lines(built, name):
        assert list(line) == list(types)
        assert all(value is None or isinstance(value, types[key]) for key, value in line.items())


@pytest.mark.parametrize("name", NAMES)
def test_the_keys_that_the_package_states_hold(built: Path, resources: dict[str, Any], name: str) -> None:
    schema, lines = resources[name]["schema"], read_lines(built, name)
    assert len({line[schema["primaryKey"][0]] for line in lines}) == len(lines)
    for key in schema["foreignKeys"]:
        parent, parent_key = key["reference"]["resource"], key["reference"]["fields"][0]
        ids = {line[parent_key] for line in read_lines(built, parent)}
        assert {line[key["fields"][0]] for line in lines} - {None} <= ids


@pytest.mark.parametrize("database", ["eventhub", "udahub"])
def test_metadata_describes_exactly_what_the_database_holds(built: Path, database: str) -> None:
    metadata = json.loads((built / "metadata.json").read_text(encoding="utf-8"))
    tables = metadata["databases"][database]["tables"]
    with sqlite3.connect(built / f"{database}.db") as connection:
        held = connection.execute(
            "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c"
            " where m.type in ('table', 'view') and m.name not like 'sqlite_%'"
        ).fetchall()
    assert {(table, column) for table, shown in tables.items() for column in shown["columns"]} == set(held)


def test_every_column_that_analysts_see_has_a_comment(built: Path) -> None:
    with duckdb.connect(str(built / "warehouse.duckdb"), read_only=True) as connection:
        silent = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where database_name = 'warehouse'"
            " and schema_name in ('main', 'eventhub', 'udahub', 'analytics') and coalesce(comment, '') = ''"
            " and table_name != 'texts_claimed' and table_name not like '%_rules'"
            " and not internal"
        ).fetchall()
    assert silent == []


def test_descriptions_are_plain_words() -> None:
    texts = [text for table in read_descriptions().values() for text in (table.text, *table.columns.values())]
    assert len(texts) > 200
    assert not [text for text in texts if "{{" in text]
