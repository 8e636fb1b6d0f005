"""What goes wrong: a call that the desk refuses, and data that no exam can be held on."""

from __future__ import annotations


class ToolError(ValueError):
    """A call that was refused and has changed nothing; its message tells the agent what to do instead."""


class DataError(Exception):
    """The data directory holds no data, or data of another form; one line that says what to do."""
