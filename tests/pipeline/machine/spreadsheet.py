"""Saves a seed as a spreadsheet might."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path


def save_as_spreadsheet(path: Path, target: Path) -> None:
    """Save it with other line ends, a byte order mark, capitals, moved columns, and empty rows and columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    width = len(rows[0])
    rows = [[cell.upper() if cell in ("true", "false") else cell for cell in reversed(row)] for row in rows]
    rows = [[*row, ""] for row in [*rows[:3], [""] * width, *rows[3:], [""] * width, [""] * width]]
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(codecs.BOM_UTF8.decode())
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
