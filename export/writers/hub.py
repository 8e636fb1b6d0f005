"""hub/: the data set as a folder of the Hugging Face hub, which `datasets.load_dataset` opens without a network.

README.md names a configuration for each table, data/<table>/<split>-00000-of-00001.parquet holds its rows, both
databases lie beside them, and croissant.json describes all of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from export import license as data_license
from export.content_hash import hash_file
from export.croissant import PARQUET, HubFile, build_croissant
from export.descriptions import read_descriptions
from export.entity_files import EntityFile, list_entity_files
from export.exported_table import ExportedTable, describe_file
from export.finding import Finding, check_bytes
from export.resources import sqlite_sorts_in
from export.source import Source
from export.sql import by_number, columns_list, fetch_row, identifier, literal
from export.sqlite_checks import check_foreign_keys, check_pages, check_rows
from export.sqlite_extension import load_sqlite_extension
from export.writers.base import ExportContext, Kind, Writer
from export.writers.datapackage import Field, read_fields
from export.writers.sqlite import DATABASES, load_metadata, write_sqlite

FOLDER = "hub"
SQLITE = "application/vnd.sqlite3"

MESSAGES = EntityFile(
    name="ticket_messages",
    schema="udahub",
    keys=("message_id", "ticket_id", "role", "content", "created_at"),
    foreign_keys=(("ticket_id", "tickets", "ticket_id"),),
)
# Tables that fall apart as the answer key does; all others have but one split.
BY_TICKET = ("tickets", "ticket_messages", "ticket_labels")
SPLITS = ("train", "dev", "test", "unseen")
# What not every reader has a type for becomes text in JSON: objects, and lists of them. Lists of values stay lists.
AS_TEXT = ("MAP", "JSON", "STRUCT")

README = Path(__file__).with_name("hub.md")


def check_descriptor(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """croissant.json names the bytes that are there."""
    if not tables:
        return
    folder = data_dir / FOLDER
    for file in json.loads((folder / "croissant.json").read_text(encoding="utf-8"))["distribution"]:
        if "sha256" in file and hash_file(folder / file["contentUrl"]) != file["sha256"]:
            yield Finding("descriptor_names_the_bytes", f"{FOLDER}/{file['contentUrl']}")


def check_parquet(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """Parquet is byte for byte what was written."""
    yield from check_bytes(data_dir, [table for table in tables if table.file_name.endswith(".parquet")])


def check_databases(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """Both databases are sound, and hold what was written."""
    own = [table for table in tables if table.file_name.endswith(".db")]
    for check in (check_pages, check_foreign_keys, check_rows):
        yield from check(data_dir, own)


class HubWriter(Writer):
    """The folder, written when it is asked for."""

    kind = Kind(name="hub", at_most=-1)
    patterns = (f"{FOLDER}/*.db", f"{FOLDER}/data/*/*.parquet")
    checks = (check_parquet, check_databases, check_descriptor)
    instances = 1
    needs_copy = True

    def __init__(self, context: ExportContext) -> None:
        self._work = context.data_dir / "work"
        self._folder = context.files.stage(context.data_dir / FOLDER)
        self._fields: dict[EntityFile, list[Field]] = {}
        self._about: dict[str, str] = {}

    def write(self, source: Source) -> list[ExportedTable]:
        """Write tables and databases."""
        self._folder.mkdir()
        with sqlite_sorts_in(self._work), source.open(FOLDER) as connection:
            files = (*list_entity_files(connection), MESSAGES)
            self._fields = {table: read_fields(connection, table, _select(connection, table)) for table in files}
            name, version, as_of = fetch_row(connection, "select name, version, as_of from eventhub.data_set")
            self._about = {"name": name, "version": version, "as_of": str(as_of)}
            tables = [line for table in files for line in self._write_table(connection, table)]
            load_sqlite_extension(connection)
            for database in DATABASES:
                path, file_name = self._folder / f"{database}.db", f"{FOLDER}/{database}.db"
                tables += write_sqlite(connection, load_metadata(database, connection), database, path, file_name)
        return tables

    def finish(self, tables: Sequence[ExportedTable]) -> None:
        """Describe the folder: both descriptors are made of the lines of its own files."""
        own = [table for table in tables if self.has_written(table)]
        there = {table.table_name for table in own if table.file_name.endswith(".parquet")}
        fields = {table: fields for table, fields in self._fields.items() if table.name in there}
        descriptions = {table: read_descriptions()[table.schema, table.name].text for table in fields}
        croissant = build_croissant(fields, descriptions, self._list_files(own), self._about)
        _write_json(self._folder / "croissant.json", croissant)
        (self._folder / "README.md").write_text(_describe(own, self._about["as_of"]), encoding="utf-8")

    def _write_table(self, connection: DuckDBPyConnection, table: EntityFile) -> Iterator[ExportedTable]:
        (self._folder / "data" / table.name).mkdir(parents=True)
        for split in SPLITS if table.name in BY_TICKET else SPLITS[:1]:
            query = _select(connection, table, split if table.name in BY_TICKET else None)
            if not fetch_row(connection, f"select count(*) from ({query})")[0]:
                continue  # a reader refuses a split without rows
            name = f"data/{table.name}/{split}-00000-of-00001.parquet"
            path = self._folder / name
            copied = connection.execute(
                f"copy ({query}) to {literal(path)} (format parquet, compression zstd, use_tmp_file false)"
            ).fetchone()
            assert copied is not None  # copy always tells the count
            yield describe_file(path, file_name=f"{FOLDER}/{name}", table_name=table.name, row_count=copied[0])

    def _list_files(self, tables: Sequence[ExportedTable]) -> list[HubFile]:
        paths = sorted({self._folder / table.file_name.removeprefix(f"{FOLDER}/") for table in tables})
        return [
            HubFile(
                path=path.relative_to(self._folder).as_posix(),
                sha256=hash_file(path),
                media_type=PARQUET if path.suffix == ".parquet" else SQLITE,
                byte_count=path.stat().st_size,
            )
            for path in paths
        ]


def _select(connection: DuckDBPyConnection, table: EntityFile, split: str | None = None) -> str:
    types = {name: kind for name, kind, *_ in connection.execute(f"describe {table.select()}").fetchall()}
    columns = ", ".join(
        f"to_json({identifier(name)})::varchar as {identifier(name)}" if types[name].startswith(AS_TEXT) else column
        for name, column in ((name, columns_list([name])) for name in table.keys)
    )
    of_split = (
        f" where ticket_id in (select ticket_id from analytics.ticket_labels where split = {literal(split)})"
        if split
        else ""
    )
    return f"select {columns} from {table.relation}{of_split} order by {by_number(table.keys[0])}"


def _describe(tables: Sequence[ExportedTable], as_of: str) -> str:
    parquet = [table for table in tables if table.file_name.endswith(".parquet")]
    rows = sum(table.row_count for table in parquet)
    return README.read_text(encoding="utf-8").format(
        size=_name_size(rows),
        configs="\n".join(_describe_config(name, parquet) for name in dict.fromkeys(t.table_name for t in parquet)),
        as_of=as_of,
        rows=rows,
        tables=len({table.table_name for table in parquet}),
        license=data_license.NAME,
        sentence=data_license.SENTENCE,
    )


def _describe_config(name: str, tables: Sequence[ExportedTable]) -> str:
    lines = [f"- config_name: {name}", *(["  default: true"] if name == "tickets" else []), "  data_files:"]
    for table in (table for table in tables if table.table_name == name):
        path = table.file_name.removeprefix(f"{FOLDER}/")
        lines.append(f"  - {{split: {Path(path).name.split('-')[0]}, path: {path}}}")
    return "\n".join(lines)


def _name_size(rows: int) -> str:
    """Return the hub's word for a number of rows."""
    steps = (("n<1K", 10**3), ("1K<n<10K", 10**4), ("10K<n<100K", 10**5), ("100K<n<1M", 10**6), ("1M<n<10M", 10**7))
    return next((name for name, limit in steps if rows < limit), "n>10M")


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
