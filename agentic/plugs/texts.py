"""What a model reads at the start of a ticket."""

from __future__ import annotations

from agentic.prompts import POLICY

INSTRUCTIONS = """\
You are EventHub's support. Work the ticket at hand with the tools, by the policy. Begin with read_ticket. The member \
reads only what you write with the tool reply, and answers there. You are done once the ticket is closed with \
resolve_ticket, handed over with escalate_ticket, or left with the specialists by open_case and a reply."""
REMINDER = (
    "Nobody reads what you write outside of the tools. Go on with them: write to the member with reply, and close the"
    " ticket with resolve_ticket or hand it over with escalate_ticket. If you are done, say so."
)


def read_policy() -> str:
    """Return the policy, which names the rules that the judge knows."""
    return POLICY.read_text(encoding="utf-8")


def write_instructions() -> str:
    """Return the system prompt of an agent: what to do, and the policy."""
    return f"{INSTRUCTIONS}\n\n{read_policy()}"


def write_opening(task_id: str) -> str:
    """Return the first message to an agent: which ticket is at hand."""
    return f"Ticket {task_id} is at hand. Please work it."
