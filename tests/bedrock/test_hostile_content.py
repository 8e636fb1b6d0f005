"""What a model writes is data: a corpus of hostile replies goes from the server to every export."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import yaml

from tests.bedrock.conftest import Extract
from tests.bedrock.server import BedrockServer
from tests.bedrock.writer import Answer, Writer, read_entity
from tests.pipeline.commands import run_dbt

CORPUS = Path(__file__).with_name("hostile.yaml")
# Whole replies that hold no record at all.
REPLIES = [
    "'; drop table users; -- I would rather not write JSON today.",
    "[" * 50_000,
    '{"a":' * 5_000 + "}" * 5_000,
    "x" * 1_000_000,
    "{'a': " + "}" * 5_000,
    "\ud800\x00\u202e",
    "[NaN, Infinity, 1e999, null, true, 0]",
]


@dataclass(frozen=True)
class Case:
    """One thing that a model says in one field; `becomes` is None where it is refused."""

    entity: str
    field: str
    says: Any
    becomes: str | None
    refused: str | None


def read_corpus() -> list[Case]:
    cases = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))
    return [
        Case(
            *case["at"].split("."),
            says := expand(case["says"]),
            None if "refused" in case else case.get("becomes", says),
            case.get("refused"),
        )
        for case in cases
    ]


def expand(says: Any) -> Any:
    """Write out what the corpus says in short."""
    if isinstance(says, dict) and "times" in says:
        return [says["text"]] * says["times"] if says.get("list") else says["text"] * says["times"]
    if isinstance(says, dict) and "deep" in says:
        return reduce(lambda inner, _: [inner], range(says["deep"]), "deep")
    return says


class HostileWriter(Writer):
    """Says what the corpus holds, once, and what was asked otherwise."""

    def __init__(self, cases: list[Case]) -> None:
        super().__init__(seed=1)
        self.left = list(cases)

    def write(self, prompt: str) -> list[Answer]:
        answers = super().write(prompt)
        entity = read_entity(prompt)
        mine = [case for case in self.left if case.entity == entity][: len(answers)]
        for case, answer in zip(mine, answers, strict=False):
            answer[case.field] = case.says
            if case.field == "full_name" and case.becomes:
                answer["email"] = f"{case.becomes.split()[0].lower()}.x@mail.example"
            self.left.remove(case)
        return answers


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_corpus()


@pytest.fixture
def hostile(server: BedrockServer, extract: Extract, cases: list[Case], data_dir: Path) -> Path:
    """A data directory into which the whole corpus was said."""
    server.behaviour.replies, server.behaviour.cuts = list(REPLIES), False
    server.writer = HostileWriter(cases)
    ran = extract("--test", "--model", "nova-lite", "--concurrency", "1")
    assert ran.code == 0, ran.err
    assert server.writer.left == []
    assert not any(character in ran.out + ran.err for character in "\x00\x1b\u202e\ud800")
    return data_dir


def check_what_landed(raw_dir: Path, cases: list[Case]) -> None:
    for case in cases:
        if case.refused is None:
            assert case.becomes in pl.read_parquet(raw_dir / f"{case.entity}.parquet")[case.field].to_list(), case
    lines = [line for path in raw_dir.glob("rejects/*.jsonl") for line in path.read_text().splitlines()]
    reasons = [json.loads(line)["reason"] for line in lines]
    expected = Counter(case.refused for case in cases if case.refused)
    assert {refused: sum(refused in reason for reason in reasons) for refused in expected} == expected


def read_exports(data_dir: Path) -> dict[str, str]:
    """Read every text of every export."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (data_dir / "generated").glob("*.jsonl")}
    for path in data_dir.glob("*.db"):
        with sqlite3.connect(path) as connection:
            texts[path.name] = "\n".join(connection.iterdump())
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() where schema_name <> 'seeds'")
        for schema, table in tables.fetchall():
            rows = connection.execute(f'select * from "{schema}"."{table}"').fetchall()
            texts[f"{schema}.{table}"] = "\n".join(map(str, rows))
    return texts


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


def test_every_case_is_cleaned_or_refused_as_stated_and_reaches_every_export_as_data(
    hostile: Path, cases: list[Case]
) -> None:
    check_what_landed(hostile / "raw", cases)

    built = run_dbt(hostile, "build", "--quiet", "--exclude-resource-type", "unit_test")

    assert built.returncode == 0, built.stdout[-3000:]
    check_what_came_out(hostile, cases)
    for name, text in read_exports(hostile).items():
        assert not find_unseen(text), name
        assert not any(word in text for word in ("<script", "{{", "{%", "onerror", "=HYPERLINK")), name
