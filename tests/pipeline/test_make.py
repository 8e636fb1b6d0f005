"""What `make run` does of its own: what it ends with where a rule or the pull fails, and when it loads dbt."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import make_run

LINE = 'texts.counts_are_the_bookings: 3 of 11,204 rows, such as t_00042: "… 00 tickets …"\n'


def fail_to_build(data_dir: Path, monkeypatch: pytest.MonkeyPatch, told: str | None) -> None:
    """Build with a dbt that fails, and tells of this broken rule."""

    def fail(_: Sequence[str]) -> int:
        if told:
            (data_dir / make_run.FAILED_TESTS).write_text(told, encoding="utf-8")
        return 2

    (data_dir / "work").mkdir()
    (data_dir / make_run.FAILED_TESTS).write_text("users.email_is_unique: of an earlier build\n", encoding="utf-8")
    monkeypatch.setattr(make_run, "run_dbt", fail)
    assert make_run.build(data_dir, "of now") == 2
    assert not (data_dir / "work" / "built").exists()


def test_make_run_ends_with_the_rules_that_are_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fail_to_build(tmp_path, monkeypatch, LINE)
    *_, reason, rule = capsys.readouterr().err.splitlines(keepends=True)
    assert rule == LINE and "no file" in reason


def test_make_run_does_not_repeat_what_an_earlier_build_has_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fail_to_build(tmp_path, monkeypatch, None)
    assert "no file" in capsys.readouterr().err.splitlines()[-1]


def test_a_pull_that_fails_ends_make_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTHUB_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(make_run, "REPO_ROOT", tmp_path)
    monkeypatch.setattr(make_run, "load_dbt", lambda: None)
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "run.py").write_text("raise SystemExit(2)")
    assert make_run.main() == 2


def test_dbt_is_not_loaded_where_nothing_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        raise AssertionError

    monkeypatch.setattr(make_run, "load_dbt", load)
    monkeypatch.setattr(make_run, "is_fresh", lambda data_dir: data_dir == tmp_path)
    monkeypatch.setattr(subprocess, "Popen", FinishedPull)
    assert make_run.pull(tmp_path) == 0


class FinishedPull:
    """A pull that had nothing to do."""

    returncode = 0

    def __init__(self, command: list[str]) -> None:
        assert command[1].endswith("run.py")

    def __enter__(self) -> FinishedPull:
        return self

    def __exit__(self, *_: object) -> None:
        return None
