"""The report: one page of an exam, beside all others that were held on the same data with the same key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agentic.report.gathering import gather
from agentic.report.page import write_page

__all__ = ["write_report"]


def write_report(path: Path, files: Sequence[Path]) -> Path:
    """Write the page of some exams; return where it is.

    Args:
        path: where it is to be.
        files: of the exams; the first that can be read is shown in detail.

    Raises:
        DataError: no exam can be read.
        DrawingError: a chart cannot be drawn.
        OSError: the page cannot be written; an old one stays.
    """
    write_page(path, gather(files))
    return path
