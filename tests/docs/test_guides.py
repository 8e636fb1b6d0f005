"""What the guides show runs, and gives what stands beneath it."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from docs.refresh import (
    DOCS,
    GUIDES,
    README,
    describe_build,
    describe_conversations,
    find_blocks,
    format_table,
    refresh,
    run_block,
)

SUMMARY = Path(__file__).parents[2] / "export" / "summary.py"
QUERIES = [code for code, _ in find_blocks(DOCS / "analysts.md")]
SHOWN = [(code, output) for guide in GUIDES for code, output in find_blocks(DOCS / guide)]


def name_of(code: object) -> str:
    return str(code).splitlines()[1][:40] if isinstance(code, str) and "\n" in code else ""


def test_the_summary_counts_the_queries_in_both_dialects() -> None:
    assert f" {len(QUERIES)} queries" in SUMMARY.read_text(encoding="utf-8")
    assert {code.splitlines()[0] for code in QUERIES} == {"-- DuckDB", "-- SQLite"}


@pytest.mark.parametrize(("code", "output"), find_blocks(DOCS / "analysts.md"), ids=name_of)
def test_a_query_answers_with_the_columns_that_the_guide_shows(built: Path, code: str, output: str) -> None:
    answer = run_block(code, built).splitlines()
    assert len(answer) > 2 and len(output.splitlines()) > 2
    if not code.startswith("-- DuckDB\npivot"):  # whose columns are the categories there are
        assert answer[0].split() == output.splitlines()[0].split()


@pytest.mark.long
@pytest.mark.parametrize(("code", "output"), SHOWN, ids=name_of)
def test_the_guides_show_what_the_full_set_gives(full: Path, code: str, output: str) -> None:
    assert run_block(code, full) == output


@pytest.mark.long
def test_the_readme_says_what_the_full_set_is(full: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert describe_conversations(describe_build(text, full), full) == text


def test_the_readme_follows_the_build(built: Path) -> None:
    text = describe_build("built   nothing\nother\nand 3 rules\n", built)
    assert text.startswith("built   eventhub.db (") and "other" in text and " 3 rules" not in text


def test_a_conversation_is_quoted_with_its_booking(built: Path) -> None:
    text = describe_conversations("a\n<!-- conversation: t_00001 -->\nold\n<!-- end -->\nb", built)
    assert text.startswith("a\n<!-- conversation: t_00001 -->\nTicket t_00001, written on 2026-05-")
    assert "> **user** " in text and "old" not in text and text.endswith("<!-- end -->\nb")


def test_python_of_the_guides_runs(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.parent)
    code = re.findall(r"```python\n(.*?)```", (DOCS / "agents.md").read_text(encoding="utf-8"), re.S)[0]
    exec(compile(code, "agents.md", "exec"), {})


def test_python_of_the_plugs_runs(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTHUB_DATA_DIR", str(built))
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "agents.md").read_text(encoding="utf-8"), re.S)
    shown = [code for code in blocks if "agentic.plugs" in code]
    assert len(shown) > 1
    for code in shown:
        exec(compile(code, "agents.md", "exec"), {})


FILES = ("users", "venues", "events", "reservations", "kb_articles", "tickets", "ticket_labels")


def read_frame_code() -> str:
    """The block of the analysts' guide that reads files into data frames."""
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "analysts.md").read_text(encoding="utf-8"), re.S)
    return next(block for block in blocks if "read_ndjson" in block)


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def widen(data_dir: Path, tmp_path: Path) -> dict[str, Path]:
    """Copy the files, each with a hundred more lines before its own, so that what is rare comes late."""
    paths = {}
    for name in FILES:
        lines = (data_dir / "generated" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
        paths[name] = tmp_path / f"{name}.jsonl"
        paths[name].write_text("\n".join([lines[0]] * 100 + lines), encoding="utf-8")
    return paths


def test_the_guides_call_of_polars_keeps_every_value(built: Path, tmp_path: Path) -> None:
    call = re.findall(r"pl\.read_ndjson\(.*?\)", read_frame_code(), re.S)[0]
    for path in widen(built, tmp_path).values():
        frame = eval(re.sub(r'"[^"]*"', repr(str(path)), call), {"pl": pl})
        # a struct has a field for each fact of any line
        rows = [
            {key: drop_nulls(value) if isinstance(value, dict) else value for key, value in row.items()}
            for row in frame.to_dicts()
        ]
        assert rows == read_rows(path)


def drop_nulls(value: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in value.items() if one is not None}


def test_the_guides_call_of_pandas_keeps_every_value(built: Path, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    tree = ast.parse(read_frame_code())
    tree.body = [part for part in tree.body if isinstance(part, ast.FunctionDef)]
    names: dict[str, Any] = {"pd": pd, "json": json}
    exec(compile(tree, "analysts.md", "exec"), names)
    for path in widen(built, tmp_path).values():
        frame = names["read_jsonl"](path)
        for row, made in zip(read_rows(path), frame.to_dict("records"), strict=True):
            for key, value in row.items():
                assert (made[key] == value and type(made[key]) is type(value)) or (value is None and pd.isna(made[key]))


def test_no_guide_shows_a_call_that_guesses_types() -> None:
    for guide in DOCS.glob("*.md"):
        for block in re.findall(r"```python\n(.*?)```", guide.read_text(encoding="utf-8"), re.S):
            for call in re.findall(r"(?:pd\.read_json|pl\.(?:read|scan)_ndjson)\([^)]*\)", block):
                assert "dtype=False, convert_dates=False" in call or "infer_schema_length=None" in call, (guide, call)


def test_refresh_replaces_outputs_alone(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("a\n```sql\n-- SQLite\nselect 1\n```\n```text\nold\n```\nb\n")
    refresh(guide, lambda code: "new\n")
    assert guide.read_text() == "a\n```sql\n-- SQLite\nselect 1\n```\n```text\nnew\n```\nb\n"


def test_tables_are_aligned() -> None:
    assert format_table(["city", "n"], [("Oakland", 1200), (None, 7)]) == (
        "city         n\n-------  -----\nOakland  1,200\n             7\n"
    )
