"""The last node: a person takes over, and finds a note on what it is about."""

from __future__ import annotations

from langchain_core.messages import AIMessage

from agentic.environment import Environment
from agentic.workflow.state import Update, WorkflowState


class Escalation:
    """A node that writes a note for the colleague and hands the ticket over."""

    def __init__(self, environment: Environment) -> None:
        """Work at the desk of an environment."""
        self._environment = environment

    def __call__(self, state: WorkflowState) -> Update:
        """Hand over for the reasons that were found."""
        desk, reasons = self._environment.desk, state["reasons"]
        requests = [f"Asked for: {request}" for request in state.get("requests", [])]
        desk.write_note("\n".join([f"Handed over for {', '.join(reasons)}.", *requests]))
        desk.escalate_ticket(reasons)
        return {"messages": [AIMessage(f"I have handed the ticket to a person: {', '.join(reasons)}.")]}
