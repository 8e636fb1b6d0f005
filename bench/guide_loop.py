"""Reservations as the loop that the guide describes: a set of pairs and a counter of seats."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PAYMENT_METHODS = ["credit_card", "paypal", "apple_pay", "google_pay"]
POOL_WEIGHTS = {"active": 80, "inactive": 15, "blocked": 5}


def generate_reservations(
    users: list[dict[str, Any]], events: list[dict[str, Any]], count: int, as_of: datetime, path: Path
) -> int:
    """Write reservations as JSONL by drawing a user and an event until one fits.

    Returns:
        Rows written: fewer than asked where 50 draws in a row did not fit.
    """
    random.seed(42)
    pools = split_pools(users)
    bookable = [event for event in events if event["status"] != "cancelled"]
    booked_pairs: set[tuple[str, str]] = set()
    event_tickets_sold: dict[str, int] = defaultdict(int)
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, count + 1):
            for _ in range(50):
                pool = random.choices(list(POOL_WEIGHTS), list(POOL_WEIGHTS.values()))[0]
                user, event = random.choice(pools[pool]), random.choice(bookable)
                tickets = random.randint(1, 6)
                if fits(user, event, tickets, booked_pairs, event_tickets_sold):
                    break
            else:
                continue
            booked_pairs.add((user["user_id"], event["event_id"]))
            event_tickets_sold[event["event_id"]] += tickets
            file.write(json.dumps(make_row(number, user, event, tickets, as_of)) + "\n")
            written += 1
    return written


def split_pools(users: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Users by pool: active, inactive and blocked."""
    pools: dict[str, list[dict[str, Any]]] = {"active": [], "inactive": [], "blocked": []}
    for user in users:
        if user["is_blocked"]:
            pools["blocked"].append(user)
        else:
            pools["active" if user["subscription_status"] == "active" else "inactive"].append(user)
    return pools


def fits(
    user: dict[str, Any], event: dict[str, Any], tickets: int, pairs: set[tuple[str, str]], sold: dict[str, int]
) -> bool:
    """Whether the guide's checks let the user book the event."""
    if (user["user_id"], event["event_id"]) in pairs:
        return False
    if event["is_premium"] and user["subscription_tier"] != "premium":
        return False
    return bool(sold[event["event_id"]] + tickets <= event["total_tickets"])


def make_row(number: int, user: dict[str, Any], event: dict[str, Any], tickets: int, as_of: datetime) -> dict[str, Any]:
    """One reservation with the guide's columns."""
    status = random.choices(["confirmed", "cancelled", "pending"], [85, 10, 5])[0]
    discount = 0.9 if user["subscription_tier"] == "premium" else 1.0
    price = random.uniform(event["price_min"], event["price_max"])
    started = user["subscription_started_at"]
    ended = user["subscription_ended_at"] or as_of
    booked = started + timedelta(seconds=random.random() * (ended - started).total_seconds())
    return {
        "reservation_id": f"r_{number:05d}",
        "user_id": user["user_id"],
        "user_email": user["email"],
        "event_id": event["event_id"],
        "event_title": event["title"],
        "venue_id": event["venue_id"],
        "venue_name": event["venue_name"],
        "event_date": event["event_date"].isoformat(),
        "ticket_count": tickets,
        "total_price": round(tickets * price * discount, 2),
        "status": "cancelled" if user["is_blocked"] else status,
        "booking_date": booked.isoformat(timespec="seconds"),
        "payment_method": random.choice(PAYMENT_METHODS),
        "is_premium_booking": user["subscription_tier"] == "premium",
    }
