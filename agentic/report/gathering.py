"""Reads the exams of a report: those that can be compared, and why others cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agentic.errors import DataError
from agentic.exam import Line, make_table
from agentic.run_file import read_runs
from agentic.run_lines import RunLine


@dataclass(frozen=True)
class Exam:
    """One exam.

    Attributes:
        name: its file's name without the end.
        runs: of it, one or more.
    """

    name: str
    runs: tuple[RunLine, ...]

    @property
    def first(self) -> RunLine:
        """The first run, which has in common with all others what was measured."""
        return self.runs[0]

    @property
    def agent(self) -> str:
        """The agent with its model, as short as they can be told."""
        return " ".join(filter(None, (self.first.agent, _shorten_model(self.first.model))))

    @cached_property
    def table(self) -> list[Line]:
        """How it went, by group; the first line is of all tickets."""
        return make_table(self.runs)

    @property
    def whole(self) -> Line:
        """How it went in all tickets."""
        return self.table[0]

    @property
    def splits(self) -> tuple[str, ...]:
        """The splits that its tickets are of."""
        return tuple(dict.fromkeys(run.split for run in self.runs))

    @property
    def cost(self) -> float | None:
        """What all runs cost, in USD; None where a price is not known."""
        costs = [run.cost_usd for run in self.runs]
        return None if None in costs else sum(cost for cost in costs if cost is not None)

    @property
    def cost_per_run(self) -> float | None:
        """What a run costs on average, in USD."""
        return None if self.cost is None else self.cost / len(self.runs)

    @property
    def tokens(self) -> int:
        """What the models read and wrote."""
        return sum(run.tokens for run in self.runs)


@dataclass(frozen=True)
class Gathered:
    """What a report is made of.

    Attributes:
        shown: the exam that is shown in detail.
        exams: all that were held on its data with its key, the best first; it is one of them.
        left_out: names of other files, each with the reason.
    """

    shown: Exam
    exams: tuple[Exam, ...]
    left_out: tuple[tuple[str, str], ...]


def gather(files: Sequence[Path]) -> Gathered:
    """Read exams; the first that can be read is shown in detail.

    Raises:
        DataError: none can be read.
    """
    exams: list[Exam] = []
    left_out: list[tuple[str, str]] = []
    for path in dict.fromkeys(files):
        try:
            exam = _read(path)
        except (DataError, OSError) as error:
            left_out.append((path.name, str(error)))
            continue
        if exams and (reason := _compare(exams[0].first, exam.first)):
            left_out.append((path.name, reason))
        else:
            exams.append(exam)
    if not exams:
        why = f" {left_out[0][1]}" if left_out else " Hold one: python app.py exam"
        raise DataError(f"There is no exam to report.{why}")
    return Gathered(exams[0], tuple(_order(exams)), tuple(left_out))


def _read(path: Path) -> Exam:
    runs = read_runs(path)
    if not runs:
        raise DataError(f"{path} holds no run.")
    other = next((number for number, run in enumerate(runs, start=1) if run.measured != runs[0].measured), None)
    if other:
        raise DataError(f"{path}, run {other} is of another exam than the first. Keep each exam in a file of its own.")
    return Exam(path.name.split(".jsonl")[0], tuple(runs))


def _shorten_model(model_id: str) -> str:
    """Leave out region, maker, day and version: claude-haiku-4-5 for us.anthropic.claude-haiku-4-5-20251001-v1:0."""
    name = model_id.rsplit("/", 1)[-1]
    name = re.sub(r"^(?:[a-z-]+\.)+(?=[a-z])(?!v\d)", "", name)
    return re.sub(r"(?:-\d{8})?(?:-v\d+)?(?::\d+)*$", "", name)


def _compare(first: RunLine, other: RunLine) -> str:
    if other.data_hash != first.data_hash:
        return f"other data: {other.data_hash[:12]}"
    if other.files_hash != first.files_hash:
        return f"files that were changed after the build: {other.files_hash[:12]}"
    return "" if other.key_version == first.key_version else f"another answer key: {other.key_version or 'none'}"


def _order(exams: Iterable[Exam]) -> list[Exam]:
    return sorted(exams, key=lambda exam: (-exam.whole.passed, exam.name))
