"""A copy of the checkout, as small as a build needs it, and commands run as somebody who may not write there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.paths import REPO_ROOT

PARTS = (
    "common",
    "data/models",
    "dbt_project",
    "dbt_project.yml",
    "export",
    "agentic",
    "extract",
    "logs",
    "profiles.yml",
    "pyproject.toml",
)
# Root may write everywhere, unless it gives that up.
WITHOUT_RIGHTS = [
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
]


def copy_checkout(target: Path) -> Path:
    """Copy what a build needs."""
    for part in PARTS:
        source, copy = REPO_ROOT / part, target / part
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "dbt.log"))
        else:
            shutil.copy(source, copy)
    return target


def set_writable(root: Path, is_writable: bool) -> None:
    """Give or take the right to write in a folder and all below it."""
    for path in [root, *root.rglob("*")]:
        mode = path.stat().st_mode
        path.chmod(mode | 0o200 if is_writable else mode & ~0o222)


def list_files(root: Path) -> set[str]:
    """List all files of a folder but those that Python keeps for itself."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if "__pycache__" not in path.parts}


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder with an environment of its own, without the rights of root."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DBT_", "EVENTHUB_"))}
    rights = WITHOUT_RIGHTS if os.geteuid() == 0 and shutil.which("setpriv") else []
    return subprocess.run(
        [*rights, *command],
        cwd=folder,
        env={**clean, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def run_dbt(checkout: Path, folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run dbt on a checkout from another folder."""
    dbt = str(Path(sys.executable).parent / "dbt")
    places = ["--project-dir", str(checkout), "--profiles-dir", str(checkout)]
    return run([dbt, *words, "--quiet", *places], folder, **environment)


def say(result: subprocess.CompletedProcess[str]) -> str:
    """Return all that a command has said."""
    return result.stdout + result.stderr
