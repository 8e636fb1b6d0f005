"""A landing that a crash, another version or somebody's editor has damaged: named in one line, never overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from extract.cli import main
from extract.landing.check import check_landing
from extract.landing.jsonl import SCHEMA_VERSION
from tests.faults.landing.conftest import read_files
from tests.pipeline.commands import copy_built, run_dbt

Damage = Callable[[Path], object]


def edit_line(name: str, change: Callable[[dict[str, Any]], object], number: int = 2) -> Damage:
    """Damage one line of a JSONL file."""

    def damage(raw_dir: Path) -> None:
        path = raw_dir / name
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
        line = json.loads(lines[number - 1])
        change(line)
        lines[number - 1] = json.dumps(line)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return damage


def replace_line(name: str, text: str, number: int = 2) -> Damage:
    """Put a text in the place of one line."""

    def damage(raw_dir: Path) -> None:
        lines = (raw_dir / name).read_text(encoding="utf-8").split("\n")[:-1]
        lines[number - 1] = text
        (raw_dir / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    return damage


def repeat_line(name: str) -> Damage:
    return lambda raw_dir: (raw_dir / name).write_bytes(
        (raw_dir / name).read_bytes() + (raw_dir / name).read_bytes().splitlines(keepends=True)[0]
    )


def write(name: str, text: str) -> Damage:
    return lambda raw_dir: (raw_dir / name).write_text(text, encoding="utf-8")


def edit_manifest(**changes: Any) -> Damage:
    return lambda raw_dir: (raw_dir / "manifest.json").write_text(
        json.dumps({**json.loads((raw_dir / "manifest.json").read_text()), **changes})
    )


EVENTS = "records/events.jsonl"
USERS, REPLIES, REJECTS = "records/users.jsonl", "replies/users.jsonl", "rejects/users.jsonl"
# What is wrong with the lines, and what the one line about it says.
BROKEN_LINES: dict[str, tuple[Damage, str]] = {
    "cut in the middle": (replace_line(USERS, '{"schema_version":1,"posi'), f"{USERS}:2 is not JSON"),
    "blank line": (replace_line(USERS, ""), f"{USERS}:2 is not JSON"),
    "wrong type": (edit_line(USERS, lambda line: line.update(city=7)), f"{USERS}:2 has city=7, which is no str"),
    "missing key": (edit_line(USERS, lambda line: line.pop("city")), f"{USERS}:2 has city=None, which is no str"),
    "unknown key": (edit_line(USERS, lambda line: line.update(age=40)), f"{USERS}:2 has 'age', which is no column"),
    "same position": (repeat_line(USERS), f"{USERS}:101 has position 1 again"),
    "newer line": (
        edit_line(USERS, lambda line: line.update(schema_version=9)),
        f"{USERS}:2 has schema_version 9; this extract reads {SCHEMA_VERSION}. A newer extract wrote it: update",
    ),
    "no version": (edit_line(USERS, lambda line: line.pop("schema_version")), f"{USERS}:2 has schema_version None"),
    "reply without text": (edit_line(REPLIES, lambda line: line.pop("text")), f"{REPLIES}:2 has text=None"),
    "reply of no attempt": (edit_line(REPLIES, lambda line: line.update(attempt="x")), f"{REPLIES}:2 has attempt='x'"),
    "reject of nothing": (write(REJECTS, '{"schema_version":1}\n'), f"{REJECTS}:1 has reply_id=None"),
    "empty manifest": (write("manifest.json", ""), "manifest.json cannot be read: it is not JSON"),
    "manifest cut": (write("manifest.json", '{"schema_version": 1, "as_'), "manifest.json cannot be read"),
    "manifest of 9": (
        edit_manifest(schema_version=9),
        f"manifest.json has schema_version 9; this extract reads {SCHEMA_VERSION}",
    ),
    "manifest day": (edit_manifest(as_of="nonsense"), "manifest.json cannot be read: as_of"),
    "manifest long ago": (edit_manifest(as_of="0001-01-01"), "as_of: Input should be greater than or equal to 1900"),
    "manifest count": (edit_manifest(counts={"users": -5}), "counts.users: Input should be greater than or equal to 1"),
    "manifest key": (edit_manifest(asof="2026-01-01"), "asof: Extra inputs are not permitted"),
    "no manifest": (lambda raw_dir: (raw_dir / "manifest.json").unlink(), "manifest.json is missing, although records"),
}


@pytest.mark.parametrize("name", BROKEN_LINES)
def test_a_broken_landing_is_one_line_and_nothing_is_overwritten(
    raw_dir: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    damage, message = BROKEN_LINES[name]
    damage(raw_dir)
    before = read_files(raw_dir)

    assert main(["--count", "users=150"]) == 1

    error = capsys.readouterr().err
    assert error.startswith("error: ") and message in error and error.count("\n") == 1
    assert read_files(raw_dir) == before


def test_the_same_natural_key_twice_is_named(raw_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = json.loads((raw_dir / EVENTS).read_text(encoding="utf-8").splitlines()[0])
    edit_line(EVENTS, lambda line: line.update(title=first["title"]), 3)(raw_dir)

    assert main(["--count", "events=60"]) == 1

    assert f"{EVENTS}:3 has the title of position {first['position']} again" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["cut in the middle", "wrong type", "same position", "no manifest"])
def test_pulling_again_mends_what_was_named(raw_dir: Path, name: str) -> None:
    BROKEN_LINES[name][0](raw_dir)

    assert main(["--rewrite", "--test"]) == 0

    assert check_landing(raw_dir) is None


@pytest.mark.parametrize("name", [USERS, REPLIES, "records/tickets.jsonl"])
def test_an_emptied_file_of_lines_is_filled_again_from_the_others(raw_dir: Path, name: str) -> None:
    before = pl.read_parquet(raw_dir / "users.parquet")
    (raw_dir / name).write_bytes(b"")

    assert main([]) == 0

    assert pl.read_parquet(raw_dir / "users.parquet").equals(before)
    assert pl.read_parquet(raw_dir / "tickets.parquet").height == 40


def test_a_torn_last_line_is_told_and_pulled_again(raw_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = pl.read_parquet(raw_dir / "users.parquet")
    (raw_dir / USERS).write_bytes((raw_dir / USERS).read_bytes()[:-40])

    assert main([]) == 0

    assert f"{USERS}:100 was cut short by a crash" in capsys.readouterr().err
    assert pl.read_parquet(raw_dir / "users.parquet").equals(before)


def rewrite_parquet(name: str, select: str, version: int = SCHEMA_VERSION) -> Damage:
    """Write one Parquet file anew with what a query makes of it."""

    def damage(raw_dir: Path) -> None:
        path = raw_dir / f"{name}.parquet"
        query = select.format(f"'{path}'")
        duckdb.sql(f"copy ({query}) to '{path}.new' (format parquet, kv_metadata {{schema_version: '{version}'}})")
        Path(f"{path}.new").replace(path)

    return damage


def cut_in_half(raw_dir: Path) -> None:
    path = raw_dir / "tickets.parquet"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble_pages(raw_dir: Path) -> None:
    path = raw_dir / "tickets.parquet"
    data = bytearray(path.read_bytes())
    data[1000:1200] = bytes(200)
    path.write_bytes(data)


BROKEN_PARQUET: dict[str, tuple[Damage, str]] = {
    "missing": (lambda raw_dir: (raw_dir / "users.parquet").unlink(), "users.parquet is missing"),
    "empty": (write("users.parquet", ""), "users.parquet is no whole Parquet file"),
    "text": (write("calls.parquet", "reply_id,entity\n"), "calls.parquet is no whole Parquet file"),
    "cut": (cut_in_half, "tickets.parquet is no whole Parquet file"),
    "garbled": (garble_pages, "tickets.parquet is no whole Parquet file"),
    "newer": (
        rewrite_parquet("users", "from {}", version=9),
        f"users.parquet has schema_version 9; this dbt project reads {SCHEMA_VERSION}. A newer extract wrote it",
    ),
    "older": (
        rewrite_parquet("users", "from {}", version=0),
        f"users.parquet has schema_version 0; this dbt project reads {SCHEMA_VERSION}. Bring it up to date",
    ),
    "missing column": (rewrite_parquet("venues", "select * exclude (region) from {}"), "has region as no column"),
    "unknown column": (rewrite_parquet("venues", "select *, 1 as stars from {}"), "has a column 'stars'"),
    "wrong type": (
        rewrite_parquet("events", "select * replace (7 as title) from {}"),
        "events.parquet has title as INTEGER, where VARCHAR is needed",
    ),
    "empty cell": (
        rewrite_parquet("kb_articles", "select * replace (nullif(title, min(title) over ()) as title) from {}"),
        "kb_articles.parquet has 1 rows without title",
    ),
    "same position": (rewrite_parquet("users", "from {0} union all (from {0} limit 1)"), "has a position twice"),
    "gap": (rewrite_parquet("users", "from {} where position <> 5"), "has a position twice, or leaves one out"),
    "manifest": (edit_manifest(as_of="9999-01-01"), "as_of: Input should be less than or equal to 2999-12-31"),
}


@pytest.mark.parametrize("name", BROKEN_PARQUET)
def test_dbt_is_told_in_one_line_what_is_wrong_with_the_landing(raw_dir: Path, name: str) -> None:
    assert check_landing(raw_dir) is None
    damage, message = BROKEN_PARQUET[name]
    damage(raw_dir)

    problem = check_landing(raw_dir)

    assert problem is not None and message in problem and "\n" not in problem


@pytest.mark.parametrize("name", ["missing", "empty", "cut", "older"])
def test_extract_puts_a_parquet_file_that_was_removed_back(landed: Path, raw_dir: Path, name: str) -> None:
    BROKEN_PARQUET[name][0](raw_dir)
    for path in raw_dir.glob("*.parquet"):
        path.unlink()

    assert main([]) == 0

    assert check_landing(raw_dir) is None
    assert (raw_dir / "users.parquet").read_bytes() == (landed / "users.parquet").read_bytes()


def test_dbt_stops_at_a_broken_landing_and_leaves_the_old_files(built: Path, tmp_path: Path) -> None:
    copy_built(built, tmp_path / "data")
    BROKEN_PARQUET["wrong type"][0](tmp_path / "data" / "raw")
    before = (tmp_path / "data" / "eventhub.db").stat().st_ino

    done = run_dbt(tmp_path / "data", "build", "--quiet")

    assert done.returncode != 0 and "Traceback" not in done.stdout + done.stderr
    assert "events.parquet has title as INTEGER, where VARCHAR is needed. Remove it and run" in done.stdout
    assert "Binder" not in done.stdout
    assert (tmp_path / "data" / "eventhub.db").stat().st_ino == before
