"""Reads a seed CSV as people and spreadsheets save it; dbt loads what is read here, so both sides take the same."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extract.errors import SeedError
from extract.paths import SEEDS_DIR

Cells = dict[str, str]

MOST = 2**63 - 1
WORDS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}
_WHOLE = re.compile(r"(-?[0-9]+)(?:\.0*)?")
_DECIMAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_TIME = re.compile(r"([0-9]|[01][0-9]|2[0-3]):([0-5][0-9])(?::00)?")


@dataclass(frozen=True)
class Column:
    """What a column of a seed may hold, as `_seeds.yml` says: its type there, and under meta what bounds it.

    Attributes:
        name: of the column.
        kind: varchar, bigint, double, boolean or date.
        least: the least number.
        most: the greatest number.
        at_least: a column of the same row that is no greater.
        may_be_empty: whether a cell may be.
    """

    name: str
    kind: str
    least: int = 0
    most: int = MOST
    at_least: str | None = None
    may_be_empty: bool = False


@cache
def read_columns() -> Mapping[str, tuple[Column, ...]]:
    """Read what the YAML files beside the seeds say of each column, by seed."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    seeds: dict[str, tuple[Column, ...]] = {}
    for path in sorted(SEEDS_DIR.glob("_*.yml")):
        described = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (both are safe loaders)
        for seed in described["seeds"]:
            bounds = {column["name"]: column.get("config", {}).get("meta", {}) for column in seed["columns"]}
            types: Mapping[str, str] = seed["config"]["column_types"]
            seeds[seed["name"]] = tuple(Column(name, kind, **bounds.get(name, {})) for name, kind in types.items())
    return seeds


def read_seed_file(path: Path, columns: Sequence[Column]) -> list[tuple[int, Cells]]:
    """Read the rows of a seed file, each with the number of its line.

    Blanks around a cell, empty rows, the case of true and false, zeros after a decimal point, seconds of a time, a byte
    order mark and line ends of any kind are a spreadsheet's, and do not count.

    Raises:
        SeedError: what the file holds cannot be meant; the error names file, line and column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(_number_lines(csv.reader(file, strict=True)))
    except UnicodeDecodeError as error:
        raise SeedError(f"{path} cannot be read: it is not UTF-8. Save it as CSV UTF-8") from error
    except csv.Error as error:
        raise SeedError(f"{path} cannot be read: {error}") from error
    except OSError as error:
        raise SeedError(f"{path} cannot be read: {error.strerror}") from error
    if len(lines) < 2:
        raise SeedError(f"{path} holds no rows")
    header = _read_header(path, lines[0][1], columns)
    return [(number, _read_row(f"{path}:{number}", cells, header)) for number, cells in lines[1:]]


def write_seed_file(path: Path, columns: Sequence[Column], rows: Sequence[tuple[int, Cells]]) -> None:
    """Write rows as dbt loads them."""
    names = [column.name for column in columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cells[name] for name in names] for _, cells in rows)


def _number_lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield what is not empty, with the number of its first line."""
    first = 1
    for row in reader:
        cells = [re.sub(r"\r\n?", "\n", cell).strip() for cell in row]
        if any(cells):
            yield first, cells
        first = reader.line_num + 1


def _read_header(path: Path, names: Sequence[str], columns: Sequence[Column]) -> dict[int, Column]:
    """Find the column of each cell; a spreadsheet may have moved them, and added empty ones at the end."""
    known = {column.name: column for column in columns}
    if len(names) == 1 and (found := re.search("[;\t|]", names[0])):
        separator = {";": "semicolons", "\t": "tabs", "|": "bars"}[found[0]]
        raise SeedError(f"{path} is separated by {separator}. Save it with commas")
    for name in filter(None, names):
        if name not in known:
            close = get_close_matches(name, known, 1)
            hint = f"did you mean {close[0]}?" if close else "describe it in dbt_project/seeds/_seeds.yml"
            raise SeedError(f"{path}:1 has a column {name!r:.40} that nothing reads; {hint}")
    for name in known:
        if names.count(name) != 1:
            raise SeedError(f"{path}:1 has {'no column' if name not in names else 'twice the column'} {name}")
    return {place: known[name] for place, name in enumerate(names) if name}


def _read_row(where: str, cells: Sequence[str], header: Mapping[int, Column]) -> Cells:
    if any(cell for place, cell in enumerate(cells) if place not in header):
        raise SeedError(f"{where} has more cells than there are columns: put quotes around a text with commas")
    row = {}
    for place, column in header.items():
        try:
            row[column.name] = _read_cell(cells[place] if place < len(cells) else "", column)
        except ValueError as error:
            raise SeedError(f"{where} column {column.name}: {error}") from error
    for column in header.values():
        lower, higher = row.get(column.at_least or "", ""), row[column.name]
        if lower and higher and float(higher) < float(lower):
            raise SeedError(f"{where} column {column.name}: {higher} is below {column.at_least}, which is {lower}")
    return row


def _read_cell(cell: str, column: Column) -> str:
    """Return a cell as everybody reads it.

    Raises:
        ValueError: in words, why it cannot be meant.
    """
    if not cell:
        if column.may_be_empty:
            return cell
        raise ValueError("it is empty")
    return _READERS[column.kind](cell, column)


def _read_text(cell: str, column: Column) -> str:
    if (word := cell.lower()) in ("true", "false"):
        return word
    time = _TIME.fullmatch(cell)
    return f"{time[1]:0>2}:{time[2]}" if time else cell


def _read_whole(cell: str, column: Column) -> str:
    found = _WHOLE.fullmatch(cell)
    # Longer ones are refused by their length: Python reads no number of thousands of digits.
    number = int(found[1]) if found and len(cell) < 40 else None
    if number is None or not column.least <= number <= column.most:
        most = f"from {column.least} to {column.most}" if column.most < MOST else f"of {column.least} or more"
        raise ValueError(f"{cell!r:.40} is no whole number {most}")
    return str(number)


def _read_decimal(cell: str, column: Column) -> str:
    if not _DECIMAL.fullmatch(cell) or not column.least <= float(cell) <= column.most:
        raise ValueError(f"{cell!r:.40} is no number of {column.least} or more, such as 0.15")
    return cell


def _read_boolean(cell: str, column: Column) -> str:
    if cell.lower() not in WORDS:
        raise ValueError(f"{cell!r:.40} is neither true nor false")
    return WORDS[cell.lower()]


def _read_day(cell: str, column: Column) -> str:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return date.fromisoformat(cell).isoformat()
    except ValueError:
        pass
    raise ValueError(f"{cell!r:.40} is no day such as 2026-06-01")


_READERS = {
    "varchar": _read_text,
    "bigint": _read_whole,
    "double": _read_decimal,
    "boolean": _read_boolean,
    "date": _read_day,
}
