"""Tools are typed and described, say what to do where they refuse, and hold the policy's hard rules, whoever asks."""

from __future__ import annotations

import csv
import inspect
import json
import re
import typing
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from agentic.database import Row
from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.policies import SEEDS
from agentic.rules import find_local_day, read_number
from agentic.tools import Desk, list_tools
from tests.rules.answers.validity import BUSINESS_RULES, SUPPORT_RULES

WRITES = {
    "cancel_reservation", "cancel_subscription", "change_party_size", "delete_account", "escalate_ticket",
    "issue_refund", "open_case", "pause_subscription", "reply", "reset_access", "resolve_ticket",
    "transfer_reservation", "upgrade_plan", "write_note",
}  # fmt: skip


@pytest.fixture
def desk(environment: Environment) -> Desk:
    """The desk with a ticket that is not to be handed over."""
    task = next(task for task in environment.tasks.values() if not task.should_escalate)
    return environment.reset(task.task_id)


def find(environment: Environment, query: str, *values: object) -> Row:
    found = environment.state.database.find_one(query, *values)
    assert found, query
    return found


def work_for(environment: Environment, user_id: str) -> Desk:
    """Open a ticket of a member."""
    environment.reset(next(iter(environment.tasks)))
    return environment.open_ticket(user_id, "Please help me.")


def find_booking(environment: Environment, condition: str) -> Row:
    environment.reset(next(iter(environment.tasks)))
    return find(
        environment,
        "select reservations.*, julianday(event_date) - julianday(date(?, '-8 hours')) as notice, slots_available"
        " from eventhub.reservations join eventhub.events using (event_id) join eventhub.users using (user_id)"
        f" where not is_blocked and {condition} order by reservation_id limit 1",
        environment.state.moment,
    )


def test_every_tool_is_typed_and_described(desk: Desk) -> None:
    tools = list_tools(desk)
    assert {tool.name for tool in tools if tool.is_write} == WRITES and len(tools) > 25
    for tool in tools:
        hints = typing.get_type_hints(tool.function)
        parameters = list(inspect.signature(tool.function).parameters)
        assert set(hints) == {*parameters, "return"}, tool.name
        described = re.findall(r"^    (\w+): ", tool.description.partition("Args:\n")[2], re.M)
        assert described == parameters, tool.name
        assert tool.description.splitlines()[0].endswith("."), tool.name
        assert list(tool.parameters["properties"]) == parameters, tool.name
        assert all(given["description"] for given in tool.parameters["properties"].values()), tool.name
        assert tool.summary.endswith(".") and "Args:" not in tool.summary, tool.name


def test_arguments_are_told_as_json_schema(desk: Desk) -> None:
    tool = next(tool for tool in list_tools(desk) if tool.name == "search_knowledge")
    assert tool.parameters == {
        "type": "object",
        "properties": {
            "question": {"type": "string", "description": "what the member wants to know, in words."},
            "limit": {"type": "integer", "default": 3, "description": "how many articles, 1 to 10."},
        },
        "required": ["question"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("fly", {}, "There is no tool fly. There are cancel_reservation,"),
        ("find_member", {}, "exactly one of"),
        ("find_member", {"user_id": "u_00001", "email": "x"}, "exactly one of"),
        ("find_member", {"user_id": "u_99999"}, "no member with user_id u_99999"),
        ("find_member", {"id": "u_00001"}, "It takes user_id, email, phone"),
        ("get_reservation", {"reservation_id": ["r_00001"]}, "It takes reservation_id"),
        ("get_reservation", {}, "It takes reservation_id"),
        ("get_reservation", {"reservation_id": "r_00001", "self": 1}, "It takes reservation_id"),
        ("get_reservation", {"reservation_id": None}, "It takes reservation_id"),
        ("get_reservation", {"reservation_id": "r_99999"}, "list_reservations"),
        ("get_event", {"event_id": "' or 1=1 --"}, "search_events"),
        ("change_party_size", {"reservation_id": "r_00001", "ticket_count": "some"}, "It takes reservation_id, ticket"),
        ("issue_refund", {"reservation_id": "r_00001", "amount": "nan dollars"}, "It takes reservation_id, amount"),
        ("reply", {"text": "  \n"}, "The reply is empty"),
        ("reply", {"text": "x", "article_ids": ["kb_99999"]}, "no article kb_99999"),
        ("resolve_ticket", {}, "Call reply first"),
        ("escalate_ticket", {"reasons": []}, "No trigger is named"),
        ("escalate_ticket", {"reasons": ["too hard"]}, "'too hard' is no trigger"),
        ("search_knowledge", {"question": "refund", "limit": 0}, "limit is 1 to 10"),
        ("read_article", {"article_id": "kb_99999"}, "search_knowledge"),
        ("read_ticket", {"ticket_id": "t_99999"}, "list_tickets"),
        ("upgrade_plan", {"user_id": "u_99999"}, "not the member who wrote"),
        ("reset_access", {"user_id": "u_99999", "email": "x"}, "not the member who wrote"),
        ("cancel_reservation", {"reservation_id": "r_99999"}, "There is no booking r_99999"),
    ],
)
def test_a_call_that_cannot_be_is_refused_with_what_to_do(
    environment: Environment, desk: Desk, tool: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ToolError) as caught:
        environment.call(tool, arguments)
    assert message in str(caught.value) and "\n" not in str(caught.value)
    assert environment.state_diff() == []


