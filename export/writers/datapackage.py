"""generated/datapackage.json: schema, keys and hashes of the JSONL files as a Frictionless Data Package."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from duckdb import DuckDBPyConnection

from export import license as data_license
from export.descriptions import read_descriptions
from export.entity_files import EntityFile, list_entity_files
from export.exported_table import ExportedTable
from export.writers.base import ExportContext, Writer
from export.writers.jsonl import JSONL

Field = dict[str, str]

# DuckDB's type, up to a bracket → type and format of a Table Schema (specs.frictionlessdata.io/table-schema)
TYPES = {
    "VARCHAR": {"type": "string"},
    "BIGINT": {"type": "integer"},
    "INTEGER": {"type": "integer"},
    "DECIMAL": {"type": "number"},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "date"},
    "TIMESTAMP": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S"},
    "MAP": {"type": "object"},
    "JSON": {"type": "object"},
}


class DatapackageWriter(Writer):
    """Describes the JSONL files."""

    kind = JSONL

    def __init__(self, context: ExportContext) -> None:
        self._path = context.files.stage(context.data_dir / "generated" / "datapackage.json")
        self._fields: dict[EntityFile, list[Field]] = {}

    def prepare(self, marts: DuckDBPyConnection) -> None:
        """Read the type of each key."""
        self._fields = {table: read_fields(marts, table) for table in list_entity_files(marts)}

    def finish(self, tables: Sequence[ExportedTable]) -> None:
        """Write the descriptor."""
        package = build_package(self._fields, tables)
        self._path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_fields(connection: DuckDBPyConnection, table: EntityFile, query: str | None = None) -> list[Field]:
    """Return name, type and meaning of each key of a file, which holds the rows of a query if that is given."""
    columns = read_descriptions()[table.schema, table.name].columns
    types = connection.execute(f"describe {query or table.select()}").fetchall()
    return [{"name": name, **find_field_type(kind), "description": columns[name]} for name, kind, *_ in types]


def find_field_type(kind: str) -> dict[str, str]:
    """Return the type of a Table Schema for one of DuckDB."""
    return {"type": "array"} if kind.endswith("[]") else TYPES.get(kind.split("(")[0], {"type": "any"})


def build_package(fields: Mapping[EntityFile, list[Field]], tables: Iterable[ExportedTable]) -> dict[str, Any]:
    """Return the descriptor of the JSONL files among the tables; it holds no time, so equal files have equal ones."""
    files = {line.table_name: line for line in tables if line.file_name.endswith(".jsonl")}
    return {
        "name": "eventhub-data",
        "title": "EventHub data: a ticketing club and its help desk",
        "description": "Made up; every key, sum and date in it agrees. ticket_labels is the answer key of tickets."
        f" {data_license.SENTENCE}",
        "licenses": [{"name": data_license.NAME, "path": data_license.URL, "title": data_license.TITLE}],
        "resources": [_describe(table, fields[table], files[table.name]) for table in fields],
    }


def _describe(table: EntityFile, fields: list[Field], file: ExportedTable) -> dict[str, Any]:
    keys = [
        {"fields": [column], "reference": {"resource": parent, "fields": [key]}}
        for column, parent, key in table.foreign_keys
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.jsonl",
        "profile": "tabular-data-resource",
        "description": read_descriptions()[table.schema, table.name].text,
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        "bytes": file.byte_count,
        "hash": f"sha256:{file.content_hash}",
        "schema": {"fields": fields, "primaryKey": [table.keys[0]], "foreignKeys": keys},
    }
