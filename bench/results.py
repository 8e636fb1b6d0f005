"""What the benchmarks measured: a line each, kept in results.json and shown in docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from common.atomic_write import write_atomically

REPO_ROOT = Path(__file__).resolve().parent.parent
RESULTS = REPO_ROOT / "bench" / "results.json"
PAGE = REPO_ROOT / "docs" / "benchmarks.md"
PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb", "sqlalchemy", "boto3")


@dataclass(frozen=True)
class Line:
    """One measured ratio; `asked` is a bound such as 'at least 20', or empty where a figure is only told."""

    name: str
    asked: str
    got: str
    met: bool | None
    figures: str
    date: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())


def compare(name: str, asked: str, got: float, figures: str, unit: str = "") -> Line:
    """Judge a figure by a bound: 'at least x', 'at most x', or nothing."""
    bound = float(asked.split()[-1]) if asked else 0.0
    met = None if not asked else got >= bound if "least" in asked else got <= bound
    return Line(name, asked, f"{got:.2f}{unit}" if got < 10 else f"{got:.1f}{unit}", met, figures)


def keep(lines: list[Line]) -> None:
    """Put new lines in the place of the old ones of the same name, and renew the page."""
    known = {line["name"]: line for line in json.loads(RESULTS.read_text())} if RESULTS.exists() else {}
    known |= {line.name: asdict(line) for line in lines}
    write_atomically(RESULTS, (json.dumps(list(known.values()), indent=1) + "\n").encode())
    write_atomically(PAGE, render([Line(**line) for line in known.values()]).encode())


def render(lines: list[Line]) -> str:
    """Return the page."""
    shown = {True: "yes", False: "no", None: ""}
    rows = [
        f"| {line.name} | {line.asked} | {line.got} | {shown[line.met]} | {line.figures} | {line.date} |"
        for line in lines
    ]
    head = ["| measured | asked | got | met | figures | date |", "|---|---|---|---|---|---|"]
    notes = (REPO_ROOT / "bench" / "notes.md").read_text()
    return "\n".join(["# Benchmarks", "", describe_machine(), "", *head, *rows, "", notes])


def describe_machine() -> str:
    """One sentence: cores, memory, Python and packages."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return (
        f"`make bench` and `make bench-large` measure and write this page. Machine: {os.cpu_count()} cores "
        f"({platform.machine()}), {memory:.0f} GiB, {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, {versions}."
    )
