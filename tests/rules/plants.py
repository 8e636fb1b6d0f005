"""Violations to plant in the marts: for each rule a statement that breaks it."""

from __future__ import annotations

from typing import NamedTuple

from duckdb import DuckDBPyConnection


class Plant(NamedTuple):
    """One planted violation.

    Attributes:
        rule: the rule meant, as `<table>.<rule>`; it must fail.
        statement: SQL that breaks it in the working database at the test volume.
        also: for one plant of each table, all further rules that fail with it.
    """

    rule: str
    statement: str
    also: tuple[str, ...] | None = None


# Marts that a build makes as views.
VIEWS = ("main.reservations", "eventhub.refunds", "eventhub.plans")


def make_tables(connection: DuckDBPyConnection) -> None:
    """Replace views by their rows, so that a violation can be planted in them."""
    for view in VIEWS:
        schema, _, name = view.partition(".")
        connection.execute(f"create table {schema}.rows_of_view as from {view}; drop view {view}")
        connection.execute(f"alter table {schema}.rows_of_view rename to {name}")


# As many articles as retrieval is judged with.
MORE_ARTICLES = (
    "insert into kb_articles select articles.* replace ('kb_' || lpad(number::varchar, 5, '0') as article_id, "
    "title || ' ' || number as title) from kb_articles as articles, range(13, 101) as numbers(number) "
    "where article_id = 'kb_00001'; "
)

# Tells a ticket in a scenario of a need that its rows do not meet.
MISPLACE = (
    "update analytics.ticket_labels set scenario = (select min(scenario) from seeds.support_scenarios "
    "where need = '{}') where ticket_id = (select min(ticket_id) from tickets inner join users using (user_id) "
    "left join reservations using (reservation_id) where not is_blocked and {} and ticket_id not in "
    "(select ticket_id from udahub.ticket_actions where action != 'escalate'))"
)

# Has the assistant say one thing more in a ticket about a booking.
SAY = (
    "update udahub.ticket_messages set content = content || ' {}' where message_id = (select max(message_id) from "
    "udahub.ticket_messages join tickets using (ticket_id) where role = 'ai' and reservation_id is not null)"
)

QUIET_USER = "(select min(user_id) from users where user_id not in (select user_id from tickets))"

# Has a member say one thing more after the first message.
ADD = (
    "update udahub.ticket_messages set content = content || ' {}' where message_id = (select max(message_id) from "
    "udahub.ticket_messages as said where role = 'user' and message_id != (select min(message_id) from "
    "udahub.ticket_messages where ticket_messages.ticket_id = said.ticket_id))"
)

# Has the member write one thing more in a ticket about a booking, and that is what the text says.
LAST_MESSAGE = (
    "(select max(message_id) from udahub.ticket_messages inner join tickets using (ticket_id) "
    "where role = '{}' and reservation_id is not null and content != description)"
)


def write_more(message: str) -> str:
    """Return statements that add words to a message, as they were written and with the title filled in."""
    return (
        "update intermediate.int_messages__text set text = text || ' {0}' where (ticket_number, turn) = "
        "(select (substr(any_value(said.ticket_id), 3)::bigint, count(*)) from udahub.ticket_messages as said "
        "inner join udahub.ticket_messages as earlier on said.ticket_id = earlier.ticket_id and said.message_id >= "
        f"earlier.message_id where said.message_id = {message}); "
        "update udahub.ticket_messages set content = content || ' ' || replace('{0}', '{{event_title}}', event_title) "
        f"from tickets where tickets.ticket_id = ticket_messages.ticket_id and message_id = {message}"
    )


WRITE = write_more(LAST_MESSAGE.format("user"))
ANSWER = write_more(LAST_MESSAGE.format("ai"))

# A booking that its member has cancelled, and a refund of the newest kind.
CANCELLED = "(select min(reservation_id) from reservations where cancelled_by = 'member')"
CONFIRMED = "(select min(reservation_id) from reservations where status = 'confirmed')"
BLOCKED = "(select min(reservation_id) from reservations where cancelled_by = 'block')"
REFUND = "(select min(refund_id) from eventhub.refunds where status = '{}')"
OWN_REFUND = "(select min(refund_id) from eventhub.refunds where ticket_id is null)"
AS_OF = "(select as_of_at from intermediate.int_parameters)"

# What was done in a resolved ticket, and a refund for it.
DONE = "(select min(action_id) from udahub.ticket_actions where action {})"
DONE_TICKET = "(select min(ticket_id) from udahub.ticket_actions where action {})"
CANCELLING = "in ('issue_refund', 'cancel_reservation')"
HANDED_OVER, HANDED_OVER_TICKET = DONE.format("= 'escalate'"), DONE_TICKET.format("= 'escalate'")

UNTOUCHED_EVENT = (
    "select min(event_id) from events where event_id not in "
    "(select event_id from reservations union select event_id from tickets where event_id is not null)"
)

