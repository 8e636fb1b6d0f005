"""How far an exam is: a bar on a terminal, a line now and then anywhere else."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from agentic.run_lines import RunLine

# Without a terminal, how often a line tells how far an exam is.
LINE_SECONDS = 30.0


class Progress:
    """What is done, how it went and what it cost.

    Attributes:
        spent: USD of this sitting; not a number where a price is unknown.
    """

    def __init__(self, before: Sequence[RunLine], count: int) -> None:
        """Take the runs of sittings before, and how many there are to be."""
        self._kept, self._count = len(before), count
        self._done, self._passed = len(before), sum(run.passed for run in before)
        self._tokens = 0
        self._started = self._last = time.monotonic()
        self.spent = 0.0

    def advance(self, run: RunLine) -> None:
        """Count a run."""
        self._done += 1
        self._passed += run.passed
        self._tokens += run.tokens
        self.spent += math.nan if run.cost_usd is None else run.cost_usd
        self.show()

    def show(self) -> None:
        """Print a line, if the last one is long ago."""
        if time.monotonic() - self._last >= LINE_SECONDS and self._done < self._count:
            self._last = time.monotonic()
            print(f"{self._done} of {self._count} runs, {self.describe()}", file=sys.stderr, flush=True)

    def describe(self) -> str:
        """Say how it goes: the share that has passed, cost and time left."""
        parts = [f"{100 * self._passed / self._done:.0f} % passed"] if self._done else []
        parts += [self._describe_cost(), self._describe_time()]
        return ", ".join(filter(None, parts))

    def describe_done(self) -> str:
        """Say what is kept and how to go on."""
        runs = f"{self._done} of {self._count} runs are done and kept"
        return f"{runs}. The same command goes on from there, --fresh begins anew." if self._done else f"{runs}."

    def _describe_cost(self) -> str:
        if math.isnan(self.spent):
            return f"cost unknown ({self._tokens:,} tokens)"
        if not self._tokens:
            return ""
        worked = self._done - self._kept
        expected = self.spent / worked * (self._count - self._kept)
        return f"${self.spent:,.4f} of about ${expected:,.4f}"

    def _describe_time(self) -> str:
        worked = self._done - self._kept
        if not worked:
            return ""
        seconds = (time.monotonic() - self._started) / worked * (self._count - self._done)
        return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"


class _Bar(Progress):
    """The same on a terminal."""

    def __init__(self, before: Sequence[RunLine], count: int) -> None:
        # Imported here: without a terminal it is not needed.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        super().__init__(before, count)
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
        self.bars = Bars(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
        self._task = self.bars.add_task(self.describe(), total=count, completed=len(before))

    def show(self) -> None:
        self.bars.update(self._task, completed=self._done, description=self.describe())


@contextmanager
def show_progress(before: Sequence[RunLine], count: int) -> Iterator[Progress]:
    """Show, while the block runs, how far an exam is."""
    if before:
        print(f"{len(before)} of {count} runs are done from before; --fresh begins anew", file=sys.stderr)
    if not sys.stderr.isatty():
        yield Progress(before, count)
        return
    bar = _Bar(before, count)
    with bar.bars:
        yield bar
