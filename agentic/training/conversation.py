"""A solved ticket as a conversation: the thread, the look-ups, the action, the answer. Every call is made when it is
written, on the rows as they were then, so that what stands here is what the desk's tools say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agentic.actions import read_argument_kinds
from agentic.environment import Environment
from agentic.labels import Label
from agentic.policy_page import PAGE
from agentic.tasks import write_call

Message = dict[str, Any]

# In a conversation these are what is said last, and the end of it.
SAID_AS_TEXT = ("reply", "resolve_ticket")
CHANGES_BOOKING = ("issue_refund", "cancel_reservation", "change_party_size", "transfer_reservation")
# The policy as agents of the exam read it, so that what is learned is to follow it, not to know it by heart.
ADDED = """
## In this conversation
The ticket at hand is open, and `read_ticket` reads it. What you write goes to the member as the reply, and ends the
ticket: there is no tool for either. Call one tool at a time.
"""
ROLES = {"user": "user", "ai": "assistant", "agent": "assistant"}


@dataclass
class Conversation:
    """Messages in OpenAI's form.

    Attributes:
        ticket_id: the ticket.
        messages: system, thread, calls with what they gave back, answer.
        acts_at: the place of the message that takes the action; that of the answer where there is none.
    """

    ticket_id: str
    messages: list[Message]
    acts_at: int = 0

    def call(self, environment: Environment, tool: str, arguments: dict[str, Any]) -> Any:
        """Call a tool, and write down the call and what it gave back."""
        result = environment.call(tool, arguments)
        call_id = f"call_{count_calls(self.messages) + 1}"
        self.messages.append(write_tool_call(call_id, tool, arguments))
        self.messages.append({"role": "tool", "tool_call_id": call_id, "content": write_result(result)})
        return result

    def find_result(self, tool: str) -> Any:
        """Return what the last call of a tool gave back; None where it was not called."""
        found = None
        for call, answer in zip(self.messages, self.messages[1:], strict=False):
            if call.get("tool_calls") and call["tool_calls"][0]["function"]["name"] == tool:
                found = json.loads(answer["content"])
        return found


def count_calls(messages: Sequence[Message]) -> int:
    """Return how many calls of tools there are."""
    return sum("tool_calls" in message for message in messages)


def list_solved(environment: Environment) -> list[Label]:
    """Return the key of the tickets that may be learned from: of the train split, and no tasks."""
    labels = environment.labels.values()
    return [label for label in labels if label.split == "train" and label.ticket_id not in environment.tasks]


def write_system_prompt() -> str:
    """Return the policy, and what is different in a conversation."""
    return f"{PAGE.read_text(encoding='utf-8').rstrip()}\n{ADDED}"


def describe_tools(environment: Environment) -> list[dict[str, Any]]:
    """Return the tools that a conversation has, in OpenAI's form."""
    return [
        {
            "type": "function",
            "function": {"name": tool.name, "description": tool.summary, "parameters": tool.parameters},
        }
        for tool in environment.list_tools()
        if tool.name not in SAID_AS_TEXT
    ]


def type_arguments(arguments: Mapping[str, object]) -> dict[str, Any]:
    """Return the arguments of the key, which are text, as the tools' schemas have them."""
    types: dict[str, Callable[[str], object]] = {"money": float, "count": int, "text": str}
    kinds = read_argument_kinds()
    return {name: types[kinds.get(name, "text")](str(value)) for name, value in arguments.items()}


def write_tool_call(call_id: str, tool: str, arguments: dict[str, Any]) -> Message:
    """Return the message that calls a tool; the arguments are text, as OpenAI and `datasets` need them."""
    function = {"name": tool, "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {"role": "assistant", "tool_calls": [{"id": call_id, "type": "function", "function": function}]}


def write_result(result: Any) -> str:
    """Return what a tool gave back as text."""
    return json.dumps(result, ensure_ascii=False)


def write_conversation(environment: Environment, label: Label, system: str) -> Conversation:
    """Reopen a ticket, look up what its answer rests on, take the action of the key, and answer as the desk did.

    Raises:
        ToolError: the desk refuses a call.
    """
    answer = environment.reopen(label.ticket_id)
    talk = Conversation(label.ticket_id, [{"role": "system", "content": system}])
    thread = environment.desk.read_ticket()["thread"]
    talk.messages += [{"role": ROLES[said["role"]], "content": said["content"]} for said in thread]
    ticket = talk.call(environment, "read_ticket", {})
    talk.call(environment, "find_member", {"user_id": ticket["user_id"]})
    _look_up(talk, environment, label, ticket)
    _look_for_article(talk, environment, label, f"{ticket.get('subject') or ''} {thread[0]['content']}".strip())
    talk.acts_at = len(talk.messages)
    if label.action != "answer":
        call = write_call(label.action, label.arguments)
        talk.call(environment, call.tool, type_arguments(call.arguments))
    talk.messages.append({"role": "assistant", "content": answer})
    return talk


def _look_up(talk: Conversation, environment: Environment, label: Label, ticket: dict[str, Any]) -> None:
    """Read the bookings to choose from, or the one that is asked about, and the event."""
    if label.action in CHANGES_BOOKING:
        talk.call(environment, "list_reservations", {"user_id": ticket["user_id"]})
        return
    if ticket["reservation_id"]:
        talk.call(environment, "get_reservation", {"reservation_id": ticket["reservation_id"]})
    if ticket["event_id"] and label.action == "answer":
        talk.call(environment, "get_event", {"event_id": ticket["event_id"]})


def _look_for_article(talk: Conversation, environment: Environment, label: Label, words: str) -> None:
    """Search with the member's words, then with the article's where theirs do not find it; read what answers."""
    accepted = [label.expected_article_id, *label.also_accepted] if label.expected_article_id else []
    found = talk.call(environment, "search_knowledge", {"question": words})
    named = [row["article_id"] for row in found if row["article_id"] in accepted]
    expected = environment.knowledge.find_article(label.expected_article_id or "")
    if not named and expected:
        found = talk.call(environment, "search_knowledge", {"question": expected["title"]})
        named = [row["article_id"] for row in found if row["article_id"] in accepted]
    if named:
        best = label.expected_article_id if label.expected_article_id in named else named[0]
        talk.call(environment, "read_article", {"article_id": best})
