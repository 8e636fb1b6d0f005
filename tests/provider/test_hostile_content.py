"""What a model writes is data: a corpus of hostile replies goes from the server to every export."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import unicodedata
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from tests.provider.hostile import CameOut, Case, read_cells, read_corpus

pytestmark = pytest.mark.early


def check_what_landed(raw_dir: Path, cases: list[Case]) -> None:
    for case in cases:
        if case.refused is None:
            assert case.becomes in pl.read_parquet(raw_dir / f"{case.entity}.parquet")[case.field].to_list(), case
    lines = [line for path in raw_dir.glob("rejects/*.jsonl") for line in path.read_text().split("\n") if line]
    reasons = [json.loads(line)["reason"] for line in lines]
    expected = Counter(case.refused for case in cases if case.refused)
    assert {refused: sum(refused in reason for reason in reasons) for refused in expected} == expected


def find_unseen(text: str) -> set[str]:
    """Find control and format characters, surrogates and private ones."""
    return {character for character in set(text) - {"\n"} if unicodedata.category(character)[0] == "C"}


def query(path: Path, sql: str) -> set[str]:
    with sqlite3.connect(path) as connection:
        return {row[0] for row in connection.execute(sql)}


def check_what_came_out(data_dir: Path, cases: list[Case]) -> None:
    support, business = data_dir / "udahub.db", data_dir / "eventhub.db"
    found = {
        "tickets.subject": query(support, "select subject from ticket_metadata"),
        "tickets.description": query(support, "select content from ticket_messages where role = 'user'"),
        "kb_articles.title": query(support, "select title from knowledge"),
        "events.title": query(business, "select title from events"),
        "venues.name": query(business, "select name from venues"),
        "venues.address": query(business, "select address from venues"),
        "users.full_name": query(business, "select full_name from users"),
    }
    for case in cases:
        if case.refused is None:
            assert case.becomes in found[f"{case.entity}.{case.field}"], case


def test_every_case_is_cleaned_or_refused_as_stated(hostile: CameOut) -> None:
    check_what_landed(hostile.data_dir / "raw", read_corpus())


def test_what_was_kept_comes_out_as_data(hostile: CameOut) -> None:
    check_what_came_out(hostile.data_dir, read_corpus())


def list_exports(data_dir: Path) -> list[Path]:
    return [*data_dir.glob("*.db"), *data_dir.glob("*.duckdb"), *data_dir.glob("generated/*.jsonl")]


def test_no_export_holds_what_nobody_sees_or_a_program_would_run(hostile: CameOut) -> None:
    assert len(list_exports(hostile.data_dir)) == 13
    for path in list_exports(hostile.data_dir):
        text = "\n".join(read_cells(path))
        assert len(text) > (50 if path.stem == "plans" else 1_000) and not find_unseen(text), path.name
        assert not any(word in text for word in ("<script", "{{ config", "{%", "onerror=", "=HYPERLINK")), path.name


def test_what_nobody_sees_would_be_found(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "planted.db")) as connection:
        connection.execute("create table planted as select char(0x202e) || 'abc' || char(0) as text")
        connection.commit()

    assert find_unseen("".join(read_cells(tmp_path / "planted.db"))) == {"\u202e", "\x00"}


def test_nothing_that_moves_a_cursor_is_printed(hostile: CameOut) -> None:
    assert not find_unseen(hostile.printed)
