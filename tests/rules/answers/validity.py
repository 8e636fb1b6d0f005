"""The rules of the contract that hold whatever an agent does, as queries that list the rows that break them."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

# A booking keeps the price and the discount it was made with: is_premium_booking need not follow a later plan.
BUSINESS_RULES = {
    "every foreign key leads somewhere": "select * from pragma_foreign_key_check",
    "slots are what is left": """
        select event_id from events
        where slots_available != case status when 'cancelled' then 0 else total_tickets - tickets_sold end""",
    "sold out exactly when all is sold": """
        select event_id from events
        where status != 'cancelled' and (status = 'soldout') != (tickets_sold = total_tickets)""",
    "held tickets within the sold ones": """
        select events.event_id from events join reservations on reservations.event_id = events.event_id
        where reservations.status != 'cancelled'
        group by events.event_id
        having sum(ticket_count) > max(tickets_sold) or max(tickets_sold) > max(total_tickets)""",
    "held bookings within the monthly quota": """
        select reservations.user_id from reservations
        join subscriptions on subscriptions.user_id = reservations.user_id
        where reservations.status != 'cancelled'
        group by reservations.user_id, substr(reservations.created_at, 1, 7) having count(*) > max(monthly_quota)""",
    "price within the event's range": """
        select reservation_id from reservations join events on events.event_id = reservations.event_id
        where total_price > ticket_count * price_max + 0.01 or total_price < ticket_count * price_min * 0.9 - 0.01""",
    "quota follows the tier": """
        select user_id from subscriptions where monthly_quota != case tier when 'premium' then 10 else 5 end""",
    "ended exactly when not active": """
        select user_id from subscriptions
        where (ended_at is null) != (status = 'active') or ended_at <= started_at""",
    "blocked members hold nothing": """
        select reservation_id from reservations join users on users.user_id = reservations.user_id
        where is_blocked and reservations.status != 'cancelled'""",
    "cancelled at exactly when cancelled": """
        select reservation_id from reservations
        where (status = 'cancelled') != (cancelled_at is not null)
        or (status = 'cancelled') != (cancelled_by is not null) or cancelled_at <= created_at""",
    "refunded at most what was paid": """
        select refunds.reservation_id from refunds
        join reservations on reservations.reservation_id = refunds.reservation_id
        where reservations.status = 'cancelled'
        group by refunds.reservation_id having sum(amount) > max(total_price) + 0.01""",
    "premium events are for premium members": """
        select reservation_id from reservations
        join events on events.event_id = reservations.event_id
        join subscriptions on subscriptions.user_id = reservations.user_id
        where is_premium and tier != 'premium'""",
}
SUPPORT_RULES = {
    "every foreign key leads somewhere": "select * from pragma_foreign_key_check",
    "resolved at exactly when resolved": """
        select ticket_id from ticket_metadata
        where (resolved_at is not null) != (status = 'resolved') or resolved_at <= created_at""",
    "a reason exactly when escalated": """
        select ticket_id from ticket_metadata where (escalation_reason is not null) != (status = 'escalated')""",
    "every ticket has a user and messages": """
        select ticket_id from tickets
        where not exists (select 1 from ticket_messages where ticket_messages.ticket_id = tickets.ticket_id)""",
}


def find_broken_rules(business: Session, support: Session) -> list[str]:
    """Name the rules that a row of either database breaks."""
    return [
        rule
        for session, rules in ((business, BUSINESS_RULES), (support, SUPPORT_RULES))
        for rule, query in rules.items()
        if session.execute(text(query)).first() is not None
    ]
