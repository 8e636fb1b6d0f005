"""Fills how-bookings-are-assigned.md with what the models make of its small world: `python -m docs.bookings`."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from docs.compiled_models import CompiledModels, RunDbt, Sandbox

PAGE = Path(__file__).with_name("how-bookings-are-assigned.md")
# A line of the table of steps, the only place where the page names models and macros.
STEP = re.compile(r"^\| ([a-z ]+) \| [^|]+ \| (`[^|]+`) \|([^|]*)\|$", re.M)
# A table that the models start from, and one that is asked of them.
GIVEN = re.compile(r"<!-- given: ([a-z ]+) -->\n(.*?)<!-- end -->", re.S)
SHOWN = re.compile(r"(?P<head><!--\n(?P<query>(?:select|with)\b.*?)-->\n)(?P<rows>.*?)(?P<end><!-- end -->)", re.S)
# What a column of a given table may be; the models keep times of day as text.
COLUMN_TYPES = ["boolean", "bigint", "double", "date", "timestamp", "varchar"]
# Rows of a CTE within the model of a step.
WITHIN = re.compile(r"\bwithin\((\w+), (\w+)\)")


class Step(NamedTuple):
    """A line of the table of steps. A step may take several models; its rows are those of the last."""

    name: str
    models: list[str]
    macros: list[str]

    @property
    def view(self) -> str:
        """The name that queries of the page know it by."""
        return self.name.replace(" ", "_")


def read_steps(page: str) -> list[Step]:
    """Return the steps in their order."""
    return [Step(name, _find_names(models), _find_names(macros)) for name, models, macros in STEP.findall(page)]


def read_given(page: str) -> dict[str, str]:
    """Return the tables that the models start from, as CSV, by step."""
    return {name: _read_table(table) for name, table in GIVEN.findall(page)}


def compile_steps(page: str, work_dir: Path, dbt: RunDbt | None = None) -> CompiledModels:
    """Have dbt compile the models of all steps; by another runner than a process of its own, where one is given."""
    return CompiledModels.compile((model for step in read_steps(page) for model in step.models), work_dir, dbt)


def build_world(page: str, models: CompiledModels, work_dir: Path) -> Sandbox:
    """Run the steps on what the page gives; each is a view that has its name.

    Raises:
        SystemExit: a model cannot be run on it, with its own reason, such as more bookings than there is room for.
    """
    sandbox = Sandbox(models)
    given = read_given(page)
    with naming_the_page():
        for step in read_steps(page):
            if step.name in given:
                path = work_dir / f"{step.view}.csv"
                path.write_text(given[step.name], encoding="utf-8", newline="")
                read = f"read_csv('{path}', header = true, auto_type_candidates = {COLUMN_TYPES})"
                sandbox.connection.execute(f"create table {step.view} as from {read}")
                for model in step.models:
                    sandbox.give(model, f"select * from {step.view}")
            else:
                for model in step.models:
                    sandbox.run(model)
                made = models.find(step.models[-1])["relation_name"]
                sandbox.connection.execute(f"create view {step.view} as from {made}")
    return sandbox


def fill_page(page: str, world: Sandbox) -> str:
    """Return the page with the answer of each query beneath it.

    Raises:
        SystemExit: a query cannot be answered.
    """
    models = {step.view: step.models[-1] for step in read_steps(page)}

    def look_within(match: re.Match[str]) -> str:
        if match[1] not in models:
            raise SystemExit(f"{PAGE.name}: the table of steps has no line {match[1]}")
        return f"({world.select_cte(models[match[1]], match[2])})"

    def answer(match: re.Match[str]) -> str:
        cursor = world.connection.execute(WITHIN.sub(look_within, match["query"]))
        names = [column[0] for column in cursor.description or ()]
        return match["head"] + format_table(names, cursor.fetchall()) + match["end"]

    with naming_the_page():
        return SHOWN.sub(answer, page)


@contextmanager
def naming_the_page() -> Iterator[None]:
    """Let what DuckDB refuses end the command with the page's name and DuckDB's reason."""
    try:
        yield
    except duckdb.Error as error:
        raise SystemExit(f"{PAGE.name}: {error}") from error


def format_table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table in Markdown."""
    lines = [f"| {' | '.join(line)} |\n" for line in (names, *([_show(value) for value in row] for row in rows))]
    return "".join([lines[0], f"|{'---|' * len(names)}\n", *lines[1:]]).replace("|  |", "| |")


def _find_names(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def _read_table(table: str) -> str:
    lines = (line.strip().removeprefix("|").removesuffix("|") for line in table.strip().splitlines())
    names, _, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    written = io.StringIO()
    csv.writer(written).writerows([names, *rows])
    return written.getvalue()


def _show(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def main() -> None:
    """Write the tables of the page anew."""
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as directory:
        work_dir = Path(directory)
        world = build_world(page, compile_steps(page, work_dir), work_dir)
        PAGE.write_text(fill_page(page, world), encoding="utf-8")


if __name__ == "__main__":
    main()
