"""A notebook may build again and again: each command takes the data directory at its beginning, and gives it back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import CASES, REPO_ROOT
from tests.pipeline.commands import build_environment, copy_built

COMMANDS = {"first": True, "second": True, "failed": False, "interrupted": False, "in a thread": True}


def test_what_a_command_takes_is_given_back_at_its_end(built: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    command = [sys.executable, "-m", "tests.faults.one_process"]
    environment = build_environment(data_dir)
    done = subprocess.run(command, cwd=REPO_ROOT, env=environment, capture_output=True, text=True, check=False)
    told = [line for line in done.stdout.splitlines() if line.endswith(("as before", "tuned"))]
    assert told == [f"{name} {success} free as before" for name, success in COMMANDS.items()], done.stdout + done.stderr


@pytest.mark.long
def test_a_notebook_builds_a_terminal_pulls_and_the_notebook_builds_again(tmp_path: Path) -> None:
    command = [sys.executable, str(CASES / "two_builds_in_one_process.py")]
    environment = build_environment(tmp_path / "data")
    done = subprocess.run(command, cwd=REPO_ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "first build  True" in done.stdout and "second build True" in done.stdout, done.stdout + done.stderr
