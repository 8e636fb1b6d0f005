"""Prints tables: with colours and lines on a terminal, as plain text in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table


def print_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows; the first two columns are words, the others numbers."""
    if sys.stdout.isatty():
        _print_rich(names, rows)
    else:
        sys.stdout.write(format_table(names, rows))


def format_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Align rows as plain text."""
    cells = [list(names), *map(list, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(names))]
    return "".join(_align(row, widths) + "\n" for row in cells)


def _align(row: Sequence[str], widths: Sequence[int]) -> str:
    pairs = enumerate(zip(row, widths, strict=True))
    return "  ".join(cell.ljust(width) if place < 2 else cell.rjust(width) for place, (cell, width) in pairs).rstrip()


def _print_rich(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table()
    for place, name in enumerate(names):
        table.add_column(name, justify="left" if place < 2 else "right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def format_share(share: float) -> str:
    """Write a share in percent."""
    return f"{100 * share:.1f} %"
