"""Makes everything, for `make run`: pulls what is missing, builds if anything has changed, and says what there is."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

from export.freshness import fingerprint, is_fresh, note_build
from export.summary import summarise, wants_colour, write
from extract.errors import UsageError
from extract.paths import REPO_ROOT, require_data_dir
from tools.run_dbt import run_dbt

BUILD = ("--no-write-json", "build", "--quiet", "--exclude-resource-type", "unit_test")
FAILED_TESTS = Path("work", "failed_tests.txt")


def main() -> int:
    """Pull, build and tell; return the exit code."""
    data_dir = require_data_dir()
    try:
        if code := pull(data_dir):
            return code
        made_of = fingerprint(data_dir)
        if is_fresh(data_dir, made_of):
            print("Nothing to build: neither the raw content nor a model has changed since the last build.")
        elif code := build(data_dir, made_of):
            return code
    except KeyboardInterrupt:
        return 130
    write(summarise(data_dir), sys.stdout)
    return 0


def pull(data_dir: Path) -> int:
    """Pull what is missing, in a process of its own: where a build is to follow, dbt is loaded meanwhile."""
    with subprocess.Popen([sys.executable, str(REPO_ROOT / "extract" / "run.py")]) as pulling:
        try:
            if not is_fresh(data_dir):
                load_dbt()
        except UsageError:
            pass  # the pull tells of it
    return pulling.returncode


def load_dbt() -> None:
    """Load what a build takes a second to load."""
    import dbt.cli.main  # noqa: F401
    import dbt.task.build  # noqa: F401

    import export.dbt_plugins.workspace  # noqa: F401


def build(data_dir: Path, made_of: str) -> int:
    """Build of what has this fingerprint, check and export; where that fails, end with the rules that are broken."""
    print("Building and checking; the files of an earlier build stay until all rules hold ...", flush=True)
    if not wants_colour(sys.stdout):
        os.environ["DBT_USE_COLORS"] = "false"
    (data_dir / FAILED_TESTS).unlink(missing_ok=True)
    if code := run_dbt(BUILD):
        sys.stderr.write(f"The build failed for the reason above; no file in {data_dir} was replaced.\n")
        if (data_dir / FAILED_TESTS).exists():
            sys.stderr.write((data_dir / FAILED_TESTS).read_text(encoding="utf-8"))
        return code
    note_build(data_dir, made_of)
    return 0


if __name__ == "__main__":
    gc.disable()  # as tools/run_dbt.py
    sys.exit(main())
