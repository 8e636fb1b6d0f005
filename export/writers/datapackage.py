"""generated/datapackage.json: schema, keys and hashes of the JSONL files as a Frictionless Data Package."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from export.descriptions import read_descriptions
from export.entity_files import ENTITY_FILES, EntityFile
from export.exported_table import ExportedTable

# DuckDB's type, up to a bracket → type and format of a Table Schema (specs.frictionlessdata.io/table-schema)
TYPES = {
    "VARCHAR": {"type": "string"},
    "BIGINT": {"type": "integer"},
    "INTEGER": {"type": "integer"},
    "DECIMAL": {"type": "number"},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "date"},
    "TIMESTAMP": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S"},
    "VARCHAR[]": {"type": "array"},
    "MAP": {"type": "object"},
}


def write_package(connection: DuckDBPyConnection, path: Path, audit: Iterable[ExportedTable]) -> None:
    """Describe the JSONL files that the audit lists."""
    package = build_package(connection, audit)
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def build_package(connection: DuckDBPyConnection, audit: Iterable[ExportedTable]) -> dict[str, Any]:
    """Return the descriptor; it holds no time, so that equal files have equal descriptors."""
    files = {line.table_name: line for line in audit if line.file_name.endswith(".jsonl")}
    return {
        "name": "eventhub-data",
        "title": "EventHub data: a ticketing club and its help desk",
        "description": "Made up; every key, sum and date in it agrees. ticket_labels is the answer key of tickets.",
        "resources": [_describe(connection, table, files[table.name]) for table in ENTITY_FILES if table.name in files],
    }


def _describe(connection: DuckDBPyConnection, table: EntityFile, file: ExportedTable) -> dict[str, Any]:
    description = read_descriptions()[table.schema, table.name]
    types = connection.execute(f"describe {table.select()}").fetchall()
    fields = [
        {"name": name, **TYPES.get(kind.split("(")[0], {"type": "any"}), "description": description.columns[name]}
        for name, kind, *_ in types
    ]
    keys = [
        {"fields": [column], "reference": {"resource": parent, "fields": [key]}}
        for column, parent, key in table.foreign_keys
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.jsonl",
        "profile": "tabular-data-resource",
        "description": description.text,
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        "bytes": file.byte_count,
        "hash": f"sha256:{file.content_hash}",
        "schema": {"fields": fields, "primaryKey": [table.keys[0]], "foreignKeys": keys},
    }
