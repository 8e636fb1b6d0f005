"""Progress for people: a bar an entity on a terminal, a line now and then anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Group

    from extract.pull.jobs import Job
    from extract.pull.receipt import Receipt

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
        sizes: entity, records that were there before, and records requested.
    """
    if not sys.stderr.isatty():
        yield _Lines()
        return
    # Imported here: a run with nothing to pull, or without a terminal, does not need it.
    from rich.console import Console
    from rich.live import Live

    console, bars = Console(stderr=True), _Bars(sizes)
    # Lines on what has landed go above the bars, unless they go to a file.
    above = sys.stdout.isatty()
    with Live(console=console, get_renderable=bars.render, transient=True, redirect_stdout=above):
        yield bars


class _Bars:
    """A bar an entity, and below them one line on money, rate and time."""

    def __init__(self, sizes: Sizes) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn

        columns = (TextColumn("{task.description:<12}"), BarColumn(), TaskProgressColumn(), MofNCompleteColumn())
        self._bars = Progress(*columns)
        self._state = ""
        self._tasks = {
            entity: self._bars.add_task(entity, total=size, completed=landed) for entity, landed, size in sizes
        }

    def advance(self, entity: str, count: int) -> None:
        self._bars.advance(self._tasks[entity], count)

    def show(self, state: str) -> None:
        self._state = state

    def render(self) -> Group:
        from rich.console import Group
        from rich.text import Text

        return Group(self._bars, Text(self._state, no_wrap=True, overflow="ellipsis"))


class _Lines:
    def __init__(self) -> None:
        self._last = time.monotonic()

    def advance(self, entity: str, count: int) -> None:
        """The line at the end of an entity says it."""

    def show(self, state: str) -> None:
        if time.monotonic() - self._last >= LINE_SECONDS:
            self._last = time.monotonic()
            print(state, file=sys.stderr, flush=True)


def describe_state(receipt: Receipt, missing: int, seconds: float) -> str:
    """Say what was spent, what is expected in all, what is left to do, and how fast it goes.

    Args:
        receipt: what the pull has taken and brought so far.
        missing: records that were missing when it began.
        seconds: since then.
    """
    spent, landed, left = receipt.cost_usd, receipt.accepted, missing - receipt.accepted
    expected = f"${spent + spent / landed * left:,.4f}" if landed else "?"
    money = f"spent ${spent:,.4f} of about {expected}" if receipt.is_cost_known else "cost unknown"
    rate = landed / max(seconds, 0.001)
    remaining = f"{_describe_time(left / rate)} left" if rate else "? left"
    # What a narrow terminal cuts off stands last: the bars say it too.
    return f"{money}, {rate:,.1f} records/s, {remaining}, {landed:,} landed, {left:,} to go"


def _describe_time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:.1f} h"


def say(entity: str, text: str) -> None:
    """Print the line of one entity."""
    print(f"{entity:<12}  {text}", flush=True)


def say_complete(job: Job, calls: int, seconds: float) -> None:
    """Print the line of an entity that has landed whole."""
    new = f"{len(job.missing):,} new, {calls:,} call{'' if calls == 1 else 's'}, {seconds:.1f} s"
    say(job.entity, f"{job.size:,} of {job.size:,} landed ({new})")


def tell_interrupted(text: str) -> None:
    """Say what Ctrl-C has done; on a terminal below the ^C that it leaves there."""
    print(f"\n{text}" if sys.stderr.isatty() else text, file=sys.stderr, flush=True)


def warn(text: str) -> None:
    """Print a warning, apart from the results."""
    print(f"warning: {text}", file=sys.stderr, flush=True)
