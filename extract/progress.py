"""Progress for people: a bar an entity on a terminal, a line now and then anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Without a terminal, how often a line tells how far a run is.
LINE_SECONDS = 30.0

Sizes = Sequence[tuple[str, int, int]]


class Screen(Protocol):
    """Where progress is shown."""

    def advance(self, entity: str, count: int) -> None:
        """Note records that have landed."""
        ...

    def show(self, state: str) -> None:
        """Renew the line on money and pace."""
        ...


@contextmanager
def show_progress(sizes: Sizes) -> Iterator[Screen]:
    """Show, while the block runs, how many records have landed.

    Args:
        sizes: entity, records that were there before, and records asked.
    """
    if not sys.stderr.isatty():
        yield _Lines()
        return
    # Imported here: a run with nothing to pull, or without a terminal, does not need it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bars(bars, sizes)


class _Bars:
    def __init__(self, bars: Progress, sizes: Sizes) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {
            entity: bars.add_task(entity, total=size, completed=landed) for entity, landed, size in sizes
        }
        self._money = bars.add_task("", total=None)

    def advance(self, entity: str, count: int) -> None:
        self._bars.advance(self._tasks[entity], count)

    def show(self, state: str) -> None:
        self._bars.update(self._money, description=state)


class _Lines:
    def __init__(self) -> None:
        self._last = time.monotonic()

    def advance(self, entity: str, count: int) -> None:
        """The line at the end of an entity says it."""

    def show(self, state: str) -> None:
        if time.monotonic() - self._last >= LINE_SECONDS:
            self._last = time.monotonic()
            print(state, file=sys.stderr, flush=True)


def describe_money(spent: float, is_known: bool, landed: int, left: int, seconds: float) -> str:
    """Say what was spent, what is expected in all, what is left to do, and how fast it goes."""
    expected = f"${spent + spent / landed * left:,.4f}" if landed else "?"
    money = f"spent ${spent:,.4f} of about {expected}" if is_known else "cost unknown"
    rate = landed / seconds
    remaining = f"{left / rate / 60:.0f} min left" if rate else "? left"
    return f"{money}, {landed:,} landed, {left:,} to go, {rate:,.1f} records/s, {remaining}"


def say(entity: str, text: str) -> None:
    """Print the line of one entity."""
    print(f"{entity:<12}  {text}", flush=True)


def warn(text: str) -> None:
    """Print a warning, apart from the results."""
    print(f"warning: {text}", file=sys.stderr, flush=True)
