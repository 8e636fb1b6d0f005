"""What an agent is."""

from __future__ import annotations

from typing import Protocol

from agentic.tools import Desk


class Agent(Protocol):
    """Anything that works tickets: rules, a model, a graph of both. One with a model has a `usage`, too (usage.py)."""

    def work(self, desk: Desk) -> None:
        """Work the ticket at hand with the desk's tools, from `desk.read_ticket()` to its end."""
        ...