PLANTS = [
    Plant(
        "users.user_id_is_sequential",
        "update users set user_id = 'x1' where user_id = 'u_00100'",
    ),
    Plant(
        "users.user_id_is_unique",
        "insert into users select * from users where user_id = (select min(user_id) from reservations "
        "where user_id not in (select user_id from tickets))",
        (
            "reservations.one_booking_per_user_and_event",
            "reservations.reservation_id_is_sequential",
            "reservations.reservation_id_is_unique",
            "udahub.users.user_id_is_unique",
            "users.email_is_unique",
            "users.names_repeat_as_in_life",
            "users.user_id_is_sequential",
        ),
    ),
    Plant(
        "users.email_is_unique",
        "update users set email = (select upper(email) from users where user_id = 'u_00002') where user_id = 'u_00001'",
    ),
    Plant(
        "users.email_is_made_of_the_name",
        "update users set email = 'somebody.else@example.org' where user_id = 'u_00001'",
    ),
    Plant(
        "users.names_repeat_as_in_life",
        "update users set full_name = split_part(full_name, ' ', 1) || ' Okafor' where split_part(full_name, ' ', 1) = "
        "(select split_part(full_name, ' ', 1) from users group by 1 order by count(*) desc, 1 limit 1)",
    ),
    Plant(
        "users.name_email_phone_city_are_given",
        "update users set phone = null where user_id = 'u_00001'",
    ),
    Plant(
        "users.created_in_the_last_two_years",
        "update users set created_at = created_at - interval 3 year, joined_at = joined_at - "
        "interval 3 year where user_id = 'u_00001'",
    ),
    Plant(
        "users.joined_at_is_created_at",
        "update users set joined_at = joined_at - interval 1 second where user_id = 'u_00001'",
    ),
    Plant(
        "users.tier_is_known",
        "update users set subscription_tier = 'gold' where user_id = 'u_00001'",
    ),
    Plant(
        "users.status_is_known",
        "update users set subscription_status = 'trial' where user_id = 'u_00001'",
    ),
    Plant(
        "users.quota_follows_tier",
        "update users set monthly_quota = 7 where user_id = 'u_00001'",
    ),
    Plant(
        "users.account_before_subscription",
        "update users set subscription_started_at = created_at - interval 1 second where user_id = 'u_00001'",
    ),
    Plant(
        "users.ended_exactly_when_not_active",
        "update users set subscription_ended_at = null where user_id = (select user_id from "
        "users where subscription_status != 'active' limit 1)",
    ),
    Plant(
        "users.ended_after_start_and_not_in_the_future",
        "update users set subscription_ended_at = subscription_ended_at + interval 3 year where "
        "user_id = (select user_id from users where subscription_status != 'active' limit 1)",
    ),
    Plant(
        "venues.venue_id_is_unique",
        "insert into venues select * replace ('Another Hall' as name) from venues where venue_id = (select "
        "min(venue_id) from events inner join tickets using (event_id) inner join udahub.ticket_messages "
        "using (ticket_id) where contains(content, venue_name))",
        (
            "events.event_id_is_sequential",
            "events.event_id_is_unique",
            "events.title_is_unique",
            "events.venue_name_is_the_venues",
            "texts.every_slot_says_what_the_rows_hold",
            "ticket_labels.every_ticket_is_labelled",
            "ticket_labels.nothing_else_is_told",
            "ticket_labels.ticket_id_is_unique",
            "udahub.ticket_metadata.every_ticket_has_metadata",
            "udahub.ticket_metadata.ticket_id_is_unique",
            "venues.landed_venue_is_as_landed",
            "venues.venue_id_is_sequential",
        ),
    ),
    Plant(
        "venues.venue_id_is_sequential",
        "update venues set venue_id = 'venue 1' where venue_id = 'v_00001'",
    ),
    Plant(
        "venues.name_is_unique",
        "update venues set name = (select upper(name) from venues where venue_id = 'v_00002') "
        "where venue_id = 'v_00001'",
    ),
    Plant(
        "venues.neighborhood_lies_in_city_and_city_in_region",
        "update venues set neighborhood = 'Temescal' where venue_id = (select venue_id from "
        "venues where city != 'Oakland' limit 1)",
    ),
    Plant(
        "venues.state_is_california",
        "update venues set state = 'Nevada' where venue_id = 'v_00001'",
    ),
    Plant(
        "venues.address_is_given",
        "update venues set address = null where venue_id = 'v_00001'",
    ),
    Plant(
        "venues.capacity_in_range_of_category",
        "update venues set capacity = 30000 where venue_id = 'v_00001'",
    ),
    Plant(
        "events.event_id_is_sequential",
        "update events set event_id = 'e1' where event_id = (select event_id from events where "
        "status = 'active' and not is_premium order by 1 limit 1)",
    ),
    Plant(
        "events.event_id_is_unique",
        "insert into events select * replace ('Twice' as title) from events where event_id = "
        "(select event_id from events where status = 'active' and not is_premium order by 1 "
        "limit 1)",
    ),
    Plant(
        "events.title_is_unique",
        "update events set title = (select upper(title) from events where event_id = 'e_00020') where event_id = "
        "(select event_id from tickets where reservation_id is not null group by 1 order by count(*) desc, 1 limit 1)",
        (
            "events.landed_event_is_as_landed",
            "reservations.event_columns_are_the_events",
            "texts.event_is_named_where_it_was_meant",
            "texts.every_slot_says_what_the_rows_hold",
            "texts.no_other_event_or_venue_is_named",
            "tickets.event_columns_are_the_events",
        ),
    ),
    Plant(
        "events.venue_exists",
        "update events set venue_id = 'v_99999' where event_id = 'e_00001'",
    ),
    Plant(
        "events.venue_name_is_the_venues",
        "update events set venue_name = 'Elsewhere' where event_id = 'e_00001'",
    ),
    Plant(
        "events.category_matches_venue",
        "update events set category = 'sports' where event_id = 'e_00001'",
    ),
    Plant(
        "events.city_is_the_venues",
        "update events set city = 'Fresno' where event_id = 'e_00001'",
    ),
    Plant(
        "events.date_in_the_next_six_months",
        'update events set event_date = event_date + interval 1 year, "when" = "when" + '
        "interval 1 year where event_id = 'e_00001'",
    ),
    Plant(
        "events.past_date_in_the_past_season",
        "update events set event_date = (select last_past_date + 1 from intermediate.int_parameters) "
        "where event_id = 'e_00001'",
    ),
    Plant(
        "events.when_is_date_and_start_time",
        'update events set "when" = "when" + interval 1 hour where event_id = \'e_00001\'',
    ),
    Plant(
        "events.duration_is_positive",
        "update events set duration_minutes = 0 where event_id = 'e_00001'",
    ),
    Plant(
        "events.price_min_below_price_max",
        "update events set price_max = price_min where event_id = 'e_00001'",
    ),
    Plant(
        "events.tickets_within_capacity",
        "update events set total_tickets = 99999 where event_id = 'e_00001'",
    ),
    Plant(
        "events.sold_within_total",
        "update events set tickets_sold = total_tickets + 1 where event_id = 'e_00001'",
    ),
    Plant(
        "events.held_tickets_within_sold",
        "update events set tickets_sold = 0, slots_available = total_tickets where event_id = "
        "(select event_id from reservations join events using (event_id) where "
        "reservations.status = 'confirmed' and events.status = 'active' order by 1 limit 1)",
    ),
    Plant(
        "events.status_is_known",
        "update events set status = 'moved' where event_id = 'e_00001'",
    ),
    Plant(
        "events.soldout_exactly_when_all_sold",
        "update events set tickets_sold = total_tickets, slots_available = 0 where event_id = "
        "(select event_id from events where status = 'active' and not is_premium order by 1 "
        "limit 1)",
    ),
    Plant(
        "events.slots_are_what_is_left",
        "update events set slots_available = slots_available + 1 where event_id = 'e_00001'",
    ),
    Plant(
        "events.premium_is_given",
        "update events set is_premium = null where event_id = 'e_00001'",
    ),
    Plant(
        "events.text_has_no_unfilled_slot",
        "update events set description = 'At {venue_name}.' where event_id = 'e_00001'",
    ),
    Plant(
        "reservations.reservation_id_is_sequential",
        "update reservations set reservation_id = 'r1' where reservation_id = 'r_00001'",
        (),
    ),
    Plant(
        "reservations.reservation_id_is_unique",
        "update reservations set reservation_id = 'r_00002' where reservation_id = 'r_00001'",
    ),
    Plant(
        "reservations.reservation_id_is_unique",
        "update reservations set reservation_id = 'r1' where reservation_id in ('r_00001', 'r_00002')",
    ),
    Plant(
        "reservations.user_exists",
        "update reservations set user_id = 'u_99999' where reservation_id = (select "
        "reservation_id from reservations where status = 'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.event_exists",
        "update reservations set event_id = 'e_99999' where reservation_id = (select "
        "reservation_id from reservations where status = 'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.user_columns_are_the_users",
        "update reservations set user_email = 'x@example.com' where reservation_id = (select "
        "reservation_id from reservations where status = 'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.event_columns_are_the_events",
        "update reservations set venue_name = 'Elsewhere' where reservation_id = (select "
        "reservation_id from reservations where status = 'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.status_is_known",
        "update reservations set status = 'held' where reservation_id = (select reservation_id "
        "from reservations where status = 'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.payment_method_is_known",
        "update reservations set payment_method = 'cash' where reservation_id = (select "
        "reservation_id from reservations where status = 'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.premium_event_only_for_premium_user",
        "update events set is_premium = true where event_id = (select r.event_id from "
        "reservations r join users u using (user_id) join events e using (event_id) where "
        "u.subscription_tier = 'basic' and not e.is_premium order by 1 limit 1)",
    ),
    Plant(
        "reservations.blocked_users_bookings_are_cancelled",
        "update reservations set status = 'pending' where reservation_id = (select "
        "reservation_id from reservations join users using (user_id) where is_blocked order by "
        "booking_date limit 1)",
    ),
    Plant(
        "reservations.no_booking_of_a_cancelled_event",
        "update events set status = 'cancelled', slots_available = 0 where event_id = (select "
        "event_id from reservations join events using (event_id) where events.status = 'active' "
        "order by 1 limit 1)",
    ),
    Plant(
        "reservations.booked_within_subscription",
        "update reservations set booking_date = booking_date - interval 3 year where "
        "reservation_id = (select reservation_id from reservations where status = 'confirmed' "
        "order by 1 limit 1)",
    ),
    Plant(
        "reservations.booked_before_as_of",
        "update reservations set booking_date = (select as_of_at + interval 1 hour from "
        "intermediate.int_parameters) where reservation_id = (select reservation_id from reservations "
        "join users using (user_id) where subscription_status = 'active' and reservations.status "
        "= 'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.booked_before_event",
        "update reservations set booking_date = event_date + interval 1 day where reservation_id "
        "= (select reservation_id from reservations where status = 'confirmed' order by 1 limit "
        "1)",
    ),
    Plant(
        "reservations.one_to_six_tickets",
        "update reservations set ticket_count = 7, total_price = total_price * 7 / ticket_count "
        "where reservation_id = (select reservation_id from reservations where status = "
        "'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.unit_price_in_range_of_event",
        "update reservations set total_price = total_price * 20 where reservation_id = (select "
        "reservation_id from reservations where status = 'confirmed' order by 1 limit 1)",
    ),
    Plant(
        "reservations.premium_booking_exactly_for_premium_tier",
        "update reservations set is_premium_booking = not is_premium_booking where "
        "reservation_id = (select reservation_id from reservations where status = 'confirmed' "
        "order by 1 limit 1)",
    ),
    Plant(
        "reservations.no_past_booking_is_pending",
        f"update reservations set event_date = {AS_OF}::date - 9 where reservation_id = (select min(reservation_id) "
        "from reservations where status = 'pending')",
    ),
    Plant(
        "reservations.attended_only_when_confirmed",
        f"update reservations set attended_at = {AS_OF} - interval 1 hour where reservation_id = {CANCELLED}",
    ),
    Plant(
        "reservations.attended_only_in_the_past",
        f"update reservations set attended_at = {AS_OF} - interval 1 hour where reservation_id = {CONFIRMED}",
    ),
    Plant(
        "reservations.attended_while_the_event_was_on",
        f"update reservations set attended_at = booking_date + interval 1 hour where reservation_id = {CONFIRMED}",
    ),
    Plant(
        "udahub.user_history.every_happening_of_an_author_is_told_once",
        "update reservations set attended_at = booking_date where user_id in (select user_id from tickets)",
    ),
    Plant(
        "reservations.one_booking_per_user_and_event",
        "insert into reservations select * replace ('r_09999' as reservation_id) from "
        "reservations where status = 'cancelled' order by 1 limit 1",
    ),
    Plant(
        "reservations.one_booking_per_user_and_event",
        "update reservations set user_id = 'x1', event_id = 'e_00001' where reservation_id in ('r_00001', 'r_00002')",
    ),
    Plant(
        "reservations.held_bookings_within_monthly_quota",
        "update reservations set booking_date = (select as_of_at - interval 1 hour from "
        "intermediate.int_parameters), user_id = 'u_00001', user_email = (select email from users "
        "where user_id = 'u_00001') where status = 'confirmed'",
    ),
    Plant(
        "reservations.confirmed_bookings_do_not_overlap",
        'update events set "when" = (select min("when") from events)',
    ),
    Plant(
        "reservations.confirmed_bookings_do_not_overlap",
        "update events set duration_minutes = duration_minutes + 1440 * 200 where event_id = (select event_id from "
        "reservations where status = 'confirmed' group by 1 order by count(*) desc limit 1)",
    ),
    Plant(
        "days.no_day_holds_three_times_the_four_weeks_before",
        "update reservations set booking_date = (select as_of_at - interval 1 hour from intermediate.int_parameters) "
        "where status = 'confirmed'",
    ),
    Plant(
        "days.no_day_holds_three_times_the_four_weeks_before",
        "update reservations set status = 'cancelled', cancelled_by = 'member', cancelled_at = "
        "(select as_of_at - interval 1 hour from intermediate.int_parameters) where cancelled_at is null",
    ),
    Plant(
        "days.no_day_holds_three_times_the_four_weeks_before",
        "update tickets set created_at = (select as_of_at - interval 1 hour from intermediate.int_parameters) "
        "where created_at < (select as_of_at - interval 3 day from intermediate.int_parameters) "
        "and status != 'resolved'",
        (
            "texts.every_slot_says_what_the_rows_hold",
            "texts.spans_are_to_the_event",
            "udahub.ticket_messages.conversation_opens_with_the_description",
            "udahub.user_history.happened_when_the_row_says",
        ),
    ),
    Plant(
        "users.blocked_at_and_reason_exactly_when_blocked",
        "update users set blocked_reason = null where is_blocked",
    ),
    Plant(
        "users.blocked_at_and_reason_exactly_when_blocked",
        "update users set blocked_at = subscription_started_at where not is_blocked",
    ),
    Plant(
        "users.blocked_after_the_account_and_not_in_the_future",
        "update users set blocked_at = created_at where is_blocked",
    ),
    Plant(
        "users.blocked_after_the_account_and_not_in_the_future",
        f"update users set blocked_at = {AS_OF} + interval 1 second where is_blocked",
    ),
    Plant(
        "users.blocked_reason_is_known",
        "update users set blocked_reason = 'bad taste' where is_blocked",
    ),
    Plant(
        "reservations.cancelled_at_and_by_exactly_when_cancelled",
        f"update reservations set cancelled_at = null where reservation_id = {CANCELLED}",
    ),
    Plant(
        "reservations.cancelled_at_and_by_exactly_when_cancelled",
        f"update reservations set cancelled_by = null where reservation_id = {CANCELLED}",
    ),
    Plant(
        "reservations.cancelled_at_and_by_exactly_when_cancelled",
        "update reservations set cancelled_at = booking_date + interval 1 second, cancelled_by = 'member' where "
        "reservation_id = (select min(reservation_id) from reservations where status = 'confirmed')",
    ),
    Plant(
        "reservations.cancelled_by_is_known",
        f"update reservations set cancelled_by = 'nobody' where reservation_id = {CANCELLED}",
    ),
    Plant(
        "reservations.cancelled_after_the_booking",
        f"update reservations set cancelled_at = booking_date where reservation_id = {CANCELLED}",
    ),
    Plant(
        "reservations.cancelled_before_as_of_and_the_event",
        f"update reservations set cancelled_at = {AS_OF} + interval 1 second where reservation_id = {CANCELLED}",
    ),
    Plant(
        "reservations.cancelled_before_as_of_and_the_event",
        f"update reservations set event_date = cancelled_at::date where reservation_id = {CANCELLED}",
    ),
    Plant(
        "reservations.no_booking_after_the_block",
        f"update reservations set booking_date = (select max(blocked_at) from users) where reservation_id = {BLOCKED}",
    ),
    Plant(
        "reservations.block_cancels_exactly_at_the_block",
        f"update reservations set cancelled_by = 'block' where reservation_id = {CANCELLED}",
    ),
    Plant(
        "reservations.block_cancels_exactly_at_the_block",
        f"update reservations set cancelled_by = 'member' where reservation_id = {BLOCKED}",
    ),
    Plant(
        "reservations.cancelled_at_the_block_at_latest",
        "update reservations set cancelled_at = cancelled_at + interval 1 second, cancelled_by = 'member' "
        f"where reservation_id = {BLOCKED}",
    ),
    Plant(
        "refunds.refund_id_is_unique",
        f"insert into eventhub.refunds select * from eventhub.refunds where refund_id = {OWN_REFUND}",
        ("refunds.refund_id_is_sequential", "refunds.refunded_at_most_the_price"),
    ),
    Plant(
        "refunds.refund_id_is_sequential",
        "update eventhub.refunds set refund_id = 'f1' where refund_id = 'f_00001'",
    ),
    Plant(
        "refunds.reservation_exists",
        "update eventhub.refunds set reservation_id = 'r_99999' where refund_id = 'f_00001'",
    ),
    Plant(
        "refunds.refunded_when_cancelled_or_made_smaller",
        "update eventhub.refunds set reservation_id = (select min(reservation_id) from reservations "
        f"where status = 'confirmed') where refund_id = {OWN_REFUND}",
    ),
    Plant(
        "refunds.refunded_when_cancelled_or_made_smaller",
        f"update eventhub.refunds set reservation_id = {BLOCKED} where refund_id = 'f_00001'",
    ),
    Plant(
        "refunds.refunded_when_cancelled_or_made_smaller",
        f"update eventhub.refunds set requested_at = requested_at - interval 1 second where refund_id = {OWN_REFUND}",
    ),
    Plant(
        "refunds.ticket_is_named_exactly_when_support_gave_it_back",
        "update eventhub.refunds set ticket_id = null where ticket_id is not null",
    ),
    Plant(
        "udahub.ticket_actions.action_id_is_sequential",
        "update udahub.ticket_actions set action_id = 'x1' where action_id = 'a_00001'",
        (),
    ),
    Plant(
        "udahub.ticket_actions.action_id_is_unique",
        "insert into udahub.ticket_actions from udahub.ticket_actions where action_id = 'a_00001'",
    ),
    Plant(
        "udahub.ticket_actions.ticket_exists",
        "update udahub.ticket_actions set ticket_id = 't_99999' where action_id = 'a_00001'",
    ),
    Plant(
        "udahub.ticket_actions.action_is_known",
        "update udahub.ticket_actions set action = 'answer' where action_id = 'a_00001'",
    ),
    Plant(
        "udahub.ticket_actions.actor_is_known",
        "update udahub.ticket_actions set actor = 'system' where action_id = 'a_00001'",
    ),
    Plant(
        "udahub.ticket_actions.done_in_resolved_and_handed_over_in_escalated_tickets",
        f"update udahub.ticket_actions set action = 'reset_access' where action_id = {HANDED_OVER}",
    ),
    Plant(
        "udahub.ticket_actions.action_is_the_answer_keys",
        f"update udahub.ticket_actions set arguments = '{{}}' where action_id = {DONE.format(CANCELLING)}",
    ),
    Plant(
        "udahub.ticket_actions.done_at_a_message_of_its_actor",
        "update udahub.ticket_actions set created_at = created_at + interval 1 second where action_id = 'a_00001'",
    ),
    Plant(
        "udahub.ticket_actions.member_promises_nothing_that_was_done",
        "update udahub.ticket_messages set content = 'Then I will cancel it tonight.' where role = 'user' and "
        "created_at > "
        "(select created_at from udahub.ticket_actions where action != 'escalate' and ticket_actions.ticket_id = "
        "ticket_messages.ticket_id)",
    ),
    Plant(
        "udahub.ticket_actions.history_records_it",
        f"delete from udahub.user_history where ticket_id = {DONE_TICKET.format(CANCELLING)} and interaction_type "
        "= 'booking_cancelled'",
    ),
    Plant(
        "udahub.ticket_actions.booking_is_cancelled_by_its_actor_then",
        "update reservations set cancelled_at = cancelled_at - interval 1 second where cancelled_by = 'desk'",
    ),
    Plant(
        "udahub.ticket_actions.booking_is_cancelled_by_its_actor_then",
        f"update udahub.ticket_actions set actor = 'member' where action_id = {DONE.format(CANCELLING)}",
    ),
    Plant(
        "udahub.ticket_actions.member_acts_after_the_answer_and_then_says_so",
        f"update udahub.ticket_actions set actor = 'member' where action_id = {DONE.format(CANCELLING)}",
    ),
    Plant(
        "udahub.ticket_actions.who_says_to_have_cancelled_did",
        "update udahub.ticket_messages set content = 'cancelled it, thx' where message_id = "
        "(select max(message_id) from udahub.ticket_messages where role = 'user' and ticket_id = "
        f"{DONE_TICKET.format(CANCELLING)})",
    ),
    Plant(
        "udahub.ticket_actions.party_is_smaller_by_the_ticket_given_back",
        f"update udahub.ticket_actions set action = 'change_party_size' where action_id = {DONE.format(CANCELLING)}",
    ),
    Plant(
        "udahub.ticket_actions.refund_is_requested_then",
        "delete from eventhub.refunds where ticket_id is not null",
    ),
    Plant(
        "udahub.ticket_actions.membership_ended_then",
        f"update udahub.ticket_actions set action = 'pause_subscription' where action_id = {DONE.format(CANCELLING)}",
    ),
    Plant(
        "udahub.ticket_actions.member_is_premium",
        f"update udahub.ticket_actions set action = 'upgrade' where action_id = {DONE.format(CANCELLING)}",
    ),
    Plant(
        "udahub.ticket_actions.every_ticket_has_what_was_done",
        "delete from udahub.ticket_actions where action_id = 'a_00001'",
    ),
    Plant(
        "udahub.ticket_actions.everything_that_the_desk_did_has_its_ticket",
        f"update reservations set cancelled_by = 'desk' where reservation_id = {CANCELLED}",
    ),
    Plant(
        "udahub.ticket_actions.nothing_that_was_done_is_of_two_tickets",
        "update tickets set reservation_id = (select min(reservation_id) from reservations where cancelled_by = "
        "'desk') "
        f"where ticket_id = {HANDED_OVER_TICKET}",
    ),
    Plant(
        "tickets.nobody_writes_more_than_four_tickets",
        "update tickets set user_id = 'u_00001' where ticket_id <= 't_00005'",
    ),
    Plant(
        "ticket_labels.resolved_tickets_are_training_ones",
        "update analytics.ticket_labels set split = 'dev' where ticket_id in (select ticket_id from tickets where "
        "status = 'resolved')",
    ),
    Plant(
        "refunds.percent_is_the_policys",
        "update eventhub.refunds set percent = 150 - percent where refund_id = 'f_00001'",
    ),
    Plant(
        "refunds.percent_is_the_policys",
        "update reservations set event_date = cancelled_at::date + 3 where reservation_id = "
        "(select min(reservation_id) from eventhub.refunds)",
    ),
    Plant(
        "refunds.amount_is_the_percent_of_the_price",
        "update eventhub.refunds set amount = amount - 0.01 where refund_id = 'f_00001'",
    ),
    Plant(
        "refunds.refunded_at_most_the_price",
        "insert into eventhub.refunds select * replace ('f_00000' as refund_id, 0.01 as amount) from eventhub.refunds "
        "where percent = 100 and ticket_id is null order by refund_id limit 1",
    ),
    Plant(
        "refunds.seats_given_back_are_the_bookings",
        "update eventhub.refunds set ticket_count = 7 where refund_id = 'f_00001'",
    ),
    Plant(
        "refunds.refunded_to_the_payment_method",
        "update eventhub.refunds set method = case method when 'paypal' then 'apple_pay' else 'paypal' end "
        "where refund_id = 'f_00001'",
    ),
    Plant(
        "refunds.status_is_known",
        "update eventhub.refunds set status = 'approved' where refund_id = 'f_00001'",
    ),
    Plant(
        "refunds.paid_at_exactly_when_paid",
        f"update eventhub.refunds set status = 'requested' where refund_id = {REFUND.format('paid')}",
    ),
    Plant(
        "refunds.paid_after_the_request_and_not_in_the_future",
        f"update eventhub.refunds set paid_at = requested_at where refund_id = {REFUND.format('paid')}",
    ),
    Plant(
        "refunds.paid_after_the_request_and_not_in_the_future",
        f"update eventhub.refunds set paid_at = {AS_OF} + interval 1 second where refund_id = {REFUND.format('paid')}",
    ),
    Plant(
        "refunds.paid_within_the_policys_days",
        "update eventhub.refunds set paid_at = requested_at + interval 8 day where refund_id = (select min(refund_id) "
        f"from eventhub.refunds where requested_at < {AS_OF} - interval 8 day)",
    ),
    Plant(
        "refunds.paid_within_the_policys_days",
        "update eventhub.refunds set paid_at = null, status = 'requested' where refund_id = "
        f"(select min(refund_id) from eventhub.refunds where requested_at < {AS_OF} - interval 9 day)",
    ),
    Plant(
        "refunds.every_refund_due_is_there",
        "delete from eventhub.refunds where refund_id = (select max(refund_id) from eventhub.refunds)",
    ),
    Plant(
        "plans.tier_is_unique",
        "insert into eventhub.plans select * from eventhub.plans where tier = 'basic'",
        (),
    ),
    Plant(
        "plans.every_tier_has_a_plan",
        "delete from eventhub.plans where tier = 'premium'",
    ),
    Plant(
        "plans.price_is_the_policys",
        "update eventhub.plans set monthly_price = monthly_price + 0.99 where tier = 'basic'",
    ),
    Plant(
        "plans.quota_is_the_policys",
        "update eventhub.plans set monthly_quota = 6 where tier = 'basic'",
    ),
    Plant(
        "data_set.data_set_is_the_one_that_was_built",
        "update udahub.data_set set seed = seed + 1",
        ("data_set.one_row_and_the_same_in_both_files",),
    ),
    Plant(
        "data_set.data_set_is_the_one_that_was_built",
        "update udahub.data_set set data_hash = 'x'",
    ),
    Plant(
        "data_set.nothing_is_left_out",
        "update udahub.data_set set license = null",
    ),
    Plant(
        "data_set.one_row_and_the_same_in_both_files",
        "update udahub.data_set set volume = 'portfolio'",
    ),
    Plant(
        "data_set.one_row_and_the_same_in_both_files",
        "insert into udahub.data_set from udahub.data_set",
    ),
    Plant(
        "ticket_labels.booking_is_what_the_scenario_speaks_of",
        "update reservations set cancelled_at = tickets.created_at + interval 1 second from tickets where "
        "reservations.reservation_id = tickets.reservation_id and reservations.status = 'cancelled'",
    ),
    Plant(
        "kb_articles.article_id_is_sequential",
        "update kb_articles set article_id = 'kb1' where article_id = 'kb_00012'",
        (
            "kb_articles.help_desk_knows_the_same",
            "kb_articles.updated_after_creation_and_not_in_the_future",
        ),
    ),
    Plant(
        "kb_articles.article_id_is_unique",
        "insert into kb_articles select * replace ('Again' as title) from kb_articles where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.title_is_unique",
        "update kb_articles set title = (select upper(title) from kb_articles where article_id = "
        "'kb_00002') where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.three_to_five_paragraphs",
        "update kb_articles set content = 'One paragraph.' where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.three_to_five_tags",
        "update kb_articles set tags = ['one'] where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.is_published",
        "update kb_articles set is_published = false where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.view_count_in_range",
        "update kb_articles set view_count = 6000 where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.helpful_votes_in_range_and_within_views",
        "update kb_articles set helpful_votes = view_count + 1 where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.text_has_no_unfilled_slot",
        "update kb_articles set content = content || '{refund_full_notice_days}' where article_id = 'kb_00001'",
    ),
    Plant(
        "tickets.ticket_id_is_sequential",
        "update tickets set ticket_id = 't1' where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.ticket_id_is_unique",
        "insert into tickets select * from tickets where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.user_exists",
        "update tickets set user_id = 'u_99999' where ticket_id = (select ticket_id from tickets "
        "where reservation_id is not null order by 1 limit 1)",
    ),
    Plant(
        "tickets.reservation_exists",
        "update tickets set reservation_id = 'r_99999' where ticket_id = (select ticket_id from "
        "tickets where reservation_id is not null order by 1 limit 1)",
    ),
    Plant(
        "tickets.event_exists",
        "update tickets set event_id = 'e_99999' where ticket_id = (select ticket_id from "
        "tickets where reservation_id is not null order by 1 limit 1)",
    ),
    Plant(
        "tickets.user_columns_are_the_users",
        "update tickets set user_email = 'x@example.com' where ticket_id = (select ticket_id "
        "from tickets where reservation_id is not null order by 1 limit 1)",
        (),
    ),
    Plant(
        "tickets.event_columns_are_the_events",
        "update tickets set event_title = 'Another evening' where ticket_id = (select ticket_id "
        "from tickets where reservation_id is not null order by 1 limit 1)",
    ),
    Plant(
        "tickets.reservation_is_the_users_own",
        "update tickets set reservation_id = (select r.reservation_id from reservations r where "
        "r.user_id != tickets.user_id and r.event_id = tickets.event_id limit 1) where ticket_id "
        "= (select ticket_id from tickets where reservation_id is not null order by 1 limit 1)",
    ),
    Plant(
        "tickets.event_is_the_reservations",
        "update tickets set event_id = (select event_id from events e where e.event_id != "
        "tickets.event_id limit 1) where ticket_id = (select ticket_id from tickets where "
        "reservation_id is not null order by 1 limit 1)",
    ),
    Plant(
        "tickets.category_is_known",
        "update tickets set category = 'praise' where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.main_issue_type_is_known",
        "update tickets set main_issue_type = 'praise' where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.status_is_known",
        "update tickets set status = 'closed' where ticket_id = (select ticket_id from tickets "
        "where status = 'open' limit 1)",
    ),
    Plant(
        "tickets.priority_is_known",
        "update tickets set priority = 'asap' where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.created_in_the_last_30_days",
        "update tickets set created_at = created_at - interval 31 day where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.created_after_the_account",
        "update users set created_at = (select as_of_at from intermediate.int_parameters) where "
        "user_id = (select user_id from tickets limit 1)",
    ),
    Plant(
        "tickets.created_after_the_booking",
        "update tickets set created_at = (select booking_date - interval 1 hour from "
        "reservations r where r.reservation_id = tickets.reservation_id) where ticket_id = "
        "(select ticket_id from tickets join reservations using (reservation_id) order by "
        "booking_date desc limit 1)",
    ),
    Plant(
        "tickets.refund_and_cancellation_come_from_bookers",
        "delete from reservations where user_id = (select user_id from tickets where category = "
        "'refund' order by ticket_id limit 1)",
    ),
    Plant(
        "tickets.resolved_at_exactly_when_resolved",
        "update tickets set resolved_at = null where ticket_id = (select ticket_id from tickets "
        "where status = 'resolved' order by 1 limit 1)",
    ),
    Plant(
        "tickets.resolved_after_creation_and_not_in_the_future",
        "update tickets set resolved_at = created_at - interval 1 hour where ticket_id = (select "
        "ticket_id from tickets where status = 'resolved' order by 1 limit 1)",
    ),
    Plant(
        "tickets.text_has_no_unfilled_slot",
        "update tickets set agent_notes = 'Call {first_name}' where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.four_fifths_of_refunds_and_cancellations_are_linked",
        "update tickets set reservation_id = null where category = 'refund'",
    ),
    Plant(
        "tickets.high_or_urgent_share_of_category",
        "update tickets set priority = 'high' where category = 'general'",
    ),
    Plant(
        "udahub.ticket_metadata.ticket_exists",
        "delete from tickets where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_metadata.ticket_is_the_same_users",
        "update udahub.tickets set user_id = 'u_00001' where user_id != 'u_00001'",
        (),
    ),
    Plant(
        "udahub.ticket_metadata.ticket_id_is_unique",
        "insert into udahub.ticket_metadata select * from udahub.ticket_metadata limit 1",
    ),
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update udahub.ticket_metadata set subject = 'x' where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_metadata.urgency_follows_priority",
        "update udahub.ticket_metadata set urgency = 'medium' where ticket_id = (select "
        "ticket_id from udahub.ticket_metadata where urgency = 'low' limit 1)",
    ),
    Plant(
        "udahub.ticket_metadata.sentiment_is_known",
        "update udahub.ticket_metadata set sentiment = 'bored' where ticket_id = (select "
        "ticket_id from udahub.ticket_metadata where status = 'open' limit 1)",
    ),
    Plant(
        "udahub.ticket_metadata.confidence_in_range",
        "update udahub.ticket_metadata set rag_confidence = 1.5 where ticket_id = (select "
        "ticket_id from udahub.ticket_metadata where status = 'open' limit 1)",
    ),
    Plant(
        "udahub.ticket_metadata.escalated_exactly_when_triggered",
        "update udahub.ticket_metadata set failed_attempts = 2 where status = 'open'",
    ),
    Plant(
        "udahub.ticket_metadata.updated_after_the_last_message",
        "update udahub.ticket_metadata set updated_at = created_at - interval 1 hour where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_messages.message_id_is_unique",
        "update udahub.ticket_messages set message_id = 'm_00002' where message_id = 'm_00001'",
        (),
    ),
    Plant(
        "udahub.ticket_messages.ticket_exists",
        "update udahub.ticket_messages set ticket_id = 't_99999' where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_messages.role_is_known",
        "update udahub.ticket_messages set role = 'bot' where message_id = 'm_00002'",
    ),
    Plant(
        "udahub.ticket_messages.two_to_six_turns",
        "delete from udahub.ticket_messages where ticket_id = 't_00001' and message_id != 'm_00001'",
    ),
    Plant(
        "udahub.ticket_messages.conversation_opens_with_the_description",
        "update udahub.ticket_messages set content = 'Hi' where message_id = 'm_00001'",
    ),
    Plant(
        "udahub.ticket_messages.messages_follow_in_time",
        "update udahub.ticket_messages set created_at = created_at - interval 1 day where message_id = 'm_00002'",
    ),
    Plant(
        "udahub.ticket_messages.messages_end_before_the_ticket_closed",
        "update udahub.ticket_messages set created_at = created_at + interval 40 day where "
        "message_id in (select max(message_id) from udahub.ticket_messages group by ticket_id)",
    ),
    Plant(
        "udahub.ticket_messages.open_ticket_waits_for_an_answer",
        "update udahub.ticket_messages set role = 'ai' where message_id in (select "
        "max(message_id) from udahub.ticket_messages join tickets using (ticket_id) where status "
        "= 'open' group by ticket_id)",
    ),
    Plant(
        "udahub.ticket_messages.answered_ticket_has_an_agents_last_word",
        "update udahub.ticket_messages set role = 'user' where message_id in (select "
        "max(message_id) from udahub.ticket_messages join tickets using (ticket_id) where status "
        "= 'in_progress' group by ticket_id)",
    ),
    Plant(
        "udahub.ticket_messages.escalated_ticket_was_handed_over",
        "update udahub.ticket_messages set role = 'ai' where message_id in (select "
        "max(message_id) from udahub.ticket_messages join tickets using (ticket_id) where status "
        "= 'escalated' group by ticket_id)",
    ),
    Plant(
        "udahub.ticket_messages.text_has_no_unfilled_slot",
        "update udahub.ticket_messages set content = content || '{order_id}' where message_id = 'm_00002'",
    ),
    Plant(
        "udahub.ticket_messages.agent_writes_while_support_is_open",
        "update udahub.ticket_messages set created_at = created_at::date + interval 6 hour where role = 'agent'",
    ),
    Plant(
        "udahub.ticket_messages.agent_writes_while_support_is_open",
        "update udahub.ticket_messages set created_at = created_at::date + interval 15 hour + interval 59 minute "
        "where role = 'agent'",
    ),
    Plant(
        "udahub.ticket_messages.member_writes_again_by_day",
        "update udahub.ticket_messages set created_at = created_at::date + interval 11 hour where role = 'user'",
    ),
    Plant(
        "udahub.ticket_messages.assistant_takes_the_time_of_the_channel",
        "update udahub.ticket_messages set created_at = tickets.created_at + interval 179 second from tickets "
        "where tickets.ticket_id = ticket_messages.ticket_id and message_id in (select min(message_id) "
        "from udahub.ticket_messages where role = 'ai' group by ticket_id); "
        "update udahub.tickets set channel = 'phone'",
    ),
    Plant(
        "udahub.ticket_messages.messages_end_before_the_ticket_closed",
        "update tickets set resolved_at = created_at + interval 1 second where status = 'resolved'",
    ),
    Plant(
        "udahub.ticket_metadata.first_response_is_the_first_answer",
        "update udahub.ticket_metadata set first_response_at = created_at where first_response_at is null",
    ),
    Plant(
        "udahub.ticket_metadata.first_response_is_the_first_answer",
        "update udahub.ticket_messages set created_at = created_at + interval 1 second where role in ('ai', 'agent')",
    ),
    Plant(
        "udahub.ticket_metadata.assigned_agent_exactly_where_one_wrote",
        "update udahub.ticket_metadata set assigned_agent = 'Dana' where assigned_agent is null",
    ),
    Plant(
        "udahub.ticket_metadata.assigned_agent_exactly_where_one_wrote",
        "update udahub.ticket_metadata set assigned_agent = null where status = 'in_progress'",
    ),
    Plant(
        "udahub.ticket_metadata.assigned_agent_signs",
        "update udahub.ticket_metadata set assigned_agent = case assigned_agent when 'Dana' then 'Oscar' "
        "else 'Dana' end where assigned_agent is not null",
    ),
    Plant(
        "udahub.ticket_metadata.rating_is_of_a_resolved_ticket",
        "update udahub.ticket_metadata set csat = 3 where status = 'escalated'",
    ),
    Plant(
        "udahub.ticket_metadata.rating_is_of_a_resolved_ticket",
        "update udahub.ticket_metadata set csat = 6 where status = 'resolved'",
    ),
    Plant(
        "udahub.ticket_metadata.escalated_ticket_of_two_days_has_an_agent",
        "update udahub.ticket_messages set role = 'system' where role = 'agent' and ticket_id in (select ticket_id "
        "from tickets where status = 'escalated')",
    ),
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update udahub.ticket_metadata set csat = 6 - csat where csat != 3",
    ),
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update udahub.ticket_metadata set first_response_at = first_response_at + interval 1 second",
    ),
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update tickets set assigned_agent = null",
    ),
    Plant(
        "udahub.users.user_id_is_unique",
        "insert into udahub.users select * replace ('u_00001' as user_id) from udahub.users where user_id = 'u_00002'",
        ("udahub.users.every_member_has_a_support_user_of_the_same_id",),
    ),
    Plant(
        "udahub.users.external_user_exists",
        "update udahub.users set external_user_id = 'u_99999' where user_id = 'u_00100'",
    ),
    Plant(
        "udahub.users.every_member_has_a_support_user_of_the_same_id",
        "delete from udahub.users where user_id = 'u_00100'",
    ),
    Plant(
        "udahub.users.name_is_the_members",
        "update udahub.users set user_name = 'Nobody' where user_id = 'u_00100'",
    ),
    Plant(
        "udahub.users.account_exists",
        "update udahub.users set account_id = 'other' where user_id = 'u_00100'",
    ),
    Plant(
        "udahub.user_history.history_id_is_unique",
        "update udahub.user_history set history_id = 'h_00002' where history_id = 'h_00001'",
        (),
    ),
    Plant(
        "udahub.user_history.user_exists",
        "update udahub.user_history set user_id = 'u_99999' where ticket_id is null",
    ),
    Plant(
        "udahub.user_history.ticket_is_the_users_own",
        "update udahub.user_history set ticket_id = (select t.ticket_id from tickets t where "
        "t.user_id != user_history.user_id limit 1) where ticket_id is null",
    ),
    Plant(
        "udahub.user_history.text_has_no_unfilled_slot",
        "update udahub.user_history set summary = '{plan}' where history_id = 'h_00001'",
    ),
    Plant(
        "ticket_labels.ticket_id_is_unique",
        "insert into analytics.ticket_labels select * from analytics.ticket_labels "
        "where ticket_id not in (select ticket_id from udahub.ticket_actions) limit 1",
        ("ticket_labels.every_ticket_is_labelled",),
    ),
    Plant(
        "ticket_labels.columns_are_the_tickets",
        "update analytics.ticket_labels set category = 'praise' where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.should_escalate_exactly_when_escalated",
        "update analytics.ticket_labels set should_escalate = not should_escalate where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.reasons_exactly_when_it_should_escalate",
        "update analytics.ticket_labels set escalation_reasons = [] where should_escalate",
    ),
    Plant(
        "shares.share_is_as_asked",
        "update analytics.share_report set holds = false where attribute = 'user_tier'",
        (),
    ),
    Plant(
        "shares.row_count_is_as_asked",
        "update analytics.share_report set total_rows = total_rows - 1 where attribute = 'user_tier'",
    ),
    Plant(
        "ticket_labels.action_is_on_the_tickets_own_held_booking",
        "update analytics.ticket_labels set arguments = map {'reservation_id': 'r_99999', 'amount': "
        "arguments['amount']} where action = 'issue_refund'",
    ),
    Plant(
        "ticket_labels.facts_are_the_rows",
        "update analytics.ticket_labels set facts = [{'name': 'event_date', 'value': '2020-02-29', 'type': "
        "'date', 'unit': null}] where ticket_id = (select "
        "ticket_id from tickets where event_id is not null order by 1 limit 1)",
    ),
    Plant(
        "ticket_labels.difficulty_is_known",
        "update analytics.ticket_labels set difficulty = 'fiendish' where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.split_is_known",
        "update analytics.ticket_labels set split = 'spare' where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.texts_that_share_a_sentence_share_a_split",
        "update intermediate.int_tickets__text_chosen set text_number = 1",
    ),
    Plant(
        "ticket_labels.held_out_scenarios_are_unseen",
        "update analytics.ticket_labels set split = 'unseen' where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.kind_is_the_scenarios",
        "update analytics.ticket_labels set kind = case kind when 'compound' then 'single' else 'compound' end "
        "where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.forbidden_actions_are_the_scenarios",
        "update analytics.ticket_labels set forbidden_actions = list_append(forbidden_actions, 'open_case') "
        "where action != 'open_case'",
    ),
    Plant(
        "ticket_labels.action_is_not_forbidden",
        "update analytics.ticket_labels set forbidden_actions = [action] where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.user_is_who_the_scenario_speaks_of",
        "update analytics.ticket_labels set scenario = 'complaint_blocked' where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.event_is_what_the_scenario_speaks_of",
        "update analytics.ticket_labels set scenario = 'general_soldout' where ticket_id = (select ticket_id from "
        "tickets join events using (event_id) where events.status = 'active' order by 1 limit 1)",
    ),
    Plant(
        "ticket_labels.booking_is_what_the_scenario_speaks_of",
        "update analytics.ticket_labels set scenario = 'refund_not_received' where scenario = 'refund_far'",
    ),
    Plant(
        "texts.ids_are_the_tickets_bookings", SAY.format("See r_99999."), ("texts.every_slot_says_what_the_rows_hold",)
    ),
    Plant(
        "texts.amounts_are_the_bookings",
        SAY.format("That is $1234.50."),
    ),
    Plant(
        "texts.dates_are_the_events_or_the_bookings",
        SAY.format("Until February 31."),
    ),
    Plant(
        "texts.weekdays_are_the_events",
        SAY.format("On a Sunday, no, a Monday."),
    ),
    Plant(
        "texts.times_are_the_events",
        SAY.format("At 3:21 am."),
    ),
    Plant(
        "texts.counts_are_the_bookings",
        SAY.format("All 77 tickets."),
    ),
    Plant(
        "texts.percents_are_the_policys",
        SAY.format("It is 77 percent."),
    ),
    Plant(
        "texts.spans_are_to_the_event",
        SAY.format("It is in twelve weeks, or in eleven months."),
    ),
    Plant(
        "texts.spans_are_from_the_booking",
        SAY.format("You booked nine months ago, or ten days ago."),
    ),
    Plant(
        "texts.numbers_are_the_rows_or_the_policys",
        SAY.format("Bus 777 goes there."),
    ),
    Plant(
        "texts.articles_named_are_the_expected",
        SAY.format('Read "Another article".'),
    ),
    Plant(
        "texts.no_other_event_or_venue_is_named",
        WRITE.format(
            "I wanted to see ' || (select max(title) from events where title similar to '[A-Z].* [A-Z].*' and event_id "
            "not in (select event_id from tickets where event_id is not null)) || ' instead."
        ),
    ),
    Plant(
        "texts.no_other_event_or_venue_is_named",
        ADD.format(
            "It was at ' || (select min(name) || ' or ' || max(name) from venues "
            "where name similar to '[A-Z].* [A-Z].*') || '."
        ),
    ),
    Plant(
        "texts.event_is_of_the_kind_that_is_named",
        WRITE.format("I looked forward to the game so much, and to the lesson."),
    ),
    Plant(
        "texts.event_is_named_where_it_was_meant",
        "update tickets set subject = 'Hello' where contains(subject, event_title)",
    ),
    Plant(
        "texts.venue_is_named_where_it_was_meant",
        "update udahub.ticket_messages set content = 'Hello' where message_id in (select message_id from "
        "udahub.ticket_messages join tickets using (ticket_id) join events using (event_id) where "
        "contains(content, venue_name) and content = tickets.description)",
    ),
    Plant(
        "texts.nothing_of_the_answer_key_is_given_away",
        "update udahub.ticket_metadata set tags = 'refund_far' where ticket_id = 't_00001'",
    ),
    Plant(
        "content_diversity.nine_in_ten_members_have_a_name_of_their_own",
        "update analytics.content_diversity set distinct_share = 0.5 where field = 'users.full_name'",
        (),
    ),
    Plant(
        "content_diversity.event_texts_and_articles_never_repeat",
        "update analytics.content_diversity set distinct_share = 0.99 where field = 'events.title'",
    ),
    Plant(
        "content_diversity.ticket_descriptions_hardly_repeat",
        "update analytics.content_diversity set distinct_share = 0.9 where field = 'tickets.description'",
    ),
    Plant(
        "content_diversity.no_opening_is_common",
        "update analytics.content_diversity set row_count = 5000, commonest_opening_share = 0.03 where "
        "field = 'tickets.description'",
    ),
    Plant(
        "content_diversity.later_turns_of_members_vary",
        "update analytics.content_diversity set distinct_share = 0.6 where field = 'ticket_messages.member'",
    ),
    Plant(
        "content_diversity.subjects_vary",
        "update analytics.content_diversity set distinct_share = 0.5 where field = 'tickets.subject'",
    ),
    Plant(
        "content_diversity.event_descriptions_are_no_near_copies",
        "update analytics.content_diversity set near_duplicate_share = 0.02 where field = 'events.description'",
    ),
    Plant(
        "exam_report.every_measure_is_taken",
        "update analytics.exam_report set is_judged = true, value = case measure when 'facts_stated' then null else "
        "coalesce(limit_from, limit_to, value, 0) end",
        (),
    ),
    *(
        Plant(
            "exam_report.measures_keep_their_limits",
            f"update analytics.exam_report set is_judged = measure = '{measure}', value = {value} "
            f"where measure = '{measure}'",
        )
        for measure, value in (
            ("messages_half_alike", 99.0),
            ("messages_alike", 99.0),
            ("subjects_distinct", 10.0),
            ("later_turns_distinct", 10.0),
            ("support_turns_distinct", 10.0),
            ("test_sentences_in_train", 1.5),
            ("last_sentence_finds_article", 45.1),
            ("articles_expected", 89.0),
            ("tickets_without_article", 2.9),
            ("tickets_without_article", 5.1),
            ("facts_stated", 99.0),
            ("bm25_finds_article", 61.0),
            ("bm25_finds_article", 34.0),
            ("bm25_finds_expected_article", 1.0),
            ("plain_retrieval_finds_article", 96.0),
            ("compressed_size", 0.1),
        )
    ),
    Plant(
        "retrieval_report.retrieval_is_neither_hopeless_nor_trivial",
        MORE_ARTICLES
        + "update analytics.retrieval_report set ticket_count = 5000, found_share = 0.99 where split = 'all'",
        (
            "kb_articles.help_desk_knows_the_same",
            "kb_articles.updated_after_creation_and_not_in_the_future",
        ),
    ),
    Plant(
        "reservations.pending_booking_is_younger_than_the_hold",
        "update intermediate.int_policy_values set pending_hold_hours = 0",
    ),
    Plant(
        "udahub.ticket_metadata.complaint_is_not_positive",
        "update udahub.ticket_metadata set sentiment = 'positive' where ticket_id = (select min(ticket_id) from "
        "udahub.ticket_metadata where category = 'complaint' and sentiment != 'very_negative')",
    ),
    Plant(
        "ticket_labels.expected_article_is_the_scenarios",
        "update analytics.ticket_labels set expected_article_id = 'kb_99999' where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.accepted_articles_state_the_facts",
        "update analytics.ticket_labels set also_accepted = [] where len(also_accepted) > 0",
    ),
    Plant(
        "ticket_labels.key_is_of_this_data_set",
        "update analytics.ticket_labels set data_hash = 'x' where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.key_is_of_this_data_set",
        "update analytics.ticket_labels set key_version = '1' where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.action_is_the_scenarios_or_escalates",
        "update analytics.ticket_labels set action = 'shrug' where action = 'answer'",
    ),
    Plant(
        "ticket_labels.action_is_the_scenarios_or_escalates",
        "update analytics.ticket_labels set action = 'answer' where action = 'open_case'",
    ),
    *(
        Plant(
            "ticket_labels.facts_have_their_types",
            "update analytics.ticket_labels set facts = list_transform(facts, lambda fact: {'name': fact.name, "
            f"'value': fact.value, 'type': {type_and_unit}}}) where list_contains(list_transform(facts, lambda fact: "
            f"fact.name), '{name}')",
        )
        for name, type_and_unit in (
            ("event_date", "'time', 'unit': null"),
            ("refund_due", "'date', 'unit': null"),
            ("refund_days", "'count', 'unit': null"),
            ("refund_days", "'name', 'unit': null"),
            ("event_title", "'money', 'unit': null"),
            ("password_link_minutes", "'number', 'unit': null"),
        )
    ),
    Plant(
        "ticket_labels.arguments_are_the_rows",
        "update analytics.ticket_labels set arguments = "
        "map_concat(arguments, map {'user_id': 'u_99999'}) where arguments['user_id'] is not null",
    ),
    Plant(
        "ticket_labels.arguments_are_the_rows",
        "update analytics.ticket_labels set arguments = map {'reservation_id': "
        "arguments['reservation_id'], 'amount': '1.00'} where action = 'issue_refund'",
    ),
    Plant(
        "ticket_labels.facts_are_the_rows",
        "update analytics.ticket_labels set facts = [] where len(facts) > 0",
    ),
    Plant(
        "ticket_labels.escalation_reasons_are_the_triggers",
        "update analytics.ticket_labels set escalation_reasons = ['a_hunch'] where should_escalate",
    ),
    Plant(
        "texts.every_slot_says_what_the_rows_hold",
        "update udahub.ticket_messages set content = replace(content, split_part(full_name, ' ', 1), 'Stranger') "
        "from udahub.tickets join users using (user_id) where tickets.ticket_id = ticket_messages.ticket_id "
        "and role in ('ai', 'agent') and contains(content, split_part(full_name, ' ', 1))",
    ),
    Plant(
        "texts.every_slot_says_what_the_rows_hold",
        "update tickets set subject = replace(subject, event_title, '') where contains(subject, event_title)",
    ),
    Plant(
        "tickets.handover_names_triggers_that_hold",
        "update udahub.ticket_messages set content = 'Confidence too low for an automatic answer. Handed over.' "
        "where message_id in (select max(message_id) from udahub.ticket_messages join udahub.ticket_metadata "
        "using (ticket_id) where status = 'escalated' and rag_confidence >= 0.4 and role = 'system' "
        "group by ticket_id)",
    ),
    Plant(
        "tickets.handover_names_triggers_that_hold",
        "update udahub.ticket_messages set content = 'Hello.' where role = 'system'",
    ),
    Plant(
        "tickets.note_fits_the_status_and_the_conversation",
        "update tickets set agent_notes = 'Closed.' where status = 'open'",
    ),
    Plant(
        "tickets.note_fits_the_status_and_the_conversation",
        "update tickets set agent_notes = (select min(agent_notes) from tickets where status = 'escalated') "
        "where status = 'resolved'",
    ),
    Plant(
        "users.landed_user_is_as_landed",
        "update users set city = 'Oakland', phone = '+1 (510) 555-0100' where user_id = (select min(user_id) "
        "from users where city != 'Oakland' and user_id not in (select user_id from tickets))",
    ),
    Plant(
        "users.phone_is_of_the_city",
        "update users set phone = phone || '0' where user_id = 'u_00100'",
    ),
    Plant(
        "users.phone_is_of_the_city",
        "update users set phone = '+9' || substr(phone, 3) where starts_with(phone, '+1')",
    ),
    Plant(
        "users.subscription_has_the_users_number",
        "create or replace view eventhub.subscriptions as "
        "select 's' || substr(user_id, 3) as subscription_id, user_id from users",
    ),
    Plant(
        "venues.landed_venue_is_as_landed",
        "update venues set address = '1 Nowhere Street' where venue_id = 'v_00001'",
    ),
    Plant(
        "events.landed_event_is_as_landed",
        f"update events set title = 'Another Title' where event_id = ({UNTOUCHED_EVENT})",
    ),
    Plant(
        "udahub.ticket_messages.message_id_is_sequential",
        "update udahub.ticket_messages set message_id = 'm_99999' where message_id = "
        "(select max(message_id) from udahub.ticket_messages)",
    ),
    Plant(
        "udahub.user_history.history_id_is_sequential",
        "update udahub.user_history set history_id = 'h_000001' where history_id = 'h_00001'",
    ),
    Plant(
        "udahub.user_history.happened_when_the_row_says",
        "update udahub.user_history set created_at = created_at + interval 1 second where history_id = "
        "(select min(history_id) from udahub.user_history where interaction_type = 'subscription_started')",
    ),
    Plant(
        "udahub.user_history.summary_is_of_the_row",
        "update udahub.user_history set summary = replace(summary, 'Booked ', 'Booked 9') "
        "where interaction_type = 'booking'",
    ),
    Plant(
        "udahub.user_history.summary_is_of_the_row",
        "update udahub.user_history set summary = 'Wrote to support.' where interaction_type = 'ticket_opened'",
    ),
    Plant(
        "udahub.user_history.every_happening_of_an_author_is_told_once",
        "delete from udahub.user_history where history_id = (select max(history_id) from udahub.user_history)",
    ),
    Plant(
        "udahub.user_history.every_happening_of_an_author_is_told_once",
        "update udahub.user_history as twice set summary = once.summary, created_at = once.created_at "
        "from udahub.user_history as once where once.interaction_type = 'booking' and twice.interaction_type = "
        "'booking' and once.user_id = twice.user_id and once.history_id < twice.history_id",
    ),
    Plant(
        "udahub.ticket_metadata.sentiment_is_the_mood_of_the_text",
        "update udahub.ticket_metadata set sentiment = 'negative' where sentiment = 'neutral'",
    ),
    Plant(
        "udahub.ticket_metadata.channel_is_known_and_no_phone_types",
        "update udahub.tickets set channel = 'fax' where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_metadata.channel_is_known_and_no_phone_types",
        "update udahub.tickets set channel = 'phone'",
    ),
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update udahub.ticket_metadata set tags = 'refund, art, gold' where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update udahub.ticket_metadata set agent_notes = 'Looked at it.' where status = 'open'",
    ),
    Plant(
        "udahub.ticket_metadata.escalation_reason_names_the_triggers",
        "update udahub.ticket_metadata set escalation_reason = null where status = 'escalated'",
    ),
    Plant(
        "udahub.ticket_metadata.every_ticket_has_metadata",
        "delete from udahub.ticket_metadata where ticket_id = (select min(ticket_id) from tickets "
        "where status = 'open')",
    ),
    Plant(
        "ticket_labels.every_ticket_is_labelled",
        "delete from analytics.ticket_labels where ticket_id = 't_00001'",
    ),
    Plant(
        "ticket_labels.user_is_who_the_scenario_speaks_of",
        "delete from reservations where user_id in (select user_id from tickets where reservation_id is null)",
    ),
    Plant(
        "udahub.ticket_messages.every_ticket_has_a_conversation",
        "delete from udahub.ticket_messages where ticket_id = (select max(ticket_id) from tickets "
        "where status = 'open')",
    ),
    Plant(
        "tickets.open_waiting_and_resolved_tickets_occur",
        "update tickets set status = 'resolved', resolved_at = created_at + interval 1 second where status = 'open'",
    ),
    Plant(
        "kb_articles.help_desk_knows_the_same",
        "update udahub.knowledge set content = content || ' And more.' where article_id = 'kb_00001'",
    ),
    Plant(
        "users.name_is_made_of_landed_names",
        "update users set full_name = 'Zzyzx Quux' where user_id = (select min(user_id) from users "
        "where user_id not in (select user_id from tickets))",
    ),
    Plant(
        "events.further_event_is_named_as_of_a_series",
        "insert into events select * replace ('e_00021' as event_id, 'Something Else' as title) from events "
        f"where event_id = ({UNTOUCHED_EVENT})",
    ),
    Plant(
        "venues.further_venue_is_named_as_a_room",
        "insert into venues select * replace ('v_00009' as venue_id, 'Somewhere Else' as name) from venues "
        "where venue_id = 'v_00001'",
    ),
    Plant(
        "udahub.user_history.summary_is_of_the_row",
        "update udahub.user_history set summary = replace(summary, 'resolved:', 'handed to the specialist team:') "
        "where interaction_type = 'ticket_resolved'",
    ),
    Plant(
        "kb_articles.updated_after_creation_and_not_in_the_future",
        "update udahub.knowledge set updated_at = created_at - interval 1 second where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.updated_after_creation_and_not_in_the_future",
        "update udahub.knowledge set updated_at = timestamp '2100-01-01' where article_id = 'kb_00001'",
    ),
    # the other side of rules with two
    Plant(
        "users.account_before_subscription",
        "update users set subscription_started_at = timestamp '2100-01-01' where user_id = (select min(user_id) "
        "from users where subscription_status = 'active' and user_id not in (select user_id from tickets) "
        "and user_id in (select user_id from reservations))",
    ),
    Plant(
        "events.date_in_the_next_six_months",
        "update events set event_date = date '2026-06-01', \"when\" = date '2026-06-01' + start_time::time "
        f"where event_id = ({UNTOUCHED_EVENT})",
    ),
    Plant(
        "events.text_has_no_unfilled_slot",
        f"update events set title = '{{city}}' where event_id = ({UNTOUCHED_EVENT})",
    ),
    Plant(
        "kb_articles.helpful_votes_in_range_and_within_views",
        "update kb_articles set helpful_votes = 400, view_count = 399 where article_id = 'kb_00001'",
    ),
    Plant(
        "users.name_email_phone_city_are_given",
        f"update users set full_name = null where user_id = {QUIET_USER}",
    ),
    Plant(
        "users.name_email_phone_city_are_given",
        f"update users set email = null where user_id = {QUIET_USER}",
    ),
    Plant(
        "users.name_email_phone_city_are_given",
        f"update users set city = null where user_id = {QUIET_USER}",
    ),
    Plant(
        "users.name_email_phone_city_are_given",
        f"update users set is_blocked = null where user_id = {QUIET_USER}",
    ),
    Plant(
        "users.name_is_made_of_landed_names",
        f"update users set full_name = 'Zzyzx' || regexp_replace(full_name, '^[^ ]+', '') where user_id = {QUIET_USER}",
    ),
    Plant(
        "users.name_is_made_of_landed_names",
        f"update users set full_name = split_part(full_name, ' ', 1) || ' Quux' where user_id = {QUIET_USER}",
    ),
    Plant(
        "users.ended_after_start_and_not_in_the_future",
        "update users set subscription_ended_at = subscription_started_at where user_id = (select "
        "min(user_id) from users where subscription_status != 'active' and user_id not in (select user_id "
        "from tickets))",
    ),
    Plant(
        "venues.address_is_given",
        "update venues set name = null where venue_id = 'v_00001'",
    ),
    Plant(
        "venues.neighborhood_lies_in_city_and_city_in_region",
        "update venues set city = 'Palo Alto', region = 'South Bay' where venue_id = (select min(venue_id) "
        "from venues where region != 'South Bay')",
    ),
    Plant(
        "venues.landed_venue_is_as_landed",
        "update venues set category = 'arena' where venue_id = 'v_00001'",
    ),
    Plant(
        "venues.further_venue_is_named_as_a_room",
        "insert into venues select * replace ('v_00009' as venue_id, name || ' Encore' as name) from "
        "venues where venue_id = 'v_00001'",
    ),
    Plant(
        "events.further_event_is_named_as_of_a_series",
        "insert into events select * replace ('e_00021' as event_id, title || ' (Rooftop)' as title) from "
        f"events where event_id = ({UNTOUCHED_EVENT})",
    ),
    Plant(
        "events.price_min_below_price_max",
        f"update events set price_min = 0 where event_id = ({UNTOUCHED_EVENT})",
    ),
    Plant(
        "reservations.booked_within_subscription",
        "update reservations set booking_date = (select subscription_ended_at + interval 1 second from "
        "users where users.user_id = reservations.user_id) where reservation_id = (select "
        "min(reservation_id) from reservations inner join users using (user_id) where "
        "subscription_ended_at is not null and user_id not in (select user_id from tickets) and "
        "reservations.status != 'pending' and subscription_ended_at < (select as_of_at from "
        "intermediate.int_parameters))",
    ),
    Plant(
        "reservations.booked_before_event",
        "update reservations set booking_date = event_date where reservation_id = (select "
        "min(reservation_id) from reservations inner join users using (user_id) where "
        "subscription_ended_at is null and user_id not in (select user_id from tickets) and "
        "reservations.status = 'cancelled')",
    ),
    Plant(
        "reservations.pending_booking_is_younger_than_the_hold",
        "update reservations set booking_date = (select as_of_at - to_hours(pending_hold_hours) from "
        "intermediate.int_parameters, intermediate.int_policy_values) where status = 'pending' and user_id not in "
        "(select user_id from tickets)",
    ),
    Plant(
        "kb_articles.helpful_votes_in_range_and_within_views",
        "update kb_articles set helpful_votes = 9 where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.helpful_votes_in_range_and_within_views",
        "update kb_articles set helpful_votes = 501, view_count = 600 where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.view_count_in_range",
        "update kb_articles set view_count = 49, helpful_votes = 10 where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.view_count_in_range",
        "update kb_articles set view_count = 5001, helpful_votes = 10 where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.text_has_no_unfilled_slot",
        "update kb_articles set title = '{city}' where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.three_to_five_paragraphs",
        "update kb_articles set content = e'1\\n\\n2\\n\\n3\\n\\n4\\n\\n5\\n\\n6' where article_id = 'kb_00001'",
    ),
    Plant(
        "kb_articles.three_to_five_tags",
        "update kb_articles set tags = ['a', 'b', 'c', 'd', 'e', 'f'] where article_id = 'kb_00001'",
    ),
    Plant(
        "tickets.text_has_no_unfilled_slot",
        "update tickets set subject = '{city}' where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.text_has_no_unfilled_slot",
        "update tickets set description = '{city}' where ticket_id = 't_00001'",
    ),
    Plant(
        "tickets.resolved_after_creation_and_not_in_the_future",
        "update tickets set resolved_at = created_at where ticket_id = (select min(ticket_id) from tickets "
        "where status = 'resolved')",
    ),
    Plant(
        "tickets.resolved_after_creation_and_not_in_the_future",
        "update tickets set resolved_at = timestamp '2100-01-01' where ticket_id = (select min(ticket_id) "
        "from tickets where status = 'resolved')",
    ),
    Plant(
        "udahub.ticket_metadata.updated_after_the_last_message",
        "update udahub.ticket_metadata set updated_at = timestamp '2100-01-01' where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update udahub.ticket_metadata set category = 'praise' where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_messages.text_has_no_unfilled_slot",
        "update udahub.ticket_messages set content = null where message_id = 'm_00002'",
    ),
    Plant(
        "udahub.ticket_messages.two_to_six_turns",
        "insert into udahub.ticket_messages select messages.* replace ('m_' || (90000 + n)::varchar as message_id) "
        "from udahub.ticket_messages as messages, range(7) as numbers(n) where message_id = 'm_00001' "
        "and n < 7 - (select count(*) from udahub.ticket_messages where ticket_id = messages.ticket_id)",
    ),
    Plant(
        "udahub.ticket_messages.conversation_opens_with_the_description",
        "update udahub.ticket_messages set role = 'system' where message_id = 'm_00001'",
    ),
    Plant(
        "udahub.user_history.text_has_no_unfilled_slot",
        "update udahub.user_history set summary = null where history_id = 'h_00001'",
    ),
    Plant(
        "content_diversity.no_opening_is_common",
        "update analytics.content_diversity set row_count = 1000, commonest_opening_share = 0.03 where "
        "field = 'tickets.description'",
    ),
    Plant(
        "retrieval_report.retrieval_is_neither_hopeless_nor_trivial",
        MORE_ARTICLES
        + "update analytics.retrieval_report set ticket_count = 1000, found_share = 0.2 where split = 'all'",
    ),
    Plant(
        "ticket_labels.user_is_who_the_scenario_speaks_of",
        MISPLACE.format("ended_member", "subscription_status = 'active'"),
    ),
    Plant(
        "ticket_labels.user_is_who_the_scenario_speaks_of",
        MISPLACE.format("active_member", "subscription_status != 'active'"),
    ),
    Plant(
        "ticket_labels.user_is_who_the_scenario_speaks_of",
        MISPLACE.format("premium_member", "subscription_tier = 'basic' and subscription_status = 'active'"),
    ),
    Plant(
        "ticket_labels.booking_is_what_the_scenario_speaks_of",
        # One ticket of two was given back where the party is smaller because of the ticket.
        MISPLACE.format(
            "held_group", "reservations.status = 'confirmed' and ticket_count = 1 and tickets.status != 'resolved'"
        ),
    ),
    Plant(
        "ticket_labels.booking_is_what_the_scenario_speaks_of",
        "update reservations set cancelled_at = tickets.created_at - interval 1 hour from tickets where "
        "reservations.reservation_id = tickets.reservation_id and reservations.status = 'cancelled'; "
        + MISPLACE.format(
            "cancelled_long_ago",
            "reservations.status = 'cancelled' and cancelled_at + interval 8 day > tickets.created_at",
        ),
    ),
    Plant(
        "ticket_labels.booking_is_what_the_scenario_speaks_of",
        # All of the price came back.
        MISPLACE.format(
            "cancelled_for_a_part", "reservations.status = 'cancelled' and event_date >= date '2026-06-15'"
        ),
    ),
    Plant(
        "ticket_labels.booking_is_what_the_scenario_speaks_of",
        MISPLACE.format("held_far", "reservations.status = 'confirmed' and event_date < date '2026-06-15'"),
    ),
    Plant(
        "ticket_labels.booking_is_what_the_scenario_speaks_of",
        MISPLACE.format("held_soon", "reservations.status = 'confirmed' and event_date > date '2026-06-08'"),
    ),
    Plant(
        "ticket_labels.ticket_is_as_new_as_the_scenario_needs",
        MISPLACE.format(
            "held_late", "reservations.status = 'confirmed' and tickets.created_at < timestamp '2026-05-30'"
        ),
    ),
    Plant(
        "venues.neighborhood_lies_in_city_and_city_in_region",
        "update venues set city = (select min(city) from seeds.neighborhoods as places where places.region = "
        "venues.region and places.city != venues.city) where region = 'East Bay'",
    ),
    Plant(
        "texts.percents_are_the_policys",
        ADD.format("Half of it is 50 percent."),
    ),
    Plant(
        "texts.times_are_the_events",
        ADD.format("Call me at 10 pm."),
    ),
    Plant(
        "ticket_labels.nothing_else_is_told",
        "update analytics.ticket_labels set facts = facts || [{'name': 'mood', 'value': 'bad', 'type': "
        "'status', 'unit': null}] where ticket_id = 't_00001'",
    ),
    Plant("texts.event_is_called_off_only_where_it_is", WRITE.format("I see that {event_title} is cancelled.")),
    Plant("texts.event_is_called_off_only_where_it_is", WRITE.format("The show was called off")),
    Plant(
        "texts.event_is_called_off_only_where_it_is",
        SAY.format("I am sorry, the event is cancelled."),
    ),
    Plant("texts.event_is_called_neither_over_nor_moved", WRITE.format("The event was moved to another day.")),
    Plant("texts.amounts_are_the_bookings", WRITE.format("I paid $1.25 and no cent more.")),
    Plant(
        "texts.counts_are_the_bookings",
        WRITE.format("All 77 seats were taken."),
    ),
    Plant(
        "texts.articles_named_are_the_expected",
        SAY.format("Read “Another article”, please."),
    ),
    # words of public agents, which the schema lets pass
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update udahub.ticket_metadata set status = 'closed' where status = 'open'",
    ),
    Plant(
        "udahub.ticket_metadata.columns_are_the_tickets",
        "update udahub.ticket_metadata set main_issue_type = 'billing' where ticket_id = 't_00001'",
    ),
    Plant(
        "udahub.ticket_metadata.urgency_follows_priority",
        "update udahub.ticket_metadata set urgency = 'normal' where urgency = 'medium'",
    ),
    Plant(
        "udahub.ticket_metadata.channel_is_known_and_no_phone_types",
        "update udahub.tickets set channel = 'web' where ticket_id = 't_00001'",
    ),
]

