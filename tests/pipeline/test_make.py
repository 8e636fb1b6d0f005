"""What `make run` ends with where a rule is broken. Its tools are stand-ins, and dbt fails at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.paths import REPO_ROOT

LINE = 'texts.counts_are_the_bookings: 3 of 11,204 rows, such as t_00042: "… 00 tickets …"'
# What make asks of Python: where the data are, whether anything is to be built, and dbt.
PYTHON = """case "$*" in
*extract.paths*) echo "$EVENTHUB_DATA_DIR" ;;
*export.freshness*) exit 1 ;;
*tools/run_dbt.py\\ *) shift; exec "$(dirname "$0")/dbt" ;;
esac
"""
TELL = """printf '%s\\n' '{line}' > "$EVENTHUB_DATA_DIR/work/failed_tests.txt"\n"""


def make_run(folder: Path, dbt: str) -> list[str]:
    """Run `make run` in an environment that is up to date, with this shell script for dbt; return its last words."""
    programs, data_dir = folder / "venv" / "bin", folder / "data"
    programs.mkdir(parents=True)
    for name, script in (("dbt", f"{dbt}\nexit 1\n"), ("python", PYTHON)):
        (programs / name).write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
        (programs / name).chmod(0o755)
    (folder / "venv" / "run.ok").touch()
    (data_dir / "raw").mkdir(parents=True)
    (data_dir / "raw" / "manifest.json").touch()
    (data_dir / "work").mkdir()
    (data_dir / "work" / "failed_tests.txt").write_text(
        "users.email_is_unique: of an earlier build\n", encoding="utf-8"
    )
    run = subprocess.run(
        ["make", "run", f"VENV={folder / 'venv'}", f"PYTHON={sys.executable}"],
        cwd=REPO_ROOT,
        env={**os.environ, "EVENTHUB_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    return [line for line in run.stderr.splitlines() if not line.startswith("make")]


def test_make_run_ends_with_the_rules_that_are_broken(tmp_path: Path) -> None:
    said = make_run(tmp_path, TELL.format(line=LINE))
    assert said[-1] == LINE and "no file" in said[-2]


def test_make_run_does_not_repeat_what_an_earlier_build_has_said(tmp_path: Path) -> None:
    assert "no file" in make_run(tmp_path, "echo 'Compilation Error'")[-1]
