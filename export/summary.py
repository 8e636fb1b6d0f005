"""What a build made, in five lines."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb
from duckdb import DuckDBPyConnection

from export.sql import fetch_row

Lines = list[tuple[str, str]]

BOLD_CYAN = "\x1b[1;36m{}\x1b[0m"


@dataclass(frozen=True, kw_only=True)
class Checks:
    """What a build has checked, on whatever engine."""

    as_of: str
    shares: int
    shares_met: int
    rules: int
    rows_checked: int
    violations: int

    def __str__(self) -> str:
        """Say it for a person."""
        violations = f"{self.violations:,} {'violation' if self.violations == 1 else 'violations'}"
        return (
            f"{self.shares_met} of {self.shares} shares exact, "
            f"{self.rules} rules over {self.rows_checked:,} rows, {violations}"
        )


@dataclass(frozen=True, kw_only=True)
class Made:
    """What the working database holds."""

    files: dict[str, int]  # file, or folder of files, to rows
    checks: Checks


def read_build(connection: DuckDBPyConnection) -> Made:
    """Read what a build says of itself."""
    files = connection.execute(
        "select regexp_replace(file_name, '/.*', '/') as file, sum(row_count)::bigint"
        " from analytics.exported_files group by all order by all"
    ).fetchall()
    return Made(files=dict(files), checks=read_checks(connection))


def read_checks(connection: DuckDBPyConnection) -> Checks:
    """Read what a build says of its checks."""
    as_of, shares, shares_met, rules, rows_checked, violations = fetch_row(
        connection,
        """select (select any_value(as_of)::varchar from intermediate.int_parameters),
            (select count(*) from analytics.share_report),
            (select count(*) from analytics.share_report where holds),
            count(*), sum(rows_checked)::bigint, sum(violations)::bigint from analytics.rules_checked""",
    )
    return Checks(
        as_of=as_of, shares=shares, shares_met=shares_met,
        rules=rules, rows_checked=rows_checked, violations=violations,
    )  # fmt: skip


def summarise(data_dir: Path) -> Lines:
    """Describe the last build of dbt; its working database is there whatever was exported."""
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"), read_only=True) as connection:
        return describe(read_build(connection), data_dir)


def describe(made: Made, data_dir: Path) -> Lines:
    """Say it for a person.

    Returns:
        Five labels and texts: what was built, where, whether shares and rules hold, how to open it, what to try next.
    """
    databases = ", ".join(f"{name} ({rows:,} rows)" for name, rows in made.files.items() if name.endswith(".db"))
    places = [name for name in (*made.files, "warehouse.duckdb", "data_card.html") if (data_dir / name).exists()]
    return [
        ("built", f"{databases or 'no database (var exports)'}, as of {made.checks.as_of}"),
        ("where", ", ".join(str(data_dir / name) for name in places)),
        ("checks", str(made.checks)),
        ("open", _how_to_open(data_dir)),
        ("next", f"docs/analysts.md has 20 queries, docs/agents.md an agent: {_python()} app.py exam"),
    ]


def write(lines: Lines, stream: TextIO) -> None:
    """Write a line each, the label in colour on a terminal that wants it."""
    label_format = BOLD_CYAN if wants_colour(stream) else "{}"
    for label, text in lines:
        stream.write(f"{label_format.format(f'{label:<6}')}  {text}\n")


def wants_colour(stream: TextIO) -> bool:
    """Say whether to use colour: on a terminal, unless NO_COLOR (no-color.org) or a dumb terminal speaks against it."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _how_to_open(data_dir: Path) -> str:
    database, card = data_dir / "eventhub.db", data_dir / "data_card.html"
    shell = f'sqlite3 {shlex.quote(str(database))} "select * from reservation_details limit 5"'
    return f"{shell}, or {card} in a browser" if card.exists() else shell


def _python() -> str:
    """Name the interpreter as it would be typed here."""
    path = Path(sys.executable)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
