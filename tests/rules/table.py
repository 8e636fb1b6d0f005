"""The table of docs/integrity.md: rule, where it is built in, its test, and the violation planted: `make integrity`."""

from __future__ import annotations

import csv
import inspect
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from export import sqlite_checks, verify
from tests.paths import REPO_ROOT
from tests.rules.plants import PLANTS, Plant
from tests.unit.export.test_verify import PLANTS as FILE_PLANTS

DOCUMENT = REPO_ROOT / "docs" / "integrity.md"
MODELS = REPO_ROOT / "dbt_project" / "models"
CONSTRUCTIONS = Path(__file__).with_name("constructions.csv")
# The headings of the document, and the tables whose rules stand under them.
HEADINGS = {
    "Shares and counts": ("shares",),
    "Users": ("users",),
    "Venues": ("venues",),
    "Events": ("events",),
    "Reservations": ("reservations",),
    "Help articles": ("kb_articles",),
    "Tickets": ("tickets", "ticket_labels"),
    "Help desk": ("udahub.users", "udahub.ticket_metadata", "udahub.ticket_messages", "udahub.user_history"),
    "Text": ("texts", "content_diversity", "retrieval_report"),
}  # fmt: skip
BEGIN, END = "<!-- made by `make integrity` from here -->", "<!-- to here -->"


def read_constructions() -> dict[str, str]:
    """Return patterns of rules, the first that fits counts, and the model that they are built into or read from."""
    with CONSTRUCTIONS.open(encoding="utf-8", newline="") as file:
        return {row["rules"]: row["model"] for row in csv.DictReader(file)}


def find_construction(rule: str) -> str:
    """Return the model that a rule is built into."""
    return next(model for pattern, model in read_constructions().items() if fnmatchcase(rule, pattern))


def find_tests() -> dict[str, str]:
    """Return the rules model that states each rule."""
    found: dict[str, str] = {}
    for path in sorted((MODELS / "rules").glob("*_rules.sql")):
        table = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if called := re.search(r"checked_rules\('([\w.]+)'", line):
                table = called[1]
            if stated := re.match(r"\s{4}'(\w+)':", line):
                found[f"{table}.{stated[1]}"] = path.stem
    return found


def write_rules() -> Iterator[str]:
    """Write a table for each heading."""
    tests = find_tests()
    for heading, tables in HEADINGS.items():
        plants = [plant for table in tables for plant in PLANTS if plant.rule.rpartition(".")[0] == table]
        yield from ("", f"### {heading} ({len({plant.rule for plant in plants})})", "")
        yield from ("| rule | built in | tested in | planted violation |", "|---|---|---|---|")
        yield from (write_row(plant, tests) for plant in plants)


def write_row(plant: Plant, tests: dict[str, str]) -> str:
    """Write one rule."""
    cells = (plant.rule, find_construction(plant.rule), tests[plant.rule], code(plant.statement))
    return f"| {' | '.join(cells)} |"


def write_file_checks() -> Iterator[str]:
    """Write the table of what `make verify` checks in the exported files."""
    yield from ("", "### Exported files", "", "| check | what it reads | planted violation |", "|---|---|---|")
    for function in (verify.verify, *verify.CHECKS):
        for check in re.findall(r'Finding\("(\w+)"', inspect.getsource(function) + inspect_called(function)):
            plants = [name for name, (_, failing) in FILE_PLANTS.items() if check in failing] or ["a damaged page"]
            first_line = (function.__doc__ or "").splitlines()[0]
            yield f"| {check} | {first_line} | {', '.join(plants)} |"


def inspect_called(function: object) -> str:
    return inspect.getsource(sqlite_checks._compare) if function is sqlite_checks.check_rows else ""


def code(statement: str) -> str:
    return "`" + " ".join(statement.split()).replace("|", "\\|").replace("`", "'") + "`"


def fill_document(document: str) -> str:
    """Return the document with its table made anew."""
    head, _, rest = document.partition(BEGIN)
    tail = rest.partition(END)[2]
    lines: Iterable[str] = (
        BEGIN,
        f"\n{len({plant.rule for plant in PLANTS})} rules.",
        *write_rules(),
        *write_file_checks(),
        END,
    )
    return head + "\n".join(lines) + tail


if __name__ == "__main__":
    DOCUMENT.write_text(fill_document(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
