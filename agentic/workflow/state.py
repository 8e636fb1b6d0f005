"""What goes along the edges of the workflow, and into its checkpoints."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages


class WorkflowState(TypedDict, total=False):
    """One conversation.

    Attributes:
        messages: what the resolver reads: the ticket, what it has said and called, what came back.
        ticket_id: the ticket that `messages` tell of last.
        seen: how many messages of its thread they tell of.
        requests: what the member asks for, as the classifier has understood it.
        reasons: triggers by which a person has to take over; none where the resolver works on.
        first_call: how many calls there were at the desk when this turn began.
        reminders: how often the resolver was told in this turn that it is not done.
    """

    messages: Annotated[list[AnyMessage], add_messages]
    ticket_id: str
    seen: int
    requests: list[str]
    reasons: list[str]
    first_call: int
    reminders: int


Update = dict[str, Any]
