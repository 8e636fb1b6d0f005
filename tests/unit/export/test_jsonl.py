"""One object a line, in id order, in the formats of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from export.content_hash import hash_file
from export.entity_files import ENTITY_FILES, EntityFile
from export.writers.jsonl import write_jsonl

FILES = {file.name: file for file in ENTITY_FILES}


def read(path: Path) -> list[dict[str, object]]:
    """Parse the lines."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_user_has_the_keys_and_formats_of_the_guide(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    write_jsonl(marts, FILES["users"], tmp_path / "users.jsonl")
    ana, bo = read(tmp_path / "users.jsonl")
    assert tuple(ana) == FILES["users"].keys
    assert (ana["joined_at"], ana["subscription_ended_at"]) == ("2025-01-02T03:04:05", None)
    assert (bo["full_name"], bo["city"], bo["is_blocked"]) == ('Bo "Bobby" Lind', "Umeå", True)


def test_dates_prices_and_lists(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    write_jsonl(marts, FILES["events"], tmp_path / "events.jsonl")
    write_jsonl(marts, FILES["kb_articles"], tmp_path / "kb.jsonl")
    event, article = read(tmp_path / "events.jsonl")[0], read(tmp_path / "kb.jsonl")[0]
    assert (event["event_date"], event["start_time"]) == ("2026-07-04", "19:30")
    assert (event["when"], event["price_min"]) == ("2026-07-04T19:30:00", 19.99)
    assert (article["tags"], article["is_published"]) == (["refund", "money", "days"], True)
    assert article["content"] == "One.\n\nTwo.\n\nThree."


def test_lines_follow_the_number_of_the_id(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    exported = write_jsonl(marts, FILES["reservations"], tmp_path / "r.jsonl")
    assert [line["reservation_id"] for line in read(tmp_path / "r.jsonl")] == ["r_99999", "r_100000"]
    assert (exported.file_name, exported.table_name) == ("generated/reservations.jsonl", "reservations")
    assert (exported.row_count, exported.content_hash) == (2, hash_file(tmp_path / "r.jsonl"))


@pytest.mark.parametrize("file", ENTITY_FILES, ids=lambda file: file.name)
def test_every_file_can_be_written(marts: DuckDBPyConnection, tmp_path: Path, file: EntityFile) -> None:
    exported = write_jsonl(marts, file, tmp_path / "file.jsonl")
    lines = read(tmp_path / "file.jsonl")
    assert exported.row_count == len(lines) > 0
    assert {tuple(line) for line in lines} == {file.keys}


def test_bytes_are_the_same_with_any_number_of_threads(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    marts.execute(
        "create or replace table main.venues as select * replace ('v_' || lpad(i::varchar, 5, '0') as venue_id)"
        " from main.venues, range(150000) as t (i) order by md5(i::varchar)"
    )
    venues = EntityFile(name="venues", schema="main", keys=FILES["venues"].keys)
    hashes = set()
    for threads in (1, 2, 4):
        marts.execute(f"set threads = {threads}")
        hashes.add(write_jsonl(marts, venues, tmp_path / f"{threads}.jsonl").content_hash)
    assert len(hashes) == 1


def test_hostile_text_stays_one_line(marts: DuckDBPyConnection, tmp_path: Path) -> None:
    hostile = "a\nb\r\u2028c\t\"'; drop table users; --\\ {{ config() }} <script> \x01 \u202e😀"
    marts.execute("update main.venues set name = ?", [hostile])
    write_jsonl(marts, FILES["venues"], tmp_path / "v.jsonl")
    assert (tmp_path / "v.jsonl").read_bytes().count(b"\n") == 1
    assert json.loads((tmp_path / "v.jsonl").read_text())["name"] == hostile
