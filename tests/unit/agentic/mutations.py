"""Solutions with one mistake each, such as agents make them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agentic.environment import Environment
from agentic.rules import compute_refund, count_notice, find_refund_percent, find_start
from agentic.tasks import Task, ToolCall
from agentic.triggers import list_triggers

Calls = list[ToolCall]
NO_FACTS = "Thank you for writing. Everything is taken care of."
OTHERS = {"reset_access", "open_case"}


def mutate(environment: Environment, task: Task) -> Iterator[tuple[str, Calls]]:
    """Yield each mistake with the calls that make it; the environment is reset in between by whoever replays them."""
    gold = list(task.solutions[0])
    yield from _leave_out(gold)
    yield from _change_arguments(environment, task, gold)
    yield from _add_calls(environment, task, gold)
    yield from _say_otherwise(environment, task, gold)
    if task.should_escalate:
        yield "answered instead of handed over", [ToolCall("reply", {"text": NO_FACTS}), ToolCall("resolve_ticket", {})]
        wrong = [name for name in list_triggers() if name not in task.escalation_reasons]
        if wrong:
            yield "another reason", [ToolCall("escalate_ticket", {"reasons": wrong[:1]})]
    else:
        yield "handed over without need", [ToolCall("escalate_ticket", {"reasons": [list_triggers()[0]]})]


def _leave_out(gold: Calls) -> Iterator[tuple[str, Calls]]:
    for place, call in enumerate(gold):
        yield f"{call.tool} left out", gold[:place] + gold[place + 1 :]


def _change_arguments(environment: Environment, task: Task, gold: Calls) -> Iterator[tuple[str, Calls]]:
    for place, call in enumerate(gold):
        for name, value in call.arguments.items():
            for what, changed in _find_other_values(environment, task, call, name, value):
                yield f"{call.tool}: {what}", [*gold[:place], ToolCall(call.tool, changed), *gold[place + 1 :]]


def _find_other_values(
    environment: Environment, task: Task, call: ToolCall, name: str, value: object
) -> Iterator[tuple[str, dict[str, object]]]:
    rest = {other: kept for other, kept in call.arguments.items() if other != name}
    if name == "reservation_id":
        without = {other: kept for other, kept in rest.items() if other != "amount"}
        for other in find_held_bookings(environment, task):
            if other != value:
                yield f"another booking, {other}", {**without, name: other}
        yield "a booking of somebody else", {**without, name: find_foreign_booking(environment, task)}
    elif name == "amount":
        for amount in {Decimal(str(value)) + 1, Decimal(str(value)) + 50, max(Decimal(str(value)) - 1, Decimal(0))}:
            if amount != Decimal(str(value)):
                yield f"another amount, {amount}", {**rest, name: str(amount)}
    elif name == "ticket_count":
        without = {other: kept for other, kept in rest.items() if other != "amount"}
        yield "one ticket fewer", {**without, name: str(int(str(value)) - 1)}
        yield "as many tickets as before", {**without, name: str(int(str(value)) + 1)}
    elif name == "user_id":
        yield "somebody else", {**rest, name: "u_00001" if value != "u_00001" else "u_00002"}
    elif name == "email":
        yield "another address", {**rest, name: "else@example.com"}


def _add_calls(environment: Environment, task: Task, gold: Calls) -> Iterator[tuple[str, Calls]]:
    """One call too many, before the last one, after which the desk takes none."""
    who = {"user_id": task.customer.known["user_id"]}
    address = {**who, "email": task.customer.known["email"]}
    for tool, arguments in (("reset_access", address), ("delete_account", address), ("open_case", who)):
        yield f"{tool} too many", _insert(gold, ToolCall(tool, dict(arguments)))
    done = {str(call.arguments["reservation_id"]) for call in gold if "reservation_id" in call.arguments}
    for reservation_id in find_held_bookings(environment, task):
        if reservation_id not in done:
            yield (
                f"{reservation_id} cancelled too",
                _insert(gold, ToolCall("cancel_reservation", {"reservation_id": reservation_id})),
            )
    linked = task.customer.known.get("reservation_id")
    if (
        linked
        and linked not in done
        and (linked in find_held_bookings(environment, task) or "issue_refund" in task.forbidden_actions)
    ):
        yield f"{linked} refunded unasked", _insert(gold, ToolCall("issue_refund", {"reservation_id": linked}))


def _say_otherwise(environment: Environment, task: Task, gold: Calls) -> Iterator[tuple[str, Calls]]:
    for place, call in enumerate(gold):
        if call.tool != "reply":
            continue
        if task.facts:
            yield "no fact told", [*gold[:place], ToolCall("reply", {"text": NO_FACTS}), *gold[place + 1 :]]
        wrong = [
            row["title"] for row in environment.knowledge.list_articles() if row["article_id"] not in task.articles
        ]
        if task.articles and wrong and not task.facts:
            title = next(iter(task.articles.values()))
            text = str(call.arguments["text"]).replace(title, wrong[0])
            yield "another article", [*gold[:place], ToolCall("reply", {"text": text}), *gold[place + 1 :]]


def _insert(gold: Calls, call: ToolCall) -> Calls:
    return [*gold[:-1], call, gold[-1]]


def find_held_bookings(environment: Environment, task: Task) -> list[str]:
    """The bookings of the member that can be cancelled, with or without money back: the event is still to come."""
    rows = environment.desk.list_reservations(task.customer.known["user_id"])
    return [
        row["reservation_id"]
        for row in rows
        if row["status"] != "cancelled" and find_start(row["event_date"], row["start_time"]) > environment.now
    ]


def find_foreign_booking(environment: Environment, task: Task) -> str:
    """A held booking of another member."""
    user_id = task.customer.known["user_id"]
    row = environment.state.database.find_one(
        "select reservation_id from eventhub.reservations where status = 'confirmed' and user_id != ?"
        " order by reservation_id limit 1",
        user_id,
    )
    assert row
    return str(row["reservation_id"])


def find_due(environment: Environment, row: dict[str, str]) -> Decimal:
    """What the policy gives back for a booking."""
    from datetime import date

    notice = count_notice(environment.now, date.fromisoformat(row["event_date"]))
    return compute_refund(Decimal(row["total_price"]), find_refund_percent(notice))
