"""The page of formats names every kind, and its five-minute paths run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import duckdb
import pytest

from export.writers import KINDS
from tests.paths import REPO_ROOT

PAGE = (REPO_ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_kind_has_a_line() -> None:
    assert set(KINDS) <= set(re.findall(r"`(\w+)`", PAGE))


def test_the_commands_of_analysts_run(built: Path) -> None:
    [command] = re.findall(r"^duckdb -readonly .*", PAGE, re.M)
    *_, query = shlex.split(command)
    with duckdb.connect(str(built / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute(query).fetchall()
        [shown] = re.findall(r'\.sql\("(.*?)"\)\.df', PAGE)
        assert len(connection.sql(shown).fetchall()) == 40


def test_the_questions_of_analysts_are_counted() -> None:
    questions = re.findall(r"^## \d+\. ", (REPO_ROOT / "docs" / "analysts.md").read_text(encoding="utf-8"), re.M)
    assert len(questions) == 20 and "Twenty questions" in PAGE


def test_the_path_of_agent_builders_runs(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EVENTHUB_DATA_DIR", str(built))
    [code] = [block for block in re.findall(r"```python\n(.*?)```", PAGE, re.S) if "environment.reset" in block]
    exec(compile(code, "formats.md", "exec"), {"__name__": "page"})
    told = capsys.readouterr().out
    assert "resolve_ticket" in told and "expected" in told


def test_every_place_that_it_names_is_one_that_is_written(built: Path) -> None:
    for name in ("retrieval", "eventhub.db", "udahub.db", "warehouse.duckdb", "metadata.json", "data_card.html"):
        assert name in PAGE and (built / name).exists()
