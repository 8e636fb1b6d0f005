"""`make run` in a fresh clone of what is committed, and again after a CSV file was changed in each of three ways."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.builds import REPO_ROOT
from bench.process import Watched, watch
from bench.results import Line, compare

MOST_SECONDS = 40
MOST_SECONDS_AGAIN = 12
SHARE = ("attribute", "value")
Changes = Mapping[tuple[str, ...], Mapping[str, str]]
# Shares that dbt deals, as docs/change-the-world.md changes them; and shares that are dealt when venues are pulled.
SOLD_OUT: Changes = {("event_status", "soldout"): {"share": "33"}, ("event_status", "active"): {"share": "57"}}
ACTIVE_AGAIN: Changes = {("event_status", "soldout"): {"share": "20"}, ("event_status", "active"): {"share": "70"}}
FURTHER_EAST: Changes = {
    ("venue_region", "San Francisco"): {"share": "46"},
    ("venue_region", "East Bay"): {"share": "29"},
}
# What a person who runs `make bench` has set is not theirs who clones.
FOREIGN = ("EVENTHUB_", "DBT_", "MAKE", "MFLAGS", "VIRTUAL_ENV", "PYTHON", "UV_CACHE_DIR", "PIP_CACHE_DIR")


def measure() -> Iterator[Line]:
    """Clone, make, and change CSV files one after the other."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        clone = Path(directory) / "clone"
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(REPO_ROOT), str(clone)], check=True)
        environment = clean_environment(os.environ, Path(directory))
        yield measure_first(clone, environment)
        yield measure_seed(clone, environment)
        yield measure_rewrite(clone, environment)
        yield measure_own(clone, environment, Path(directory) / "own")


def clean_environment(inherited: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """Return the environment of somebody who has cloned just now, and installed nothing before."""
    kept = {name: value for name, value in inherited.items() if not name.startswith(FOREIGN)}
    return {**kept, "UV_CACHE_DIR": str(scratch / "uv"), "PIP_CACHE_DIR": str(scratch / "pip")}


def measure_first(clone: Path, environment: dict[str, str]) -> Line:
    """Make everything from nothing; what has been written by when tells the parts."""
    begun = time.time()
    watched = run_make(clone, environment)
    installed = (clone / ".venv" / "run.ok").stat().st_mtime - begun
    pulled = (clone / "data" / "raw" / "manifest.json").stat().st_mtime - begun
    tool = "uv" if shutil.which("uv", path=environment.get("PATH")) else "pip"
    figures = (
        f"{watched}; installing by {tool}, with nothing in its cache, {installed:.1f} s, the pull "
        f"{pulled - installed:.1f} s, all else {watched.seconds - pulled:.1f} s; {watched.peak_bytes / 1e9:.1f} GB"
    )
    return compare("make run in a fresh clone, seconds", f"at most {MOST_SECONDS}", watched.seconds, figures)


def measure_seed(clone: Path, environment: dict[str, str]) -> Line:
    """Change shares of a seed that dbt alone reads."""
    change(clone / "dbt_project" / "seeds" / "shares.csv", SHARE, SOLD_OUT)
    return judge("make run after a changed seed (shares.csv), seconds", run_make(clone, environment))


def measure_rewrite(clone: Path, environment: dict[str, str]) -> Line:
    """Change shares that are dealt when venues are pulled: they are pulled anew."""
    change(clone / "dbt_project" / "seeds" / "shares.csv", SHARE, FURTHER_EAST)
    python = str(clone / ".venv" / "bin" / "python")
    pulled = watch([python, "extract/run.py", "--rewrite", "venues"], clone, environment, clone)
    built = run_make(clone, environment)
    both = Watched(
        pulled.seconds + built.seconds,
        pulled.cpu_seconds + built.cpu_seconds,
        max(pulled.peak_bytes, built.peak_bytes),
        built.spill_bytes,
    )
    name = "extract --rewrite venues and make run after changed shares of what is pulled (shares.csv), seconds"
    return judge(name, both, f"; of it the pull {pulled}")


def measure_own(clone: Path, environment: dict[str, str], folder: Path) -> Line:
    """Change a copy of the CSV files in a folder of one's own, which EVENTHUB_SEEDS_DIR names."""
    shutil.copytree(clone / "dbt_project" / "seeds", folder)
    change(folder / "shares.csv", SHARE, ACTIVE_AGAIN)
    watched = run_make(clone, {**environment, "EVENTHUB_SEEDS_DIR": str(folder)})
    return judge("make run with changed CSV files of one's own (EVENTHUB_SEEDS_DIR), seconds", watched)


def judge(name: str, watched: Watched, more: str = "") -> Line:
    """Compare a run that follows another with what it may take."""
    return compare(name, f"at most {MOST_SECONDS_AGAIN}", watched.seconds, f"{watched}{more}")


def run_make(clone: Path, environment: dict[str, str]) -> Watched:
    """Run `make run`, and make sure that it built something.

    Raises:
        subprocess.CalledProcessError: it failed.
        RuntimeError: it found nothing to do.
    """
    card = clone / "data" / "data_card.html"
    before = card.stat().st_mtime_ns if card.exists() else 0
    watched = watch(["make", "run", f"PYTHON={sys.executable}"], clone, environment, clone / "data" / "work" / "spill")
    if card.stat().st_mtime_ns == before:
        raise RuntimeError(f"make run in {clone} has built nothing, so nothing was measured")
    return watched


def change(path: Path, keys: tuple[str, ...], values: Changes) -> None:
    """Change fields of a CSV file in the rows that keys name; each of these must be there."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), list(reader.fieldnames or [])
    found = {tuple(row[key] for key in keys): row for row in rows}
    for key, fields in values.items():
        found[key].update(fields)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
