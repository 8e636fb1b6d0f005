"""An oracle that reads perfectly, and sees no more than an agent does, is right about every ticket: no guess is needed.

It knows what is asked (the scenario, which the words tell); all else it reads with the desk's tools.
"""

from __future__ import annotations

import csv

import pytest

from agentic.agents.acting import carry_out
from agentic.agents.briefing import Ticket, read_briefing
from agentic.agents.rule_agent import MOVES_MONEY, find_arguments, find_percent
from agentic.environment import Environment
from agentic.tasks import Task, write_reply
from agentic.triggers import find_most_failures, find_reasons
from tests.paths import REPO_ROOT


def read_asked_actions() -> dict[str, str]:
    path = REPO_ROOT / "dbt_project" / "seeds" / "support_scenarios.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["scenario"]: row["action"] for row in csv.DictReader(file)}


def choose_action(asked: str, ticket: Ticket) -> str:
    """Leave undone what would give nothing back; the member hears so first."""
    is_lost = asked in MOVES_MONEY and ticket.booking is not None and find_percent(ticket, ticket.booking) == 0
    return "answer" if is_lost else asked


def count_answers(thread: list[dict[str, str]]) -> int:
    """Answers of the assistant: the last one failed, too, where the ticket went on to a person."""
    return sum(message["role"] == "ai" for message in thread)


def work(environment: Environment, task: Task, asked: str) -> list[str]:
    """Work a ticket as the oracle, and say what it got wrong."""
    desk = environment.reset(task.task_id)
    row = desk.read_ticket()
    reasons, label = find_reasons(row), environment.labels[task.task_id]
    wrong = []
    if row["failed_attempts"] >= find_most_failures() and count_answers(row["thread"]) < find_most_failures():
        wrong.append("the failed answers do not stand in the thread")
    if reasons:
        desk.escalate_ticket(reasons)
        wrong += [] if tuple(reasons) == label.escalation_reasons else [f"{reasons}, not {label.escalation_reasons}"]
    else:
        ticket = read_briefing(desk)
        action = choose_action(asked, ticket)
        arguments = find_arguments(action, ticket)
        if (action, arguments) != (label.action, label.arguments):
            wrong.append(f"{action} {arguments}, not {label.action} {label.arguments}")
        carry_out(desk, action, arguments, write_reply(task.facts, ""), tuple(task.articles)[:1])
    failed = environment.score().failed_checks
    return wrong + [f"failed: {', '.join(failed)}"] * bool(failed)


def check_oracle(environment: Environment) -> None:
    asked = read_asked_actions()
    wrong = {task.task_id: work(environment, task, asked[task.scenario]) for task in environment.tasks.values()}
    assert {task_id: found for task_id, found in wrong.items() if found} == {}
    assert environment.tasks


def test_an_oracle_that_sees_what_an_agent_sees_is_always_right(environment: Environment) -> None:
    check_oracle(environment)


@pytest.mark.long
def test_an_oracle_that_sees_what_an_agent_sees_is_always_right_at_full(full_environment: Environment) -> None:
    check_oracle(full_environment)
