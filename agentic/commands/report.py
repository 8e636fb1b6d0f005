"""`app.py report`: one page of the exams held so far."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from agentic.errors import DataError
from agentic.report import write_report
from common.page.vega import DrawingError


def report(asked: argparse.Namespace, data_dir: Path) -> int:
    """Write the page of the files that are named, else of all exams, and say where it is; give the exit code.

    Raises:
        DataError: a file cannot be read, or the page cannot be drawn.
    """
    folder = data_dir / "work" / "exam"
    try:
        print(write_report(folder / "report.html", asked.files or list_exams(folder)))
    except DrawingError as error:
        raise DataError(f"The report cannot be drawn: {error}") from error
    return 0


def list_exams(folder: Path, first: Iterable[Path] = ()) -> list[Path]:
    """Return the files of all exams that have ended: those that are to be first, then the newest."""
    return list(first) + sorted(folder.glob("*.jsonl"), key=lambda path: (-path.stat().st_mtime_ns, path.name))
