"""Pairs of a right call and a wrong one at the same place of a conversation. What is wrong is so by the policy or the
rows, never by taste: money of another tier, which the desk refuses, and another booking, which it would cancel.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from agentic.environment import Environment
from agentic.rules import compute_refund, compute_share, count_notice, find_refund_percent, read_number
from agentic.tasks import REFUND
from agentic.training.conversation import Conversation, Message, count_calls, write_tool_call

# The arguments of these are a booking and what comes back for it.
CHANGES = ("issue_refund", "cancel_reservation", "change_party_size")
Wrong = tuple[str, str, dict[str, Any]]  # what is wrong, the tool, its arguments
TIER, BOOKING, NOTHING_DUE = "refund_tier", "booking", "nothing_due"


@dataclass(frozen=True, kw_only=True)
class Preference:
    """One pair.

    Attributes:
        kind: what is wrong with the rejected one: refund_tier, booking or nothing_due.
        prompt: the conversation so far.
        chosen: what the desk did.
        rejected: what it must not do.
    """

    kind: str
    prompt: list[Message]
    chosen: list[Message]
    rejected: list[Message]


def find_preferences(talk: Conversation, environment: Environment) -> Iterator[Preference]:
    """Return the pairs of a conversation, at the place of its action; none where nothing is wrong beyond doubt."""
    prompt, chosen = talk.messages[: talk.acts_at], talk.messages[talk.acts_at]
    forbidden = environment.labels[talk.ticket_id].forbidden_actions
    found = _find_wrong_call if chosen.get("tool_calls") else _find_refund_not_due
    for kind, tool, arguments in found(talk, forbidden, environment.now):
        rejected = write_tool_call(f"call_{count_calls(prompt) + 1}", tool, arguments)
        yield Preference(kind=kind, prompt=prompt, chosen=[chosen], rejected=[rejected])


def _find_refund_not_due(talk: Conversation, forbidden: Sequence[str], now: datetime) -> Iterator[Wrong]:
    """A refund where the key forbids one and nothing is due."""
    booking = talk.find_result("get_reservation")
    if REFUND in forbidden and booking and booking["status"] == "confirmed" and _find_percent(booking, now) == 0:
        amount = float(compute_refund(Decimal(booking["total_price"]), read_number("refund_partial_percent")))
        yield NOTHING_DUE, REFUND, {"reservation_id": booking["reservation_id"], "amount": amount}


def _find_wrong_call(talk: Conversation, forbidden: Sequence[str], now: datetime) -> Iterator[Wrong]:
    """The same call with the amount of the other tier, and for another booking."""
    chosen = talk.messages[talk.acts_at]
    function = chosen["tool_calls"][0]["function"]
    tool, arguments = function["name"], json.loads(function["arguments"])
    if tool not in CHANGES:
        return
    bookings = talk.find_result("list_reservations")
    own = next(row for row in bookings if row["reservation_id"] == arguments["reservation_id"])
    percent = _find_percent(own, now)
    other_percent = read_number("refund_partial_percent") if percent == 100 else 100
    yield TIER, tool, _fill(arguments, own, other_percent)
    for other in bookings:
        if other is not own and _can_be_changed(other, tool, now):
            yield BOOKING, tool, _fill(arguments, other, _find_percent(other, now))
            return


def _can_be_changed(booking: dict[str, Any], tool: str, now: datetime) -> bool:
    """Whether the desk would do to this booking what was asked for another: it is paid, and money comes back."""
    is_large = tool != "change_party_size" or booking["ticket_count"] > 1
    return booking["status"] == "confirmed" and is_large and _find_percent(booking, now) > 0


def _find_percent(booking: dict[str, Any], now: datetime) -> int:
    return find_refund_percent(count_notice(now, date.fromisoformat(booking["event_date"])))


def _fill(arguments: dict[str, Any], booking: dict[str, Any], percent: int) -> dict[str, Any]:
    """Write the same call for a booking and a tier."""
    due = compute_refund(Decimal(booking["total_price"]), percent)
    changed = arguments | {"reservation_id": booking["reservation_id"], "amount": float(due)}
    if "ticket_count" in arguments:
        share = compute_share(due, booking["ticket_count"])
        changed |= {"ticket_count": booking["ticket_count"] - 1, "amount": float(share)}
    return changed
