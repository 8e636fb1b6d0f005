"""Carries a decision out: one action of the key, the words to the member, and the end of the ticket."""

from __future__ import annotations

from collections.abc import Sequence

from agentic.actions import read_actions, read_amount, read_argument_kinds, read_count
from agentic.tasks import write_call
from agentic.tools import Desk, call_tool


def carry_out(desk: Desk, action: str, arguments: dict[str, str], reply: str, article_ids: Sequence[str] = ()) -> None:
    """Take the action, write to the member, and close the ticket or leave it with the specialists.

    Args:
        desk: where the ticket is.
        action: one of support_actions.csv; `escalate` hands the ticket over.
        arguments: of the action, as text; one that the action does not have is left out.
        reply: what the member reads; nothing is written where it is empty.
        article_ids: the articles that it rests on.

    Raises:
        ToolError: the desk refuses; what was done before stays.
    """
    if action == "escalate":
        desk.escalate_ticket([arguments.get("reasons", "")])
        return
    if action != "answer":
        known = read_actions()[action].arguments
        call = write_call(action, {name: _normalise(name, text) for name, text in arguments.items() if name in known})
        call_tool(desk, call.tool, call.arguments)
    if reply:
        desk.reply(reply, list(article_ids))
    if action != "open_case":
        desk.resolve_ticket()


def _normalise(name: str, text: str) -> str:
    """Write $42 as 42, and 2.0 tickets as 2; what is neither is left for the desk to refuse."""
    kind = read_argument_kinds().get(name)
    number = read_amount(text) if kind == "money" else read_count(text) if kind == "count" else None
    return text if number is None else str(number)
