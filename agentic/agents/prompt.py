"""What a model is told about a ticket: all that the answer key needs, and nothing that is an outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agentic.actions import read_actions
from agentic.agents.briefing import Booking, Event, Ticket, Triage
from agentic.policies import Policy, read_policies

MOST_BOOKINGS = 30

PROMPT = """\
You are the support agent of EventHub, a ticketing club in the San Francisco Bay Area. Decide what is to be done about
the ticket and answer the customer. Use only what stands below.

Today is {today}, the day on which you work on the ticket.

# Member
{member}

# Bookings of the member, the newest first
{bookings}

# What the ticket is about
{subject_matter}

# Articles
{articles}

# Policy
{policies}

# Actions, with the arguments of each
{actions}

# How to decide
{rules}

# Ticket {ticket_id}
Subject: {subject}
{thread}

# Your answer
One JSON object and nothing else:
{{"article_ids": ["the articles that it rests on, the best first"], "action": "one of {names}",
"arguments": {{}}, "reply": "what the customer reads"}}
The reply names the article by its title and states the facts that the customer needs: amounts, percentages, dates,
times, spans and limits as they stand above, and no others."""

# How an argument is written, by the fact that it is filled with.
FORMS = {
    "reservation_id": 'the id of the booking that the ticket is about, such as "r_00001"; left out where there is none',
    "refund_due": 'what comes back for the booking if it is cancelled today, as text with two decimals: "42.00"',
    "one_ticket_less": 'the number of tickets that stay, one less than today, as text: "2"',
    "one_ticket_refund": 'what comes back for one ticket, as text with two decimals: "21.00"',
    "user_id": 'the member\'s id, such as "u_00001"',
    "email": "the member's email address",
    "next_tier": '"premium"',
    "premium_monthly_quota": 'the premium_monthly_quota of the policy, as text: "{premium_monthly_quota}"',
    "cancelled_state": '"cancelled"',
    "paused_state": '"paused"',
    "escalation_reasons": "those that hold, with a comma and a blank between: critical_urgency,"
    " very_negative_sentiment, low_rag_confidence, repeated_failures",
}
RULES = """\
- Notice is the number of days from today to the day of the event. refund_full_notice_days and more: the whole price
  comes back; refund_partial_notice_days and more: refund_partial_percent of it; less: nothing. Fractions of a cent are
  cut off. The share of one ticket is what comes back, divided by the number of tickets.
- A pending booking has not been paid: 0.00 comes back for it, whatever the notice. What came back for a booking that
  is cancelled already is not known.
- Where nothing would come back because the notice is too short, take none of issue_refund, cancel_reservation and
  change_party_size: answer, and say so first.
- A refund to a credit card takes refund_processing_days, to any other payment method refund_wallet_days.
- Bookings left this month are the monthly quota less those that count already, and never fewer than none.
- {escalation} No other ticket is escalated."""
MEASURED = (
    "Escalate where urgency is critical, sentiment is very_negative, rag_confidence is below 0.4, or failed_attempts is"
    " 2 or more."
)
JUDGED = (
    "Escalate where the matter is critical and cannot wait, the customer is very upset, no article answers, or two"
    " answers have failed before."
)


def write_prompt(ticket: Ticket, articles: Sequence[Mapping[str, Any]]) -> str:
    """Write the prompt for a ticket with the articles that were found for it."""
    policies = read_policies()
    return PROMPT.format(
        today=f"{ticket.today:%A}, {ticket.today}",
        member=_describe_member(ticket),
        bookings=_list_bookings(ticket.bookings),
        subject_matter=_describe_matter(ticket),
        articles="\n\n".join(
            f"{article['article_id']}: {article['title']}\n{article['content']}" for article in articles
        ),
        policies="\n".join(f"{name} = {_say(policy)}. {policy.description}." for name, policy in policies.items()),
        actions=_list_actions(),
        rules=RULES.format(escalation=MEASURED if ticket.triage else JUDGED),
        names=", ".join(read_actions()),
        ticket_id=ticket.ticket_id,
        subject=ticket.subject,
        thread="\n\n".join(f"{role}: {text}" for role, text in ticket.thread),
    )


def _describe_member(ticket: Ticket) -> str:
    blocked = "The account is blocked." if ticket.is_blocked else "The account is not blocked."
    return (
        f"{ticket.full_name}, user_id {ticket.user_id}, email {ticket.email}. {blocked}\n"
        f"Plan: {ticket.tier}, {ticket.subscription_status}. Monthly quota: {ticket.monthly_quota} bookings,"
        f" of which {ticket.booked_this_month} count already this month."
    )


def _list_bookings(bookings: Sequence[Booking]) -> str:
    lines = [f"- {_describe_booking(booking)}" for booking in bookings[:MOST_BOOKINGS]]
    if len(bookings) > MOST_BOOKINGS:
        lines.append(f"- and {len(bookings) - MOST_BOOKINGS} older ones")
    return "\n".join(lines) or "none"


def _describe_booking(booking: Booking) -> str:
    return (
        f"{booking.reservation_id}, {booking.status}: ticket_count {booking.ticket_count}, total_price"
        f" {booking.total_price:.2f}, payment_method {booking.payment_method}, booked on {booking.booked_on},"
        f" for {booking.event_title} at {booking.venue} on {booking.event_date:%A}, {booking.event_date} at"
        f" {booking.start_time}"
    )


def _describe_matter(ticket: Ticket) -> str:
    booking, event = ticket.booking, ticket.event
    parts = [f"Booking {_describe_booking(booking)}."] if booking else ["No booking."]
    if event:
        days = (event.event_date - ticket.today).days
        parts.append(f"{_describe_event(event)} The notice is {days} days.")
    if ticket.triage:
        parts.append(_describe_triage(ticket.triage))
    return "\n".join(parts)


def _describe_event(event: Event) -> str:
    audience = "for premium members only" if event.is_premium else "for all members"
    return (
        f"Event {event.event_id}, {event.title}: status {event.status}, category {event.category}, on"
        f" {event.event_date:%A}, {event.event_date} at {event.start_time}, {audience}, {event.price_min:.2f} to"
        f" {event.price_max:.2f} dollars a ticket, {event.slots_available} tickets left. Venue: {event.venue},"
        f" {event.neighborhood}, {event.city}. Parking: {event.parking or 'not known'}."
    )


def _describe_triage(triage: Triage) -> str:
    return (
        f"Measured by the desk: urgency {triage.urgency}, sentiment {triage.sentiment}, rag_confidence"
        f" {triage.rag_confidence}, failed_attempts {triage.failed_attempts}."
    )


def _say(policy: Policy) -> str:
    """Write `5 business days` and `$12 a month`; a rule in words and a version have no unit."""
    unit = policy.unit.removeprefix("dollars") if policy.value.startswith("$") else f" {policy.unit}"
    return policy.value if policy.unit in ("text", "version") else f"{policy.value}{unit}"


def _list_actions() -> str:
    quota = read_policies()["premium_monthly_quota"].value
    lines = []
    for action in read_actions().values():
        lines.append(f"- {action.name}: {action.description}.{'' if action.arguments else ' No arguments.'}")
        for name, fact in action.arguments.items():
            lines.append(f"    {name}: {FORMS[fact].replace('{premium_monthly_quota}', quota)}")
    return "\n".join(lines)