def test_what_is_due_follows_the_notice(environment: Environment) -> None:
    row = find_booking(environment, "reservations.status = 'confirmed' and notice >= 14")
    for notice, percent in ((15, 100), (14, 100), (13, 50), (5, 50), (4, 0), (1, 0)):
        desk = work_for(environment, row["user_id"])
        day = find_local_day(environment.now) + timedelta(days=notice)
        environment.state.database.update("eventhub.events", row["event_id"], {"event_date": day.isoformat()})
        due = Decimal(str(row["total_price"])) * percent / 100
        with pytest.raises(ToolError, match="is due for this change"):
            desk.cancel_reservation(row["reservation_id"], float(due) + 1)
        with pytest.raises(ToolError, match="is due for this change"):
            desk.cancel_reservation(row["reservation_id"], float(row["total_price"]) * 2)
        if percent == 0:
            with pytest.raises(ToolError, match="Nothing is due"):
                desk.issue_refund(row["reservation_id"])
        done = desk.cancel_reservation(row["reservation_id"])
        assert Decimal(done["amount"]) == due.quantize(Decimal("0.01"), "ROUND_DOWN")
        refunds = desk.get_reservation(row["reservation_id"])["refunds"]
        assert [refund["percent"] for refund in refunds] == ([percent] if percent else [])
        assert all(refund["ticket_id"] == environment.state.ticket_id for refund in refunds)


def test_a_refund_and_a_cancellation_end_alike(environment: Environment) -> None:
    row = find_booking(environment, "reservations.status = 'confirmed' and notice >= 14")
    ends = []
    for tool in ("issue_refund", "cancel_reservation"):
        work_for(environment, row["user_id"])
        environment.call(tool, {"reservation_id": row["reservation_id"]})
        ends.append(environment.state_diff())
    assert ends[0] == ends[1] != []


def test_a_pending_booking_has_not_been_paid(environment: Environment) -> None:
    row = find_booking(environment, "reservations.status = 'pending' and notice > 0")
    desk = work_for(environment, row["user_id"])
    with pytest.raises(ToolError, match="it has not been paid"):
        desk.issue_refund(row["reservation_id"])
    assert desk.cancel_reservation(row["reservation_id"], 0)["amount"] == "0.00"
    with pytest.raises(ToolError, match="is cancelled already"):
        desk.cancel_reservation(row["reservation_id"])


