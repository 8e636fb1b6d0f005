"""The third node: whether the resolver has finished the ticket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from langchain_core.messages import HumanMessage
from langgraph.graph import END
from langgraph.types import Command

from agentic.environment import Environment
from agentic.prompts import write_prompt
from agentic.state import Call
from agentic.workflow.state import WorkflowState

MOST_REMINDERS = 2


class Review:
    """The node after the resolver: a ticket that it has left unfinished goes back to it, a few times."""

    def __init__(self, environment: Environment) -> None:
        """Look at the desk of an environment."""
        self._environment = environment

    def __call__(self, state: WorkflowState) -> Command[Literal["resolver", "__end__"]]:
        """Say what is missing, or end."""
        made = self._environment.state.calls[state.get("first_call", 0) :]
        missing = "" if not self._environment.is_open else find_missing(made)
        reminders = state.get("reminders", 0)
        if not missing or reminders >= MOST_REMINDERS:
            return Command(goto=cast("Literal['__end__']", END))
        reminder = HumanMessage(write_prompt("reminder", missing=missing))
        return Command(goto="resolver", update={"messages": [reminder], "reminders": reminders + 1})


def find_missing(made: Sequence[Call]) -> str:
    """Say what an open ticket lacks after these calls; nothing where the specialists or the member are to go on."""
    done = {call.tool: call for call in made if call.error is None}
    if "reply" not in done:
        return "the member has not been answered. Write with `reply`."
    reply = done["reply"]
    is_waiting = "?" in str(reply.arguments.get("text")) and not reply.result.get("answer")
    if is_waiting or "open_case" in done:
        return ""
    return "it is still open. Close it with `resolve_ticket`."
