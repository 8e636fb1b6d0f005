"""What work takes: seconds by the clock, seconds of processors, and the memory and spill of a watched command.

Both seconds are told of everything measured: where the clock runs far ahead of the processors on work that keeps them
busy, the machine had other things to do.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

WATCH_SECONDS = 0.5
PROC = Path("/proc")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and those of processors, user and system, with the processes that were begun."""

    seconds: float
    cpu_seconds: float

    def __str__(self) -> str:
        """Say both."""
        digits = 2 if self.seconds < 10 else 1
        return f"{self.seconds:.{digits}f} s ({self.cpu_seconds:.{digits}f} s of CPU)"


@dataclass(frozen=True)
class Watched(Spent):
    """A command: also the most memory of its processes at one moment, and the most its spill directory held."""

    peak_bytes: int
    spill_bytes: int


def time_call(work: Callable[[], T]) -> tuple[T, Spent]:
    """Do some work in this process; return what comes of it, and what it took."""
    started, before = time.perf_counter(), _count_processors()
    made = work()
    return made, Spent(time.perf_counter() - started, _count_processors() - before)


def _count_processors() -> float:
    """Return the seconds of this process, which the kernel tells finely, and those of its children, in ticks."""
    return time.process_time() + sum(os.times()[2:4])


def watch(command: list[str], folder: Path, environment: dict[str, str], spill: Path) -> Watched:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment)
    watcher = _Watcher(process.pid, spill)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    watcher.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # The kernel tells of what was waited for, to the last moment; the watcher also of what outlives its parent, as a
    # JVM of Spark does.
    return Watched(
        seconds,
        max(usage.ru_utime + usage.ru_stime, watcher.cpu_seconds),
        max(usage.ru_maxrss * 1024, watcher.peak_bytes),
        watcher.spill_bytes,
    )


class _Watcher(threading.Thread):
    """Looks at a process, at all that it has begun, and at a folder, every half second."""

    def __init__(self, pid: int, spill: Path) -> None:
        super().__init__(daemon=True)
        self._pid, self._spill = pid, spill
        self._ended = threading.Event()
        self._cpu: dict[int, float] = {}
        self.peak_bytes = self.spill_bytes = 0

    @property
    def cpu_seconds(self) -> float:
        """What all processes took, as far as each was seen."""
        return sum(self._cpu.values())

    def run(self) -> None:
        """Look, until it is stopped."""
        while not self._ended.wait(WATCH_SECONDS):
            family = list(list_family(self._pid))
            self._cpu |= {one.pid: one.cpu_seconds for one in family}
            self.peak_bytes = max(self.peak_bytes, _sum_memory(family))
            self.spill_bytes = max(self.spill_bytes, sum(_size(file) for file in self._spill.glob("*")))

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


@dataclass(frozen=True)
class _Process:
    pid: int
    parent: int
    cpu_seconds: float
    resident_bytes: int


def list_family(pid: int) -> Iterator[_Process]:
    """List a process and all that it has begun, as /proc shows them; nothing where there is no /proc."""
    known = [one for path in PROC.glob("[0-9]*") if (one := _read_process(path)) is not None]
    members = {pid}
    while more := {one.pid for one in known if one.parent in members} - members:
        members |= more
    return (one for one in known if one.pid in members)


def _read_process(path: Path) -> _Process | None:
    try:
        # The name, in brackets, may hold anything.
        fields = (path / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return None
    ticks = int(fields[11]) + int(fields[12])
    return _Process(int(path.name), int(fields[1]), ticks / TICKS_PER_SECOND, int(fields[21]) * PAGE_BYTES)


def _sum_memory(family: list[_Process]) -> int:
    """Add up memory; what several processes share is counted once."""
    if len(family) == 1:  # the usual case, and cheaper
        return family[0].resident_bytes
    return sum(_read_share(one.pid) for one in family)


def _read_share(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _size(file: Path) -> int:
    try:
        return file.stat().st_blocks * 512
    except FileNotFoundError:  # dropped meanwhile
        return 0
