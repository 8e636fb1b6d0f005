"""`python -m eventhub` in a checkout; tests/plugs/test_package.py has the same of an installed package."""

from __future__ import annotations

import subprocess
import sys

import pytest

from eventhub.command import COMMANDS, DESK, HELP, main
from tests.paths import REPO_ROOT


def test_every_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert capsys.readouterr().out == HELP
    assert all(f"  {name}" in HELP or f", {name} " in HELP for name in (*COMMANDS, *DESK))


def test_a_plan_from_a_checkout() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "eventhub", "plan", "--test"], cwd=REPO_ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0 and "tickets" in told.stdout, told.stderr


@pytest.mark.parametrize("words", [["biuld"], ["verify", "all"]])
def test_wrong_use_is_told_in_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: ") and told.count("\n") == 1


def test_nothing_to_do_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: eventhub" in capsys.readouterr().out
