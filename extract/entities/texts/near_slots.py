"""Slots in other braces, other letters or by another name, read where only one can be meant."""

from __future__ import annotations

import re
from collections.abc import Collection

# What writers call a slot instead.
NEAR_NAMES = {
    "event_title": "event event_name eventname name_of_event name_of_the_event title_of_event title show "
    "show_name show_title "
    "concert concert_name game_name class_name",
    "venue_name": "venue venue_title event_venue location event_location name_of_venue place",
    "city": "town event_city venue_city city_name",
    "neighborhood": "neighbourhood district area venue_neighborhood",
    "event_date": "date date_of_event date_of_the_event show_date concert_date",
    "event_day": "day weekday event_weekday day_of_event",
    "event_time": "time start_time event_start event_start_time show_time time_of_event",
    "event_when": "when time_until_event time_to_event days_until_event",
    "order_id": "order order_number order_no order_ref order_reference booking booking_id booking_number booking_ref "
    "booking_reference reservation_id reservation_number confirmation_number",
    "ticket_count": "number_of_tickets num_tickets ticket_quantity ticket_number_count quantity party_size",
    "total_price": "price total amount total_amount total_cost total_paid amount_paid price_paid "
    "amount_charged order_total",
    "booking_date": "order_date purchase_date date_of_booking date_of_purchase booked_on",
    "booked_ago": "time_since_booking booked_since",
    "payment_method": "payment payment_type method_of_payment",
    "first_name": "firstname given_name user_first_name member_first_name",
    "full_name": "name fullname user_name member_name customer_name your_name my_name",
    "email": "e_mail email_address mail user_email account_email member_email my_email",
    "plan": "tier subscription subscription_tier subscription_plan membership membership_tier "
    "membership_plan plan_name",
    "monthly_quota": "quota booking_quota monthly_limit",
    "member_since": "join_date joined joined_at member_since_date",
}
_MEANT = {near: slot for slot, names in NEAR_NAMES.items() for near in names.split()}
_BRACED = re.compile(r"\{+\s*([A-Za-z][A-Za-z0-9]*(?:[ _.-]+[A-Za-z0-9]+){0,5})\s*\}+")
# A unit that stands in the slot's value already, so that "$84.00 dollars" or "3 tickets tickets" would come of it.
_DOUBLED = {
    r"\{(tickets|my_tickets)\} tickets?\b": r"{\1}",
    r"\b[Mm]y \{my_tickets\}": "{my_tickets}",
    r"\{(total_price|refund_due)\} (?:dollars|bucks|USD)\b": r"{\1}",
    r"\{booked_ago\} ago\b": "{booked_ago}",
    r"\b[Ii]n \{event_when\}": "{event_when}",
    r"\{event_time\} ?(?:am|pm)\b": "{event_time}",
}
# Each of those has one of these beside its brace; most texts with slots have none.
_UNIT = re.compile(r"\} ?(?:tickets?|dollars|bucks|USD|ago|am|pm)\b|(?:\$ ?|[Mm]y |[Ii]n )\{")
_MONEY = re.compile(r"_(?:price|due|credit)$")


def mend_braces(text: str, allowed: Collection[str]) -> str:
    """Write `{{slot}}`, `{SLOT}`, `{a slot}` and a slot's near-names as the slot that is meant."""
    if "{" not in text:
        return text
    return _BRACED.sub(lambda braced: _read_slot(braced, allowed), text.replace("\\_", "_").replace("\\{", "{"))


def mend_units(text: str, allowed: Collection[str], currency: Collection[str] | None = None) -> str:
    """Take away a unit beside a slot whose value holds it.

    Args:
        text: with slots by their names.
        allowed: the slots of the text.
        currency: those whose value begins with a dollar sign; told by their names where it is not known.
    """
    if ("{" not in text and "}" not in text) or not _UNIT.search(text):
        return text
    holds = {name for name in allowed if _MONEY.search(name)} if currency is None else currency
    text = re.sub(r"\$ ?\{([a-z_]+)\}", lambda slot: f"{{{slot[1]}}}" if slot[1] in holds else slot[0], text)
    for doubled, once in _DOUBLED.items():
        text = re.sub(doubled, once, text)
    return text


def _read_slot(braced: re.Match[str], allowed: Collection[str]) -> str:
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", braced[1])
    name = re.sub(r"[ _.-]+", "_", name).lower()
    near = _MEANT.get(name, "")
    # A plural is a near-name, too, as far as it is no word of its own.
    turned = next((other for other in (f"{name}s", name.removesuffix("s")) if "_" in name and other in allowed), "")
    slot = next((slot for slot in (name, near, turned) if slot in allowed), None)
    return f"{{{slot}}}" if slot else braced[0]