# What lies on the very edge of a rule is allowed: a rule that is stricter than it says breaks on these.
EDGES = {
    "what asks, hears or supposes that an event is cancelled, and what speaks of the booking": WRITE.format(
        "Is {event_title} cancelled? I heard the event was called off. If {event_title} is cancelled, tell me. "
        "My booking for {event_title} is cancelled. I cancelled {event_title}. {event_title} is over my budget."
    ),
    "what is true, said without a slot": (
        "update intermediate.int_messages__text as written set text = content from (select *, row_number() over "
        "(partition by ticket_id order by message_id) as place from udahub.ticket_messages) as said "
        "where written.ticket_number = substr(said.ticket_id, 3)::bigint and written.turn = said.place "
        "and not contains(content, '@') and said.ticket_id in "
        "(select ticket_id from analytics.ticket_labels where expected_article_id is not null)"
    ),
    "constants that support may state": ANSWER.format(
        "Six of us? 6 tickets fit, a friend earns $10, and we open at 8 am."
    ),
    "numbers that are names": WRITE.format("+1 for a refund. My iPhone 14 shows Error 503 and asks for a 2FA code."),
    "an event that begins in the minute in which a member's last one ends": (
        "update events set duration_minutes = gap from (select first_id, gap from (select event_id as first_id, "
        'date_diff(\'minute\', "when", lead("when") over (partition by user_id order by "when")) as gap '
        "from reservations inner join events using (event_id) where reservations.status = 'confirmed') "
        "where gap is not null order by gap, first_id limit 1) where event_id = first_id"
    ),
    "an event on the last day of the six months": (
        "update intermediate.int_parameters set last_event_date = (select max(event_date) from events)"
    ),
    "no ticket sold but to members": (
        "update events set tickets_sold = held, slots_available = total_tickets - held from "
        "(select event_id as held_id, sum(ticket_count)::bigint as held from reservations "
        "where status != 'cancelled' group by 1) where held_id = event_id and status = 'active'"
    ),
    "a ticket for one dollar": "update events set price_min = 1",
    "a subscription that ends this moment": (
        "update users set subscription_ended_at = (select as_of_at from intermediate.int_parameters) where user_id = "
        "(select min(user_id) from users where subscription_status != 'active')"
    ),
    "a subscription that begins with the first booking": (
        "update users set subscription_started_at = (select min(booking_date) from reservations "
        "where reservations.user_id = users.user_id) where user_id = "
        "(select min(user_id) from reservations where user_id not in (select user_id from tickets))"
    ),
    "a booking made this moment": (
        "update reservations set booking_date = (select as_of_at from intermediate.int_parameters) "
        "where reservation_id = "
        "(select min(r.reservation_id) from reservations r inner join users u using (user_id) "
        "where r.status = 'confirmed' and u.subscription_status = 'active' "
        "and r.user_id not in (select user_id from tickets))"
    ),
    "an article of three paragraphs": (
        "update kb_articles set content = e'One.\\n\\nTwo.\\n\\nThree.' where article_id = 'kb_00001'; "
        "update udahub.knowledge set content = e'One.\\n\\nTwo.\\n\\nThree.' where article_id = 'kb_00001'"
    ),
    "tickets changed this moment": (
        "update udahub.ticket_metadata set updated_at = (select as_of_at from intermediate.int_parameters)"
    ),
    "two messages in one second": (
        "update udahub.ticket_messages set created_at = tickets.created_at from tickets "
        "where tickets.ticket_id = ticket_messages.ticket_id and message_id = (select min(message_id) "
        "from udahub.ticket_messages as said where role = 'system' and 1 = (select count(*) "
        "from udahub.ticket_messages as earlier where earlier.ticket_id = said.ticket_id "
        "and earlier.message_id < said.message_id))"
    ),
    "an agent's last message before support closes, and one as it opens": (
        "update udahub.ticket_messages set created_at = created_at::date + interval 16 hour where "
        "message_id = (select max(message_id) from udahub.ticket_messages inner join tickets using (ticket_id) "
        "where role = 'agent' and status = 'escalated'); "
        "update udahub.ticket_metadata set updated_at = (select as_of_at from intermediate.int_parameters), "
        "first_response_at = (select min(created_at) from udahub.ticket_messages where role in ('ai', 'agent') "
        "and ticket_messages.ticket_id = ticket_metadata.ticket_id); "
        "update tickets set first_response_at = metadata.first_response_at from udahub.ticket_metadata as metadata "
        "where metadata.ticket_id = tickets.ticket_id"
    ),
    "the worst rating and the best": (
        "update tickets set csat = case when ticket_id < 't_00020' then 1 else 5 end where status = 'resolved'; "
        "update udahub.ticket_metadata set csat = case when ticket_id < 't_00020' then 1 else 5 end "
        "where status = 'resolved'"
    ),
    "a subscription that begins with the account": (
        "update users set created_at = subscription_started_at, joined_at = subscription_started_at "
        f"where user_id = {QUIET_USER}"
    ),
    "a booking at the end of a subscription": (
        "update reservations set booking_date = (select subscription_ended_at from users "
        "where users.user_id = reservations.user_id) where reservation_id = (select min(reservation_id) "
        "from reservations inner join users using (user_id) where subscription_ended_at is not null and not is_blocked "
        "and user_id not in (select user_id from tickets) and reservations.status = 'confirmed' "
        "group by user_id order by count(*), user_id limit 1)"
    ),
    "a venue named as a further room": (
        "insert into venues select * replace ('v_00009' as venue_id, name || ' Rooftop 2' as name) from venues "
        "where venue_id = 'v_00001'"
    ),
    "an event named as a further night": (
        "insert into events select * replace ('e_00021' as event_id, title || ' (Encore 2)' as title) from events "
        f"where event_id = ({UNTOUCHED_EVENT})"
    ),
    "an event of one minute with one ticket, unsold": (
        "update events set duration_minutes = 1, total_tickets = 1, tickets_sold = 0, slots_available = 1 "
        f"where event_id = ({UNTOUCHED_EVENT}) and status = 'active'"
    ),
    "an article read least": "update kb_articles set view_count = 50, helpful_votes = 10 where article_id = 'kb_00001'",
    "an article all of whose readers it helped": (
        "update kb_articles set view_count = 500, helpful_votes = 500 where article_id = 'kb_00001'"
    ),
    "an article read most": (
        "update kb_articles set view_count = 5000, helpful_votes = 500 where article_id = 'kb_00001'"
    ),
    "an article brought up to date at once and this moment": (
        "update udahub.knowledge set created_at = (select as_of_at from intermediate.int_parameters), "
        "updated_at = (select as_of_at from intermediate.int_parameters) where article_id = 'kb_00001'"
    ),
    "a confidence that just suffices": (
        "update udahub.ticket_metadata set rag_confidence = 0.4 where status != 'escalated'"
    ),
    "metadata as old as the ticket and its last message": (
        "update udahub.ticket_metadata set updated_at = (select max(created_at) from udahub.ticket_messages "
        "where ticket_messages.ticket_id = ticket_metadata.ticket_id)"
    ),
    "variety that just suffices": (
        "update analytics.content_diversity set distinct_share = case field when 'users.full_name' then 0.9 "
        "when 'tickets.description' then 0.97 when 'ticket_messages.member' then 0.7 when 'tickets.subject' then 0.6 "
        "else distinct_share end, row_count = 1000, commonest_opening_share = 0.02"
    ),
    "a common opening among few texts": (
        "update analytics.content_diversity set row_count = 999, commonest_opening_share = 0.03"
    ),
    "an exam at its limits": (
        "update analytics.exam_report set is_judged = true, value = coalesce(limit_to, limit_from, value, 0)"
    ),
    "a poor exam that is not judged": "update analytics.exam_report set value = 1000 where measure != 'facts_stated'",
    "poor retrieval among few articles": "update analytics.retrieval_report set ticket_count = 5000, found_share = 0.5",
}
