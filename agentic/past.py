"""Takes a resolved ticket back to before its last answer, with its member: the rows as the desk saw them then."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate

from agentic.database import Database, Row

# What the desk writes; the last of it is the answer.
DESK = "('ai', 'agent')"
OF_MEMBER = "(select ticket_id from udahub.tickets where user_id = :writer)"
BOOKED = "(select reservation_id from eventhub.reservations where user_id = :user)"

# What has come after the moment is gone. Values: the moment, the member as business and desk name them.
UNDO = (
    f"""update eventhub.subscriptions set (tier, monthly_quota) =
        (select tier, monthly_quota from eventhub.plans where tier = 'basic')
        where user_id = :user and exists (select 1 from udahub.ticket_actions
            where action = 'upgrade' and created_at >= :moment and ticket_id in {OF_MEMBER})""",
    f"delete from eventhub.refunds where requested_at >= :moment and reservation_id in {BOOKED}",
    f"""update eventhub.refunds set status = 'requested', paid_at = null
        where paid_at >= :moment and reservation_id in {BOOKED}""",
    "delete from eventhub.reservations where user_id = :user and created_at >= :moment",
    """update eventhub.reservations set status = 'confirmed', cancelled_at = null, cancelled_by = null
        where user_id = :user and cancelled_at >= :moment""",
    """update eventhub.subscriptions set status = 'active', ended_at = null
        where user_id = :user and ended_at >= :moment""",
    """update eventhub.users set is_blocked = 0, blocked_at = null, blocked_reason = null
        where user_id = :user and blocked_at >= :moment""",
    f"delete from udahub.ticket_actions where created_at >= :moment and ticket_id in {OF_MEMBER}",
    f"delete from udahub.ticket_messages where created_at >= :moment and ticket_id in {OF_MEMBER}",
    "delete from udahub.user_history where user_id = :writer and created_at >= :moment",
    f"delete from udahub.ticket_metadata where created_at >= :moment and ticket_id in {OF_MEMBER}",
    "delete from udahub.tickets where user_id = :writer and created_at >= :moment",
    f"""update udahub.ticket_metadata set
        status = iif(
            exists (select 1 from udahub.ticket_actions as done
                where done.ticket_id = ticket_metadata.ticket_id and action = 'open_case'),
            'in_progress', 'open'
        ),
        escalation_reason = null, agent_notes = null, assigned_agent = null, csat = null, resolved_at = null,
        updated_at = (select max(created_at) from udahub.ticket_messages as said
            where said.ticket_id = ticket_metadata.ticket_id),
        first_response_at = (select min(created_at) from udahub.ticket_messages as said
            where said.ticket_id = ticket_metadata.ticket_id and role in {DESK})
        where updated_at >= :moment and ticket_id in {OF_MEMBER}""",
)
# When seats of an event were taken, and given back.
SEATS = """
    select event_id, created_at as moment, ticket_count as taken from eventhub.reservations
    union all
    select event_id, cancelled_at, -ticket_count from eventhub.reservations where status = 'cancelled'
"""
PARTY_CHANGES = """
    select done.created_at as moment, reservation_id, user_id, event_id,
        cast(json_extract(arguments, '$.ticket_count') as integer) as ticket_count
    from udahub.ticket_actions as done
    join eventhub.reservations on reservation_id = json_extract(arguments, '$.reservation_id')
    where action = 'change_party_size'
    order by moment desc, action_id desc
"""
EVENTS = """
    select distinct events.* from eventhub.events join eventhub.reservations using (event_id) where user_id = :user
    union select * from eventhub.events where event_id = :event
"""


@dataclass(frozen=True)
class Answer:
    """The last word of the desk in a ticket, and when it was said."""

    moment: datetime
    text: str


def find_answer(database: Database, ticket_id: str) -> Answer | None:
    """Return the last answer of a ticket; None where nobody has answered."""
    found = database.find_one(
        "select content, created_at from udahub.ticket_messages"
        f" where ticket_id = ? and role in {DESK} order by rowid desc limit 1",
        ticket_id,
    )
    return Answer(datetime.fromisoformat(found["created_at"]), found["content"]) if found else None


class SeatHistory:
    """When seats of one event were taken, and given back."""

    def __init__(self, changes: Iterable[tuple[str, int]]) -> None:
        """Add up the changes, each a moment and a number of seats, from the last to the first."""
        ordered = sorted(changes, reverse=True)
        self._moments = [moment for moment, _ in reversed(ordered)]
        self._totals = [0, *accumulate(seats for _, seats in ordered)]

    def count_since(self, moment: str) -> int:
        """Return how many seats have been taken at a moment and after it."""
        return self._totals[len(self._moments) - bisect_left(self._moments, moment)]


class Past:
    """Takes rows back; what happened to an event is read once, before anything is taken back."""

    def __init__(self, database: Database) -> None:
        """Work on a database that is as it was copied, whenever `rewind` is called."""
        self._database = database

    @cached_property
    def _party_changes(self) -> list[Row]:
        """Each ticket that the desk took off a booking, the last first, with the number of those that stay."""
        return self._database.find_all(PARTY_CHANGES)

    @cached_property
    def _seats(self) -> dict[str, SeatHistory]:
        changes: dict[str, list[tuple[str, int]]] = {}
        for row in self._database.find_all(SEATS):
            changes.setdefault(row["event_id"], []).append((row["moment"], row["taken"]))
        for row in self._party_changes:
            changes[row["event_id"]].append((row["moment"], -1))
        return {event_id: SeatHistory(found) for event_id, found in changes.items()}

    def rewind(self, ticket_id: str, moment: str) -> None:
        """Take back what has come after a moment: of the member who wrote a ticket, and of the seats of the events."""
        ticket = self._database.find_one(
            "select user_id as writer, external_user_id as user, event_id as event from udahub.tickets"
            " join udahub.users using (user_id) join udahub.ticket_metadata using (ticket_id) where ticket_id = ?",
            ticket_id,
        )
        assert ticket, f"{ticket_id} is no ticket"
        values = ticket | {"moment": moment}
        self._rewind_seats(values)
        self._rewind_parties(values)
        for statement in UNDO:
            self._database.connection.execute(statement, values)

    def _rewind_seats(self, values: Row) -> None:
        for event in self._database.connection.execute(EVENTS, values).fetchall():
            history = self._seats.get(event["event_id"])
            taken = history.count_since(values["moment"]) if history else 0
            if not taken or event["status"] == "cancelled":
                continue
            # Seats that were sold again after a cancellation stood in no row for a while.
            sold = min(max(event["tickets_sold"] - taken, 0), event["total_tickets"])
            left = event["total_tickets"] - sold
            change = {"tickets_sold": sold, "slots_available": left, "status": "active" if left else "soldout"}
            self._database.update("eventhub.events", event["event_id"], change)

    def _rewind_parties(self, values: Row) -> None:
        """Give tickets back, the last change first; each of them cost the same."""
        for change in self._party_changes:
            if change["user_id"] == values["user"] and change["moment"] >= values["moment"]:
                self._database.connection.execute(
                    "update eventhub.reservations set ticket_count = :count,"
                    " total_price = round(total_price / ticket_count * :count, 2) where reservation_id = :booking",
                    {"count": change["ticket_count"] + 1, "booking": change["reservation_id"]},
                )
