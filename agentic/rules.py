"""The policy as functions: what comes back for a booking, within how many days, and until when things may be done.

Every number comes from the seed policies.csv, as do the answer key and the page for agents (policy.md).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from agentic.policies import read_policies

CENT = Decimal("0.01")
# EventHub's clock: a member's day is UTC less eight hours (DECISIONS.md, "Local time").
BEHIND_UTC = timedelta(hours=8)


def read_number(policy: str) -> int:
    """Return a constant of the policy that is a whole number."""
    return int(read_policies()[policy].value.lstrip("$"))


def find_local_day(moment: datetime) -> date:
    """Return the day that it is for members."""
    return (moment - BEHIND_UTC).date()


def count_notice(moment: datetime, event_date: date) -> int:
    """Count the days of notice that a cancellation at this moment gives."""
    return (event_date - find_local_day(moment)).days


def find_start(event_date: str, start_time: str) -> datetime:
    """Return the moment at which an event of a day and a time of the members' calendar begins."""
    return datetime.fromisoformat(f"{event_date} {start_time}") + BEHIND_UTC


def find_refund_percent(notice_days: int) -> int:
    """Return the share of the price that comes back, in percent."""
    if notice_days >= read_number("refund_full_notice_days"):
        return 100
    return read_number("refund_partial_percent") if notice_days >= read_number("refund_partial_notice_days") else 0


def find_refund_days(payment_method: str) -> int:
    """Return the business days within which a refund arrives."""
    return read_number("refund_processing_days" if payment_method == "credit_card" else "refund_wallet_days")


def compute_refund(total_price: Decimal, percent: int) -> Decimal:
    """Return what comes back for a whole booking; fractions of a cent are cut off."""
    return (total_price * percent / 100).quantize(CENT, ROUND_DOWN)


def compute_share(refund: Decimal, ticket_count: int) -> Decimal:
    """Return what comes back for one ticket of a booking."""
    return (refund / ticket_count).quantize(CENT, ROUND_DOWN)
