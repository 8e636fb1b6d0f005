"""The rows that the tickets of a split need: what their members have, and who is named in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from agentic.database import NAMES, Database, Row
from agentic.tasks import Task

NAMED = {
    "user_id": re.compile(r"\bu_\d+\b"),
    "reservation_id": re.compile(r"\br_\d+\b"),
    "event_id": re.compile(r"\be_\d+\b"),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
}
ALL = "true"
OF_MEMBERS = "user_id in (select value from json_each(:members))"
OF_BOOKINGS = "reservation_id in (select value from json_each(:bookings))"
OF_DESK_USERS = "user_id in (select value from json_each(:desk_users))"
OF_TICKETS = "ticket_id in (select value from json_each(:tickets))"
# What is taken of each table; all that an agent can search as a whole is taken as a whole.
TAKEN = {
    "eventhub.data_set": ALL,
    "eventhub.plans": ALL,
    "eventhub.users": OF_MEMBERS,
    "eventhub.venues": ALL,
    "eventhub.subscriptions": OF_MEMBERS,
    "eventhub.events": "event_date >= :today or event_id in (select value from json_each(:events))",
    "eventhub.reservations": OF_BOOKINGS,
    "eventhub.refunds": OF_BOOKINGS,
    "udahub.data_set": ALL,
    "udahub.accounts": ALL,
    "udahub.users": OF_DESK_USERS,
    "udahub.knowledge": ALL,
    "udahub.tickets": OF_TICKETS,
    "udahub.ticket_metadata": OF_TICKETS,
    "udahub.ticket_messages": OF_TICKETS,
    "udahub.ticket_actions": OF_TICKETS,
    "udahub.user_history": OF_DESK_USERS,
}


def read_schema(database: Database) -> dict[str, list[str]]:
    """Return the statements that make the tables, views and indexes, by database."""
    query = "select sql from {}.sqlite_master where sql is not null and name not like 'sqlite%' order by rowid"
    return {name: [row["sql"] for row in database.find_all(query.format(name))] for name in NAMES}


def collect_rows(database: Database, tasks: Iterable[Task], today: str) -> dict[str, list[Row]]:
    """Return the rows of each table that the tasks need.

    Args:
        database: all rows, as at the start.
        tasks: the tasks of a split.
        today: the day of the data set; events from then on are all there, as an agent may search them.
    """
    values = {"today": today} | _find_keys(database, list(tasks))
    return {
        table: [
            {name: value for name, value in dict(row).items() if value is not None}
            for row in database.connection.execute(f"select * from {table} where {condition} order by rowid", values)
        ]
        for table, condition in TAKEN.items()
    }


def _find_keys(database: Database, tasks: list[Task]) -> dict[str, str]:
    named = _find_named(database, tasks)
    members = _list(
        database,
        "select user_id from eventhub.users where user_id in (select value from json_each(:user_id))"
        " or lower(email) in (select value from json_each(:email)) union"
        " select user_id from eventhub.reservations"
        " where reservation_id in (select value from json_each(:reservation_id))",
        {name: json.dumps(sorted(values)) for name, values in named.items()},
    )
    keys = {"members": members}
    keys["bookings"] = _list(database, f"select reservation_id from eventhub.reservations where {OF_MEMBERS}", keys)
    keys["desk_users"] = _list(
        database,
        "select user_id from udahub.users where external_user_id in (select value from json_each(:members))",
        keys,
    )
    keys["tickets"] = _list(database, f"select ticket_id from udahub.tickets where {OF_DESK_USERS}", keys)
    keys["named_events"] = json.dumps(sorted(named["event_id"]))
    keys["events"] = _list(
        database,
        f"select event_id from eventhub.reservations where {OF_BOOKINGS} union"
        f" select event_id from udahub.ticket_metadata where {OF_TICKETS} union"
        " select value from json_each(:named_events)",
        keys,
    )
    return keys


def _find_named(database: Database, tasks: list[Task]) -> dict[str, set[str]]:
    """Return the ids and addresses that stand in the tickets, their texts and their solutions."""
    texts = [json.dumps([task.customer.known, [call.arguments for call in task.solutions[0]]]) for task in tasks]
    ids = json.dumps([task.task_id for task in tasks])
    messages = database.connection.execute(
        "select content from udahub.ticket_messages where ticket_id in (select value from json_each(?))", [ids]
    )
    texts += [row["content"] or "" for row in messages]
    found: dict[str, set[str]] = {name: set() for name in NAMED}
    for text in texts:
        for name, pattern in NAMED.items():
            found[name].update(part.lower() for part in pattern.findall(text))
    return found


def _list(database: Database, query: str, values: dict[str, str]) -> str:
    return json.dumps(sorted(str(row[0]) for row in database.connection.execute(query, values) if row[0] is not None))
