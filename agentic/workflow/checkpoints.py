"""Where conversations are kept: in memory, or in a SQLite file that can be looked at afterwards."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.sqlite import SqliteSaver

from agentic.errors import DataError


def open_checkpointer(path: Path | None = None) -> BaseCheckpointSaver[Any]:
    """Return a checkpointer: in memory, or in a file.

    Raises:
        DataError: the file cannot be opened, or is none of SQLite.
        OSError: the folder of the file cannot be made.
    """
    if path is None:
        return InMemorySaver()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Nodes run in threads of their own, one after another.
        saver = SqliteSaver(sqlite3.connect(path, check_same_thread=False))
        saver.setup()
    except sqlite3.Error as error:
        raise DataError(f"{path} cannot keep conversations: {error}. Name another file, or a new one.") from error
    return saver
