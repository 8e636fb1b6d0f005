"""One desk for many tickets at a time: what was called in a ticket is its state, and is called again where needed.

A harness that works tickets side by side keeps a list of calls for each, which can be stored, copied and judged later.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from agentic.agent import Agent
from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.judge import Verdict
from agentic.tasks import ToolCall


class ReplayingDesk:
    """Takes a ticket up where its calls have left it; those of one ticket after another cost nothing more."""

    def __init__(self, environment: Environment) -> None:
        """Work on an environment, which nobody else may use."""
        self.environment = environment
        self._at: tuple[str, list[ToolCall]] | None = None

    def call(self, task_id: str, before: list[ToolCall], call: ToolCall) -> Any:
        """Make a call after those that were made before, and return what comes back.

        Raises:
            ToolError: it refuses; the call counts all the same.
        """
        self.take_up(task_id, before)
        self._at = (task_id, [*before, call])
        return self.environment.call(call.tool, dict(call.arguments))

    def let_work(self, task_id: str, agent: Agent) -> list[ToolCall]:
        """Let an agent that needs no harness work a ticket, and return its calls."""
        self.take_up(task_id, [])
        self._at = None
        with suppress(ToolError):
            agent.work(self.environment.desk)
        return [ToolCall(call.tool, call.arguments) for call in self.environment.state.calls]

    def score(self, task_id: str, calls: list[ToolCall]) -> Verdict:
        """Judge the calls of a ticket."""
        self.take_up(task_id, calls)
        return self.environment.score()

    def take_up(self, task_id: str, calls: list[ToolCall]) -> None:
        """Bring the desk to where these calls lead.

        Raises:
            ValueError: there is no such task.
        """
        if self._at != (task_id, calls):
            self._at = None
            self.environment.reset(task_id)
            self.environment.replay(calls)
            self._at = (task_id, list(calls))
