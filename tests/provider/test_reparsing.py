from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.replies.thoughts import Thought
from tests.provider.conftest import Extract
from tests.provider.server import BedrockServer


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_reading_again_changes_nothing_if_the_rules_are_the_same(
    server: BedrockServer, extract: Extract, raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_ITEM_ATTEMPTS", "50")
    server.behaviour.malformed = 0.3
    server.writer._repeat_share = 0.3
    assert extract("--test", "--model", "nova-micro").code == 0
    before = {path: path.read_bytes() for path in raw_dir.rglob("*") if path.suffix in (".jsonl", ".parquet")}
    calls = len(server.calls)

    ran = extract("--reparse", "--model", "nova-micro")

    assert ran.code == 0, ran.err
    assert len(server.calls) == calls
    assert {path: path.read_bytes() for path in before} == before
    assert not (raw_dir / ".reparse").exists()


def test_records_that_todays_rules_refuse_are_asked_again(
    server: BedrockServer, extract: Extract, raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert extract("venues", "--test", "--model", "nova-micro").code == 0
    refused = read_lines(raw_dir / "records" / "venues.jsonl")[2]["name"]
    monkeypatch.setattr("extract.entities.base.find_invention", lambda text: "refused" if text == refused else None)

    ran = extract("venues", "--reparse")

    assert "7 records from 1 stored replies (-1), 8 requested" in ran.out
    assert len(server.calls) == 1
    assert extract("venues", "--model", "nova-micro").code == 0
    assert len(read_lines(raw_dir / "records" / "venues.jsonl")) == 8


def test_replies_that_could_not_be_read_once_are_read_by_a_better_parser(
    server: BedrockServer, extract: Extract, raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_MAX_ATTEMPTS", "1")
    with monkeypatch.context() as patched:
        patched.setattr("extract.replies.parse._parse", lambda text: ([], Thought()))
        assert extract("venues", "--test", "--model", "nova-micro").code == 1

    ran = extract("venues", "--reparse")

    assert "8 records from 1 stored replies (+8), 8 requested" in ran.out


@pytest.mark.parametrize("folder", ["records", "replies"])
def test_what_is_advised_for_a_broken_line_loses_nothing_that_was_paid(
    folder: str, server: BedrockServer, extract: Extract, raw_dir: Path
) -> None:
    command = ("venues", "--count", "venues=25", "--model", "nova-micro", "--concurrency", "1")
    assert extract(*command).code == 0
    path, calls = raw_dir / folder / "venues.jsonl", len(server.calls)
    before = {line["position"]: line for line in read_lines(raw_dir / "records" / "venues.jsonl")}
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], lines[1][:30], *lines[2:]]))

    broken = extract(*command)
    path.write_bytes(b"\n".join([lines[0], *lines[2:]]))
    mended = extract(*command)

    assert broken.code == 1 and "--rewrite" not in broken.err
    assert f"{folder}/venues.jsonl:2 is not JSON. Restore the line, or remove it: what it held is read" in broken.err
    assert (mended.code, len(server.calls)) == (0, calls)
    assert {line["position"]: line for line in read_lines(raw_dir / "records" / "venues.jsonl")} == before


@pytest.mark.parametrize("flag", ["--dry-run", "--rewrite"])
def test_reading_again_goes_with_nothing_that_asks(flag: str, extract: Extract) -> None:
    ran = extract("--reparse", flag)

    assert ran.code == 2 and f"--reparse cannot be used with {flag}" in ran.err
