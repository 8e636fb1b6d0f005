"""The desk's tools: every public method of a Desk is one, typed, with a docstring that names its arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agentic.errors import ToolError
from agentic.knowledge import Knowledge
from agentic.state import State
from agentic.tools.base import IS_WRITE, is_write
from agentic.tools.booking_tools import BookingTools
from agentic.tools.db_tools import DbTools
from agentic.tools.membership_tools import MembershipTools
from agentic.tools.memory_tools import MemoryTools
from agentic.tools.rag_tools import RagTools
from agentic.tools.schemas import describe_arguments, summarise
from agentic.tools.ticket_tools import TicketTools

__all__ = ["Desk", "Tool", "ToolError", "call_tool", "list_tools"]


class Desk(TicketTools, DbTools, BookingTools, MembershipTools, MemoryTools, RagTools):
    """All tools on one state."""

    def __init__(self, state: State, knowledge: Knowledge) -> None:
        """Work on a state, with an index of the help center."""
        RagTools.__init__(self, state, knowledge)


@dataclass(frozen=True)
class Tool:
    """One tool of a desk.

    Attributes:
        name: what it is called by.
        function: the method, with types and docstring.
        is_write: whether it may change rows.
    """

    name: str
    function: Callable[..., Any]
    is_write: bool

    @property
    def description(self) -> str:
        """What it does and takes, for a model."""
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """What it does, for a harness that describes arguments apart."""
        return summarise(self.function)

    @property
    def parameters(self) -> dict[str, Any]:
        """What it takes, as JSON Schema."""
        return describe_arguments(self.function)


def list_tools(desk: Desk | type[Desk]) -> list[Tool]:
    """Return every tool of a desk by name, or every one that a desk has."""
    methods = [getattr(desk, name) for name in sorted(dir(desk)) if not name.startswith("_")]
    return [Tool(one.__name__, one, is_write(one)) for one in methods if hasattr(one, IS_WRITE)]


def call_tool(desk: Desk, name: str, arguments: dict[str, Any]) -> Any:
    """Call a tool by its name.

    Raises:
        ToolError: there is no such tool, or it refuses.
    """
    known = {tool.name: tool for tool in list_tools(desk)}
    if name not in known:
        raise ToolError(f"There is no tool {name}. There are {', '.join(known)}.")
    return known[name].function(**arguments)
