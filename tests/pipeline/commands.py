"""The two commands of the README, run as a person runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parents[2]
# The day every build of the tests is told on.
AS_OF = "2026-06-01"


def run_extract(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python extract/run.py` on a data directory."""
    return _run([sys.executable, "extract/run.py", *arguments], data_dir)


def run_dbt(data_dir: Path, *arguments: str, threads: int = 2, as_of: str = AS_OF) -> subprocess.CompletedProcess[str]:
    """Run dbt with the environment's own executable; `--vars` may be given by the caller."""
    dbt = str(Path(sys.executable).parent / "dbt")
    variables = [] if "--vars" in arguments else ["--vars", f"{{as_of: {as_of}}}"]
    return _run([dbt, *arguments, *variables, "--threads", str(threads)], data_dir)


def _run(command: list[str], data_dir: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "EVENTHUB_DATA_DIR": str(data_dir),
        "DBT_TARGET_PATH": str(data_dir / "work" / "target"),
        "DBT_LOG_PATH": str(data_dir / "work" / "logs"),
        "NO_COLOR": "1",
    }
    return subprocess.run(command, cwd=REPO_ROOT, env=environment, capture_output=True, text=True, check=False)
