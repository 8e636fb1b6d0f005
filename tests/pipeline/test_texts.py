"""Ordinary words that extract accepts do not fail a build, whatever their slots are filled with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import polars as pl

from extract.landing.jsonl import SCHEMA_VERSION
from extract.landing.parquet import VERSION
from tests.pipeline.commands import AS_OF, run_dbt

TITLES = [
    'Art Exhibition: "The Future of Clay"', "24 Hours of Jazz", "Two Tickets to Paradise", "Comedy at 9",
    "“Clay” and ‘Stone’", "Rock 'n' Roll Revival", "Let's Dance (Again)", "100% Tango", "In Three Weeks", "$5 Dreams",
    "The Show Is Over", "Jazz", "Jazz Night", "14 tickets",
]  # fmt: skip
KINDS = [
    f" I had looked forward to {noun}." for noun in ("the concert", "our game", "this class", "the show", "my match")
]
BESIDE = ["tickets", "seats", "days ago", "percent", "dollars", "hours", '"', "'", "(", "$", "and"]


def say_more(text: str) -> str:
    """Put each slot of a text before and after whatever might be read together with it."""
    slots = sorted(set(re.findall(r"\{[a-z_]+\}", text)))
    return " ".join(
        [text, *(f"I want it back for the {slot} {word}, {word} {slot}." for slot in slots for word in BESIDE)]
    )


def write(rows: pl.DataFrame, path: Path) -> None:
    """Write a raw file as extract does."""
    rows.write_parquet(path, metadata={VERSION: str(SCHEMA_VERSION)})


def rename(path: Path, column: str, names: list[str]) -> None:
    """Give the first rows of a raw file these names, and the others a second round of them."""
    rows = pl.read_parquet(path)
    renamed = [names[at] if at < len(names) else f"{names[at % len(names)]} {at}" for at in range(len(rows))]
    write(rows.with_columns(pl.Series(column, renamed)), path)


def test_ordinary_texts_do_not_fail_a_build(built: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(built / "raw", raw)
    said = ["description", "follow_up", "pushback", "thanks"]
    tickets = pl.read_parquet(raw / "tickets.parquet")
    more = [pl.col(column).map_elements(say_more, return_dtype=pl.String) for column in said]
    # Every other text says what kind of event it means.
    kinds = [KINDS[at // 2 % len(KINDS)] if at % 2 else "" for at in range(len(tickets))]
    told = tickets.with_columns(more).with_columns(pl.col("description") + pl.Series(kinds))
    write(told, raw / "tickets.parquet")
    for entity, column in (("events", "title"), ("venues", "name"), ("kb_articles", "title")):
        rename(raw / f"{entity}.parquet", column, TITLES)
    # Of the exports, the one that checks what it writes against constraints of its own.
    result = run_dbt(tmp_path, "build", "--quiet", "--vars", f"{{as_of: {AS_OF}, exports: [sqlite]}}")
    assert result.returncode == 0, result.stdout
    with duckdb.connect(str(tmp_path / "work" / "warehouse.duckdb"), read_only=True) as connection:
        (said,) = connection.execute(
            "select count(*) from tickets where contains(description, 'looked forward to')"
        ).fetchall()[0]
    assert said > 0
