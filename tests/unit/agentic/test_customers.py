"""The scripted customer answers what is asked from what is known, says the same each time, and stops."""

from __future__ import annotations

import pytest

from agentic.customers import MOST_ANSWERS, ScriptedCustomer
from agentic.environment import Environment
from agentic.tasks import Customer

CUSTOMER = Customer(
    "Ada Byron",
    "refund: I cannot come.",
    {
        "name": "Ada Byron",
        "email": "ada@example.com",
        "reservation_id": "r_00042",
        "event_title": "Night Ferry",
        "event_date": "2026-07-01",
        "ticket_count": "2",
        "payment_method": "apple pay",
    },
)


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("Which booking is it?", "It is r_00042."),
        ("Could you tell me the booking number?", "It is r_00042."),
        ("What is your email address, please?", "My email is ada@example.com."),
        ("Which event is it for?", "It is Night Ferry."),
        ("How many tickets do you have? And how did you pay?", "2 tickets. I paid by apple pay."),
        ("What is your card number?", "I do not have that at hand."),
        ("Could you tell me more?", "refund: I cannot come."),
        ("What is your member number?", "refund: I cannot come."),
        ("It is done. You get $42.00 back.", None),
        ("Is that not nice?\n\nIt is done.", None),
        ("", None),
    ],
)
def test_a_question_is_answered_from_what_is_known(reply: str, answer: str | None) -> None:
    assert ScriptedCustomer(CUSTOMER).answer(reply) == answer


def test_a_customer_does_not_answer_for_ever() -> None:
    customer = ScriptedCustomer(CUSTOMER)
    answers = [customer.answer("Which booking is it?") for _ in range(MOST_ANSWERS + 1)]
    assert answers == ["It is r_00042."] * MOST_ANSWERS + [None]


def test_an_answer_stands_in_the_thread(environment: Environment) -> None:
    task = next(task for task in environment.tasks.values() if not task.should_escalate)
    desk = environment.reset(task.task_id)
    said = desk.reply("What is your email address?")["answer"]
    assert said == f"My email is {task.customer.known['email']}."
    assert [turn["role"] for turn in desk.read_ticket()["thread"]][-2:] == ["ai", "user"]
    assert environment.state_diff() == []


def test_a_text_without_an_end_is_read_once() -> None:
    customer = ScriptedCustomer(CUSTOMER)
    assert customer.answer("x" * 200_000) is None and customer.answer("x" * 200_000 + " your email?")
