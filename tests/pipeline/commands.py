"""The two commands of the README, run as a person runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parents[2]
# The as_of of every build of the tests.
AS_OF = "2026-06-01"


def run_extract(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python extract/run.py` on a data directory."""
    return _run([sys.executable, "extract/run.py", *arguments], data_dir)


def run_dbt(data_dir: Path, *arguments: str, threads: int = 2, as_of: str = AS_OF) -> subprocess.CompletedProcess[str]:
    """Run dbt with the environment's own executable; `--vars` may be given by the caller."""
    return _run(dbt_command(*arguments, threads=threads, as_of=as_of), data_dir)


def dbt_command(*arguments: str, threads: int = 2, as_of: str = AS_OF) -> list[str]:
    """Return the command line of the environment's own dbt; unit tests read no data, so one run of all is enough."""
    dbt = str(Path(sys.executable).parent / "dbt")
    variables = [] if "--vars" in arguments else ["--vars", f"{{as_of: {as_of}}}"]
    no_units = arguments[0] in ("build", "test") and "--resource-type" not in arguments
    without = ["--exclude-resource-type", "unit_test"] if no_units else []
    return [dbt, *arguments, *variables, *without, "--threads", str(threads)]


def build_environment(data_dir: Path) -> dict[str, str]:
    """Return an environment in which all output goes to a data directory."""
    return {
        **os.environ,
        "EVENTHUB_DATA_DIR": str(data_dir),
        "DBT_TARGET_PATH": str(data_dir / "work" / "target"),
        "DBT_LOG_PATH": str(data_dir / "work" / "logs"),
        "NO_COLOR": "1",
    }


def _run(command: list[str], data_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=REPO_ROOT, env=build_environment(data_dir), capture_output=True, text=True, check=False
    )
