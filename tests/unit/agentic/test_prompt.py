"""All that the answer key needs stands in the prompt: each value of it is found there, or worked out from it alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

import pytest

from agentic.actions import read_actions
from agentic.agents.briefing import Ticket, read_briefing
from agentic.agents.prompt import FORMS, write_prompt
from agentic.environment import Environment
from agentic.labels import Label

CENT = Decimal("0.01")


class Reader:
    """Works out the values of the key from a prompt, as its rules say, and from nothing else."""

    def __init__(self, prompt: str) -> None:
        self.prompt = prompt
        self.matter = self._find(r"# What the ticket is about\n(.*?)\n\n# Articles\n", re.S)
        self.policies = dict(re.findall(r"^(\w+) = ([\w$]+)", prompt, re.M))

    def _find(self, pattern: str, flags: int = 0) -> str:
        match = re.search(pattern, self.prompt, flags)
        assert match, pattern
        return match[1]

    def _read(self, pattern: str) -> str:
        match = re.search(pattern, self.matter)
        assert match, (pattern, self.matter)
        return match[1]

    def work_out(self, name: str) -> str:
        plain: dict[str, Callable[[], str]] = {
            "user_id": lambda: self._find(r"user_id (u_\d+), email"),
            "email": lambda: self._find(r", email (\S+)\. The account"),
            "plan": lambda: self._find(r"Plan: (\w+), "),
            "monthly_quota": lambda: self._find(r"Monthly quota: (\d+) bookings"),
            "remaining_quota": self._count_left,
            "reservation_id": lambda: self._read(r"Booking (r_\d+), "),
            "reservation_status": lambda: self._read(r"Booking r_\d+, (\w+):"),
            "booking_date": lambda: self._read(r"booked on (\S+),"),
            "payment_method": lambda: self._read(r"payment_method (\w+),"),
            "total_price": lambda: self._read(r"total_price (\S+),"),
            "ticket_count": lambda: self._read(r"ticket_count (\d+),"),
            "one_ticket_less": lambda: str(int(self._read(r"ticket_count (\d+),")) - 1),
            "event_title": lambda: self._read(r"Event e_\d+, (.*): status "),
            "event_status": lambda: self._read(r": status (\w+), category"),
            "event_category": lambda: self._read(r", category (\w+), on"),
            "event_date": lambda: self._read(r", category \w+, on \w+, (\S+) at"),
            "start_time": lambda: self._read(r", category \w+, on \w+, \S+ at (\S+),"),
            "venue_name": lambda: self._read(r"Venue: (.*?), [^,]*, [^,]*\. Parking"),
            "neighborhood": lambda: self._read(r"Venue: .*?, ([^,]*), [^,]*\. Parking"),
            "city": lambda: self._read(r"Venue: .*?, [^,]*, ([^,]*)\. Parking"),
            "venue_parking": lambda: self._read(r"Parking: (.*)\. The notice"),
            "youngest_guest_age": lambda: self.policies["comedy_min_age"],
            "with_adult_below_age": lambda: self.policies["accompanied_age"],
            "no_ticket_below_age": lambda: self.policies["lap_child_age"],
            "refund_percent": lambda: str(self._share()),
            "refund_due": lambda: f"{self._due():.2f}",
            "one_ticket_refund": self._share_one,
            "refund_days": self._days,
            "next_tier": lambda: self._find(r'    tier: "(\w+)"'),
            "cancelled_state": lambda: self._find(r'- cancel_subscription: .*\n.*\n    status: "(\w+)"'),
            "paused_state": lambda: self._find(r'- pause_subscription: .*\n.*\n    status: "(\w+)"'),
        }
        if name not in plain and name not in self.policies:
            pytest.fail(f"{name} is a fact that this test cannot read from a prompt: add it to Reader.work_out")
        return plain[name]() if name in plain else self.policies[name]

    def _count_left(self) -> str:
        quota, used = int(self.work_out("monthly_quota")), int(self._find(r"of which (\d+) count already"))
        return str(max(0, quota - used))

    def _share(self) -> int:
        today = date.fromisoformat(self._find(r"Today is \w+, (\S+), the day"))
        notice = (date.fromisoformat(self.work_out("event_date")) - today).days
        if notice >= int(self.policies["refund_full_notice_days"]):
            return 100
        is_partial = notice >= int(self.policies["refund_partial_notice_days"])
        return int(self.policies["refund_partial_percent"]) if is_partial else 0

    def _due(self) -> Decimal:
        if self.work_out("reservation_status") == "pending":
            return Decimal(0)
        return (Decimal(self.work_out("total_price")) * self._share() / 100).quantize(CENT, ROUND_DOWN)

    def _share_one(self) -> str:
        return str((self._due() / int(self.work_out("ticket_count"))).quantize(CENT, ROUND_DOWN))

    def _days(self) -> str:
        is_card = self.work_out("payment_method") == "credit_card"
        return self.policies["refund_processing_days" if is_card else "refund_wallet_days"]


def find_missing(label: Label, ticket: Ticket) -> list[str]:
    """Return what a label asks for and its prompt does not give."""
    reader = Reader(write_prompt(ticket, []))
    sources = read_actions()[label.action].arguments
    wanted = label.facts | {sources[name]: value for name, value in label.arguments.items()}
    wrong = [name for name, value in wanted.items() if reader.work_out(name) != value]
    return wrong + [name for name in label.arguments if f"\n    {name}: " not in reader.prompt]


def test_what_the_key_asks_for_can_be_worked_out_from_the_prompt_alone(environment: Environment) -> None:
    check_prompts(environment)


@pytest.mark.long
def test_what_the_full_key_asks_for_can_be_worked_out_from_the_prompt_alone(full_environment: Environment) -> None:
    check_prompts(full_environment)


def check_prompts(environment: Environment) -> None:
    missing = {}
    for task in environment.tasks.values():
        if not task.should_escalate:
            ticket = read_briefing(environment.reset(task.task_id))
            missing[task.task_id] = find_missing(environment.labels[task.task_id], ticket)
    assert {ticket_id: names for ticket_id, names in missing.items() if names} == {}


def test_each_argument_of_an_action_has_a_form(environment: Environment) -> None:
    prompt = write_prompt(read_briefing(environment.reset(next(iter(environment.tasks)))), [])
    for action in read_actions().values():
        assert f"\n- {action.name}: " in prompt
        for name, fact in action.arguments.items():
            assert fact in FORMS and f"\n    {name}: " in prompt, (action.name, name)


def test_articles_and_the_thread_stand_in_the_prompt(environment: Environment) -> None:
    ticket = read_briefing(environment.reset(next(iter(environment.tasks))))
    article = environment.knowledge.list_articles()[0]
    prompt = write_prompt(ticket, [article])
    assert article["content"] in prompt and all(text in prompt for _, text in ticket.thread)


def test_measures_of_the_desk_stand_in_the_prompt_only_where_they_may_be_seen(built: Path) -> None:
    for shows in (False, True):
        environment = Environment(built, shows_measures=shows)
        prompt = write_prompt(read_briefing(environment.reset(next(iter(environment.tasks)))), [])
        assert ("Measured by the desk: urgency" in prompt) == shows
        assert ("rag_confidence" in prompt.replace("low_rag_confidence", "")) == shows
