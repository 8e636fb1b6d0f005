"""generated/<entity>.parquet, or above a size a folder generated/<entity>/ of files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from export.entity_files import EntityFile, list_entity_files
from export.exported_table import ExportedTable, describe_file
from export.finding import check_bytes
from export.source import Source
from export.sql import WORDS, by_number, fetch_row, literal
from export.writers.base import ExportContext, Kind, Writer
from export.writers.jsonl import MOST_RESERVATIONS_AS_JSONL


@dataclass(frozen=True)
class ParquetShape:
    """How a table is laid out: ids from `first` to `last`, `rows_per_file` of them a file; None is one file."""

    first: int
    last: int
    rows_per_file: int | None

    @property
    def names(self) -> tuple[str, str]:
        """Patterns for the file or folder to write, and for the other shape that it supersedes."""
        return ("{}", "{}.parquet") if self.rows_per_file else ("{}.parquet", "{}")


class ParquetWriter(Writer):
    """A file for each entity, or a folder of files."""

    kind = Kind(name="parquet", more_than=MOST_RESERVATIONS_AS_JSONL)
    patterns = ("generated/*.parquet", "generated/*/part-*.parquet")
    checks = (check_bytes,)
    instances = 1

    def __init__(self, context: ExportContext) -> None:
        folder = context.data_dir / "generated"
        self._planned: list[tuple[EntityFile, ParquetShape, Path]] = []
        for table in list_entity_files(context.marts):
            shape = choose_shape(context.marts, table, context.rows_per_file)
            ours, other = (folder / pattern.format(table.name) for pattern in shape.names)
            self._planned.append((table, shape, context.files.stage(ours)))
            context.files.supersede(other)

    def write(self, source: Source) -> list[ExportedTable]:
        """Write one entity after the other."""
        with source.open("parquet") as connection:
            return [line for planned in self._planned for line in write_parquet(connection, *planned)]


def choose_shape(connection: DuckDBPyConnection, table: EntityFile, rows_per_file: int) -> ParquetShape:
    """Decide whether a table fits into one file; one whose ids are words has a few rows."""
    if table.keys[0] in WORDS:
        return ParquetShape(0, 0, None)
    (count,) = fetch_row(connection, f"select count(*) from {table.relation}")
    if count <= rows_per_file:
        return ParquetShape(0, 0, None)
    number = by_number(table.keys[0])
    first, last = fetch_row(connection, f"select min({number}), max({number}) from {table.relation}")
    return ParquetShape(first, last, rows_per_file)


def write_parquet(
    connection: DuckDBPyConnection, table: EntityFile, shape: ParquetShape, path: Path
) -> list[ExportedTable]:
    """Write a table in id order.

    A part is a range of ids. Where the table is not in their order, each is sorted on its own: reading the ids again
    for each part is cheaper than sorting everything at once, which takes its size on disk.
    """
    is_in_order = table.is_in_order(connection)
    if shape.rows_per_file is None:
        query = table.select(is_in_order=is_in_order)
        return [_write_file(connection, table, query, path, f"generated/{table.name}.parquet")]
    path.mkdir()
    # The ids of a table in order count its rows, and DuckDB finds a range of rows without reading the others.
    number, first = ("rowid", 0) if is_in_order else (by_number(table.keys[0]), shape.first)
    tables = []
    for part in range(-(-(shape.last + 1 - shape.first) // shape.rows_per_file)):
        low = first + part * shape.rows_per_file
        query = table.select(f"{number} between {low} and {low + shape.rows_per_file - 1}", is_in_order=is_in_order)
        name = f"part-{part:05}.parquet"
        tables.append(_write_file(connection, table, query, path / name, f"generated/{table.name}/{name}"))
    return tables


def _write_file(
    connection: DuckDBPyConnection, table: EntityFile, query: str, path: Path, file_name: str
) -> ExportedTable:
    copied = connection.execute(
        f"copy ({query}) to {literal(path)} (format parquet, compression zstd, use_tmp_file false)"
    ).fetchone()
    assert copied is not None  # copy always tells the count
    return describe_file(path, file_name=file_name, table_name=table.name, row_count=copied[0])
