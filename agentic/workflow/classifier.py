"""The first node: what the member asks for, and whether a person has to take over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langgraph.types import Command

from agentic.agents.reply_object import find_object
from agentic.environment import Environment
from agentic.prompts import write_prompt
from agentic.tools.ticket_tools import MEASURES
from agentic.triggers import find_reasons, list_triggers
from agentic.workflow.state import WorkflowState
from agentic.workflow.whole_text import repair

# What the triggers come down to where the measures are hidden.
TRIGGERS = {
    "critical_urgency": "the matter cannot wait for hours, as on the day of the event",
    "very_negative_sentiment": "the member is not only annoyed but furious or in despair",
    "low_rag_confidence": "no help center of a ticketing club could have an article on it",
    "repeated_failures": "two answers in the thread have failed to help already",
}


class Classifier:
    """A node that asks the model once, unless the measures of the ticket hand it over already."""

    def __init__(self, environment: Environment, model: BaseChatModel) -> None:
        """Read tickets of an environment."""
        self._environment = environment
        self._model = model
        listed = "\n".join(f"  - `{name}`: {TRIGGERS[name]}." for name in list_triggers())
        self._prompt = SystemMessage(write_prompt("classifier", triggers=listed))

    def __call__(self, state: WorkflowState) -> Command[Literal["resolver", "escalation"]]:
        """Go to the escalation where a trigger holds, else to the resolver with the ticket."""
        first_call = len(self._environment.state.calls)
        ticket = self._environment.desk.read_ticket()
        reasons = find_reasons(ticket)
        found = {} if reasons else self._ask(ticket)
        # What the desk has measured is not for a model to judge.
        reasons = reasons or ([] if is_measured(ticket) else read_reasons(found))
        requests = read_texts(found.get("requests"))
        update = {
            "messages": [HumanMessage(write_ticket(ticket, state, requests))],
            "ticket_id": ticket["ticket_id"],
            "seen": len(ticket["thread"]),
            "requests": requests,
            "reasons": reasons,
            "first_call": first_call,
            "reminders": 0,
        }
        return Command(goto="escalation" if reasons else "resolver", update=update)

    def _ask(self, ticket: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the model has found; nothing where it cannot be read, as the resolver reads the ticket, too."""
        shown = {name: ticket[name] for name in ("subject", "thread")}
        said = self._model.invoke([self._prompt, HumanMessage(f"<ticket>\n{write_json(shown)}\n</ticket>")])
        found = find_object(str(said.text), lambda one: "requests" in one or "reasons" in one)
        return dict(repair(found or {}))


def is_measured(ticket: Mapping[str, Any]) -> bool:
    """Whether the desk shows what it has measured of a ticket."""
    return any(name in ticket for name in MEASURES)


def read_reasons(found: Mapping[str, Any]) -> list[str]:
    """Return the triggers that a model has named, in their order."""
    named = read_texts(found.get("reasons"))
    return [name for name in list_triggers() if name in named]


def read_texts(said: object) -> list[str]:
    """Return the texts of a list; whatever else a model gives is none."""
    return [one.strip() for one in said if isinstance(one, str) and one.strip()] if isinstance(said, list) else []


def write_ticket(ticket: Mapping[str, Any], state: WorkflowState, requests: list[str]) -> str:
    """Write the ticket for the resolver; of one that it knows, only what was written since."""
    is_known = state.get("ticket_id") == ticket["ticket_id"]
    new = ticket["thread"][state.get("seen", 0) :] if is_known else []
    # Own replies stand among the resolver's calls.
    shown: object = [one for one in new if one["role"] == "user"] if is_known else ticket
    listed = "\n".join(f"- {request}" for request in requests) or "- as it stands in the ticket"
    return f"<ticket>\n{write_json(shown)}\n</ticket>\n\nWhat the member asks for:\n{listed}"


def write_json(value: object) -> str:
    """Write rows, for a model; no text of a member can end the element that they stand in."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("</", "<\\/")
