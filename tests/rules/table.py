"""The table of docs/integrity.md: rule, where it is built in, its test, and what shows it to fail: `make integrity`."""

from __future__ import annotations

import csv
import inspect
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from export import sqlite_checks, verify
from tests.paths import REPO_ROOT
from tests.rules.plants import PLANTS
from tests.unit.export.test_verify import PLANTS as FILE_PLANTS

DOCUMENT = REPO_ROOT / "docs" / "integrity.md"
MODELS = REPO_ROOT / "dbt_project" / "models"
PLANTED = Path(__file__).with_name("plants.py")
PLANTED_LINK = f"../{PLANTED.relative_to(REPO_ROOT).as_posix()}"
CONSTRUCTIONS = Path(__file__).with_name("constructions.csv")
RULES = list(dict.fromkeys(plant.rule for plant in PLANTS))
# The headings of the document, and the tables whose rules stand under them.
HEADINGS = {
    "Shares and counts": ("shares", "data_set"),
    "Users": ("users",),
    "Venues": ("venues",),
    "Events": ("events",),
    "Reservations": ("reservations",),
    "Refunds and plans": ("refunds", "plans"),
    "Help articles": ("kb_articles",),
    "Tickets": ("tickets", "ticket_labels"),
    "Help desk": (
        "udahub.users", "udahub.ticket_metadata", "udahub.ticket_messages", "udahub.ticket_actions",
        "udahub.user_history",
    ),
    "Days": ("days",),
    "Text": ("texts", "content_diversity", "retrieval_report", "exam_report"),
}  # fmt: skip
BEGIN, END = "<!-- made by `make integrity` from here -->", "<!-- to here -->"


def read_constructions() -> dict[str, str]:
    """Return patterns of rules, the first that fits counts, and the model that they are built into or read from."""
    with CONSTRUCTIONS.open(encoding="utf-8", newline="") as file:
        return {row["rules"]: row["model"] for row in csv.DictReader(file)}


def find_construction(rule: str) -> str:
    """Return the model that a rule is built into."""
    return next(model for pattern, model in read_constructions().items() if fnmatchcase(rule, pattern))


def find_test(rule: str) -> str:
    """Return the rules model that states a rule: what counts the table's rules, and has a column of its name."""
    table, _, name = rule.rpartition(".")
    column = re.compile(rf"^ {{8}}(?:.* as )?{name},?$", re.MULTILINE)
    for path in sorted((MODELS / "rules").glob("*_rules.sql")):
        sql = path.read_text(encoding="utf-8")
        if f"checked_rules('{table}'" in sql and column.search(sql):
            return path.stem
    raise LookupError(f"no model in {MODELS / 'rules'} has a column {name} and counts the rules of {table}")


def write_rules() -> Iterator[str]:
    """Write a table for each heading."""
    planted = Counter(plant.rule for plant in PLANTS)
    for heading, tables in HEADINGS.items():
        rules = [rule for table in tables for rule in RULES if rule.rpartition(".")[0] == table]
        yield from ("", f"### {heading} ({len(rules)})", "")
        yield from ("| rule | in words | built in | tested in | planted violations |", "|---|---|---|---|---|")
        yield from (write_row(rule, planted[rule]) for rule in rules)


def write_row(rule: str, plants: int) -> str:
    """Write one rule. Plants are counted, since a link to a line would change with every plant before it."""
    return f"| {' | '.join((f'`{rule}`', say(rule), find_construction(rule), find_test(rule), str(plants)))} |"


def say(rule: str) -> str:
    """Return the sentence that a rule's name is."""
    return rule.rpartition(".")[2].replace("_", " ").capitalize() + "."


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


def fill_document(document: str) -> str:
    """Return the document with its table made anew."""
    head, _, rest = document.partition(BEGIN)
    tail = rest.partition(END)[2]
    lines: Iterable[str] = (
        BEGIN,
        f"\n{len(RULES)} rules. What is planted for each stands under its name in [{PLANTED.name}]({PLANTED_LINK}).",
        *write_rules(),
        *write_file_checks(),
        END,
    )
    return head + "\n".join(lines) + tail


if __name__ == "__main__":
    DOCUMENT.write_text(fill_document(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
