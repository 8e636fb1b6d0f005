"""What goes wrong: a call that the desk refuses, and data that no exam can be held on."""

from __future__ import annotations


class ToolError(ValueError):
    """A call that was refused and has changed nothing; its message tells the agent what to do instead."""


class AgentError(Exception):
    """An agent has failed in a ticket, such as by an error of its model's provider; the cause is its `__cause__`."""


class UsageError(Exception):
    """What was asked for cannot be, whatever the data are."""


class DataError(Exception):
    """The data directory holds no data, or data of another form; one line that says what to do."""