def test_nothing_of_another_member_is_changed(environment: Environment) -> None:
    row = find_booking(environment, "reservations.status = 'confirmed' and notice >= 14")
    other = find(environment, "select user_id, email from eventhub.users where user_id != ? limit 1", row["user_id"])
    desk = work_for(environment, other["user_id"])
    before = environment.state_hash()
    for call in (
        lambda: desk.cancel_reservation(row["reservation_id"]),
        lambda: desk.issue_refund(row["reservation_id"]),
        lambda: desk.change_party_size(row["reservation_id"], 1),
        lambda: desk.transfer_reservation(row["reservation_id"], other["email"]),
        lambda: desk.cancel_subscription(row["user_id"]),
        lambda: desk.delete_account(row["user_id"], other["email"]),
        lambda: desk.reset_access(other["user_id"], "thief@example.com"),
        lambda: desk.open_case(other["user_id"], row["reservation_id"]),
    ):
        with pytest.raises(ToolError, match="not a booking of|not the member|not the address|no booking of"):
            call()
    assert environment.state_hash() == before


def test_seats_that_are_not_there_are_not_given(environment: Environment) -> None:
    row = find_booking(
        environment, "reservations.status = 'confirmed' and ticket_count between 2 and 4 and notice >= 14"
    )
    desk = work_for(environment, row["user_id"])
    most = read_number("max_tickets_per_booking")
    for count in (0, -1, most + 1, row["ticket_count"]):
        with pytest.raises(ToolError):
            desk.change_party_size(row["reservation_id"], count)
    environment.state.database.update("eventhub.events", row["event_id"], {"slots_available": 0})
    with pytest.raises(ToolError, match="0 seats left"):
        desk.change_party_size(row["reservation_id"], row["ticket_count"] + 1)


def test_a_smaller_party_gets_its_share_back(environment: Environment) -> None:
    row = find_booking(environment, "reservations.status = 'confirmed' and ticket_count >= 2 and notice >= 14")
    desk = work_for(environment, row["user_id"])
    done = desk.change_party_size(row["reservation_id"], row["ticket_count"] - 1)
    one = Decimal(str(row["total_price"])) / row["ticket_count"]
    assert Decimal(done["amount"]) == one.quantize(Decimal("0.01"), "ROUND_DOWN")
    booking = desk.get_reservation(row["reservation_id"])
    assert booking["ticket_count"] == row["ticket_count"] - 1
    assert Decimal(booking["total_price"]) == one * booking["ticket_count"]
    event = desk.get_event(row["event_id"])
    assert event["slots_available"] == event["total_tickets"] - event["tickets_sold"] == row["slots_available"] + 1


def test_a_booking_goes_to_a_member_who_may_have_it_and_only_once(environment: Environment) -> None:
    row = find_booking(environment, "reservations.status = 'confirmed' and not is_premium and notice >= 14")
    friend = find(
        environment,
        "select * from eventhub.user_details where subscription_status = 'active' and not is_blocked and user_id != ?"
        " and user_id not in (select user_id from eventhub.reservations where event_id = ?) limit 1",
        row["user_id"],
        row["event_id"],
    )
    desk = work_for(environment, row["user_id"])
    with pytest.raises(ToolError, match="is no member whose membership runs"):
        desk.transfer_reservation(row["reservation_id"], "nobody@example.com")
    assert desk.transfer_reservation(row["reservation_id"], friend["email"].upper())["user_id"] == friend["user_id"]
    assert row["reservation_id"] in {one["reservation_id"] for one in desk.list_reservations(friend["user_id"])}
    writer = find(environment, "select email from eventhub.users where user_id = ?", row["user_id"])
    desk = environment.open_ticket(friend["user_id"], "Give it back, please.")
    with pytest.raises(ToolError, match="has changed hands before"):
        desk.transfer_reservation(row["reservation_id"], writer["email"])


def test_memberships_change_once(environment: Environment) -> None:
    row = find(
        environment,
        "select * from eventhub.user_details where subscription_status = 'active' and subscription_tier = 'basic'"
        " and not is_blocked limit 1",
    )
    desk = work_for(environment, row["user_id"])
    assert desk.upgrade_plan(row["user_id"], " Premium")["monthly_quota"] == str(read_number("premium_monthly_quota"))
    with pytest.raises(ToolError, match="has the premium plan already"):
        desk.upgrade_plan(row["user_id"])
    with pytest.raises(ToolError, match="no upgrade to gold"):
        desk.upgrade_plan(row["user_id"], "gold")
    desk.pause_subscription(row["user_id"])
    with pytest.raises(ToolError, match="is paused and cannot be changed"):
        desk.cancel_subscription(row["user_id"])


