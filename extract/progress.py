"""Progress for people: a bar an entity on a terminal, one line an entity anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]


@contextmanager
def show_progress(entity: str, landed: int, size: int) -> Iterator[Advance]:
    """Show how many of an entity's records have landed, while the block runs.

    Args:
        entity: what is pulled.
        landed: records that were there before.
        size: records asked.

    Yields:
        A function to call with the number of records just landed.
    """
    if not sys.stderr.isatty():
        yield _ignore
        return
    # Imported here: a run with nothing to pull, or without a terminal, does not need it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(f"{entity:<12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(entity, total=size, completed=landed)
        yield lambda count: progress.advance(task, count)


def _ignore(count: int) -> None:
    """Without a terminal the line at the end says it all."""


def say(entity: str, text: str) -> None:
    """Print the line of one entity."""
    print(f"{entity:<12}  {text}", flush=True)


def warn(text: str) -> None:
    """Print a warning, apart from the results."""
    print(f"warning: {text}", file=sys.stderr, flush=True)
