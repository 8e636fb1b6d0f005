"""The file that an agent hands in: a JSON line a ticket."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Collection, Iterable
from dataclasses import asdict
from pathlib import Path

from agentic.predictions.lines import OLD_NAME, has_old_name, quote, read_line, read_object, split_lines
from agentic.predictions.prediction import Prediction

__all__ = ["Prediction", "append_predictions", "find_answered", "read_predictions", "write_predictions"]


def write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    """Write a file anew, a line each: beside it first, so that what stands there stays until all is written.

    What was made before a failure is kept as <name>.part.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        _write_lines(part, "w", predictions)
    except BaseException as error:
        error.add_note(f"{path} is as it was; the predictions made before are in {part}")
        raise
    os.replace(part, path)


def append_predictions(path: Path, predictions: Iterable[Prediction]) -> int:
    """Add a line as each prediction is made, so that a failure loses none of those before; return how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _end_last_line(path)
    return _write_lines(path, "a", predictions)


def find_answered(path: Path) -> set[str]:
    """Return the tickets that a file, whole or cut short, answers already; none where there is no file."""
    found: set[str] = set()
    for _, line in split_lines(path.read_bytes() if path.exists() else b""):
        with contextlib.suppress(ValueError):
            found.add(str(read_object(line).get("ticket_id")))
    return found


def read_predictions(path: Path, tickets: Collection[str] | None = None) -> dict[str, Prediction]:
    """Read a file of predictions by ticket; where `arguments` has its old name, that is said once.

    Args:
        path: the file.
        tickets: those of the key; without them any ticket is taken.

    Raises:
        ValueError: a line is no prediction; the message names file, line and key, and what is right.
    """
    predictions: dict[str, Prediction] = {}
    lines: dict[str, int] = {}
    old: list[int] = []
    for number, line in split_lines(path.read_bytes()):
        try:
            made = read_line(line)
            name = quote(made.ticket_id)
            if tickets is not None and made.ticket_id not in tickets:
                known = min(tickets, default="t_00001")
                raise ValueError(f"`ticket_id` {name} is no ticket of the key, whose ids are such as {known}")
            if made.ticket_id in lines:
                raise ValueError(f"ticket {name} has a line already, line {lines[made.ticket_id]}. Keep one of them")
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
        predictions[made.ticket_id] = made
        lines[made.ticket_id] = number
        if has_old_name(read_object(line)):
            old.append(number)
    if old:
        where = f"{path}, line {old[0]}{f' and {len(old) - 1:,} more' if len(old) > 1 else ''}"
        print(f"{where}: `{OLD_NAME}` is now called `arguments`, and was read as that. Rename it", file=sys.stderr)
    return predictions


def _write_lines(path: Path, mode: str, predictions: Iterable[Prediction]) -> int:
    """Write in ASCII, which holds every text, also half a surrogate pair that a model has left behind."""
    count = 0
    with path.open(mode, encoding="ascii", newline="\n") as file:
        for prediction in predictions:
            file.write(json.dumps(asdict(prediction)) + "\n")
            file.flush()
            count += 1
    return count


def _end_last_line(path: Path) -> None:
    """Make sure that the next line begins on its own: a kill may have cut the last one."""
    if not path.exists():
        return
    content = path.read_bytes()
    rest = content[content.rfind(b"\n") + 1 :]
    if not rest.strip():
        return
    try:
        json.loads(rest)
    except ValueError:
        print(f"{path}: the last line was cut short and is written again", file=sys.stderr)
        os.truncate(path, len(content) - len(rest))
    else:
        with path.open("ab") as file:
            file.write(b"\n")