def test_a_closed_ticket_takes_no_more(environment: Environment, desk: Desk) -> None:
    desk.reply("Here is what applies.")
    desk.resolve_ticket()
    before = environment.state_hash()
    member = environment.state.member_id
    for call in (
        lambda: desk.reply("One more thing."),
        lambda: desk.resolve_ticket(),
        lambda: desk.escalate_ticket(["critical_urgency"]),
        lambda: desk.open_case(member),
        lambda: desk.write_note("x"),
        lambda: desk.pause_subscription(member),
    ):
        with pytest.raises(ToolError, match="is resolved; nothing more can be done"):
            call()
    assert environment.state_hash() == before


def test_reads_change_nothing_and_are_noted(environment: Environment, desk: Desk) -> None:
    user_id = desk.read_ticket()["user_id"]
    for tool in list_tools(desk):
        if not tool.is_write and "user_id" in inspect.signature(tool.function).parameters:
            tool.function(user_id=user_id)
    desk.list_plans()
    assert desk.search_events("the")
    assert environment.state_diff() == []
    assert [call.tool for call in environment.state.calls][:1] == ["read_ticket"] and len(environment.state.calls) > 5


def test_notes_are_kept_for_colleagues(desk: Desk) -> None:
    before = desk.read_notes()
    desk.write_note("Called twice.")
    assert desk.read_notes() == "\n".join(filter(None, [before, "Called twice."]))


def test_the_databases_stay_valid_after_each_solution(environment: Environment) -> None:
    execute = environment.state.database.connection.execute
    for task in environment.tasks.values():
        environment.reset(task.task_id)
        environment.replay(task.solutions[0])
        for name, rules in (("eventhub", BUSINESS_RULES), ("udahub", SUPPORT_RULES)):
            for rule, query in rules.items():
                if "pragma" not in query:
                    assert execute(_qualify(query, name)).fetchone() is None, (task.task_id, rule)


def _qualify(query: str, name: str) -> str:
    return re.sub(r"\b(from|join) ([a-z_]+)\b", rf"\1 {name}.\2", query)


def test_measures_are_hidden_where_they_are_not_to_be_seen(environment: Environment, desk: Desk) -> None:
    assert "rag_confidence" in desk.read_ticket()
    environment.state.shows_measures = False
    try:
        assert not {"urgency", "sentiment", "rag_confidence", "failed_attempts"} & desk.read_ticket().keys()
    finally:
        environment.state.shows_measures = True


def test_the_key_stands_nowhere_that_tools_reach(desk: Desk) -> None:
    assert not {"category", "main_issue_type", "tags", "escalation_reason"} & desk.read_ticket().keys()


def test_half_a_pair_that_a_model_has_left_is_written(environment: Environment, desk: Desk) -> None:
    desk.reply("half \ud83d pair")
    assert environment.state.replies == ["half ? pair"]
    with pytest.raises(ToolError, match=r"There is no article kb_\?"):
        desk.reply("And in a list.", ["kb_\ud83d"])


def test_ids_are_read_as_they_are_meant(environment: Environment, desk: Desk) -> None:
    article_id = desk.search_knowledge("refund", 1)[0]["article_id"]
    desk.reply("As the article says.", [f" {article_id.upper()}"])
    assert environment.state.calls[-1].arguments["article_ids"] == [article_id]


def test_what_tools_leave_in_the_history_is_what_the_seeds_say(environment: Environment) -> None:
    with (SEEDS / "support_actions.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["action"]: row["interaction_type"] for row in csv.DictReader(file)}
    for task in environment.tasks.values():
        action = environment.labels[task.task_id].action
        environment.reset(task.task_id)
        environment.replay(task.solutions[0])
        rows = [json.loads(one.values) for one in environment.state_diff() if one.table == "udahub.user_history"]
        left = {row["interaction_type"] for row in rows} - {"ticket_resolved", "ticket_escalated"}
        assert left == {wanted[action]} - {""}, (task.task_id, action)
