"""The file of an exam: a line as each run ends, in <name>.part until all have, so that a stopped exam goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from pydantic import ValidationError

from agentic.errors import DataError
from agentic.run_lines import Measured, RunLine

ANEW = "Begin anew with --fresh, or move the file away to keep it."
# What a person is told of a difference, by the name in a line.
NAMES = {
    "agent": "agent",
    "model": "model",
    "settings": "settings",
    "data_hash": "data",
    "files_hash": "files",
    "key_version": "answer key",
}


class RunFile:
    """Where the runs of one exam are kept. One process at a time writes it.

    Attributes:
        path: where they are when all runs have ended.
        part: where they are until then.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read or written yet."""
        self.path = path
        self.part = path.with_name(f"{path.name}.part")
        self._lock = FileLock(path.with_name(f".{path.name}.lock"))

    def __enter__(self) -> Self:
        """Keep other processes away.

        Raises:
            DataError: another one writes the file.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise DataError(f"{self.part} is written by another exam. Wait until it has ended.") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let others write."""
        self._lock.release()

    def forget(self) -> None:
        """Forget what an exam that was stopped has left."""
        self.part.unlink(missing_ok=True)

    def resume(self, measured: Measured, wanted: Sequence[tuple[str, int]]) -> list[RunLine]:
        """Return the runs that an exam that was stopped has finished; a last line that was cut short goes.

        Args:
            measured: what is to be measured; all lines have to agree with it.
            wanted: ticket and number of each run, in the order in which they are made.

        Raises:
            DataError: the lines are of another exam.
        """
        if not self.part.exists():
            return []
        _cut_last_line(self.part)
        lines = read_runs(self.part, ANEW)
        for number, line in enumerate(lines, start=1):
            self._check(line, number, measured, wanted)
        return lines

    def _check(self, line: RunLine, number: int, measured: Measured, wanted: Sequence[tuple[str, int]]) -> None:
        for name, value in vars(measured).items():
            found = getattr(line, name)
            if found != value:
                had, has = _describe_difference(name, found, value)
                raise DataError(
                    f"{self.part}, line {number}: an exam that was stopped had {had}, this one has {has}. {ANEW}"
                )
        if number > len(wanted) or (line.ticket_id, line.run) != wanted[number - 1]:
            raise DataError(
                f"{self.part}, line {number}: run {line.run} of {line.ticket_id} is not asked for in its place. {ANEW}"
            )

    def add(self, line: RunLine) -> None:
        """Add a run; it is on its way to the disk when this returns."""
        with self.part.open("a", encoding="ascii", newline="\n") as file:
            file.write(line.write() + "\n")

    def finish(self) -> None:
        """Put the file at its place: all runs have ended."""
        os.replace(self.part, self.path)


def read_runs(path: Path, advice: str = "Hold the exam again to renew it.") -> list[RunLine]:
    """Read the lines of an exam.

    Args:
        path: the file.
        advice: what to do where a line cannot be read.

    Raises:
        DataError: a line is not one; the message names file and line.
    """
    lines = []
    # Not splitlines: a text may hold other ends of lines.
    for number, content in enumerate(path.read_bytes().split(b"\n"), start=1):
        if content.strip():
            try:
                lines.append(RunLine.model_validate(json.loads(content)))
            except (ValueError, RecursionError) as error:
                raise DataError(f"{path}, line {number}: {_explain(error)}. {advice}") from error
    return lines


def _explain(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the line"
        return f"{place}: {first['msg'].lower()}; an earlier version may have written it"
    return "no JSON"


def _describe_difference(name: str, found: object, value: object) -> tuple[str, str]:
    """Say what a line has and what is wanted; of the settings, those alone that differ."""
    if isinstance(found, dict) and isinstance(value, dict):
        differing = [key for key in {**found, **value} if found.get(key) != value.get(key)]
        had, has = (", ".join(f"{key} {one.get(key, 'none')}" for key in differing) for one in (found, value))
        return f"the settings {had}", f"the settings {has}"
    return _describe(name, str(found)), _describe(name, str(value))


def _describe(name: str, text: str) -> str:
    return f"{NAMES[name]} {(text[:12] if name.endswith('_hash') else text) or 'none'}"


def _cut_last_line(part: Path) -> None:
    """Remove a last line that has no end: a kill or a full disk has cut it."""
    content = part.read_bytes()
    end = content.rfind(b"\n") + 1
    if end < len(content):
        os.truncate(part, end)
