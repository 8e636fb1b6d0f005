"""What goes wrong: a call that the desk refuses, data without an exam, an agent or a model that does not go on."""

from __future__ import annotations


class ToolError(ValueError):
    """A call that was refused and has changed nothing; its message tells the agent what to do instead."""


class AgentError(Exception):
    """An agent has failed in a ticket by an error of its own, which is the `__cause__`."""


class UsageError(Exception):
    """What was asked for cannot be, whatever the data are."""


class DataError(Exception):
    """The data directory holds no data, or data of another form; one line that says what to do."""


class AgentStopped(Exception):
    """An agent was stopped within a ticket, which is judged as it stands; the message says why."""


class ServiceError(Exception):
    """A model cannot be asked, for this ticket or any other; one line that says what to do."""


class MissingPackages(ServiceError):
    """Packages of an extra are not installed; one line that says how to get them."""
