"""A customer whom a model plays: what it is told, and when it stops."""

from __future__ import annotations

import pytest

from agentic.customers import MOST_ANSWERS
from agentic.environment import Environment
from agentic.model_customer import STOP, ModelCustomer, play_customers, write_part
from agentic.tasks import Customer
from tests.unit.agentic.fake_model import FakeModel, say

CUSTOMER = Customer(
    "Ada Kim",
    "refund: I paid $42.00 and cannot come.",
    {"email": "ada@example.com", "reservation_id": "r_00042"},
    persona="You are annoyed.",
)


def play(*said: str) -> tuple[ModelCustomer, FakeModel]:
    model = FakeModel(said=[say(text) for text in said], heard=[])
    return ModelCustomer(CUSTOMER, model, "fake"), model


def test_the_part_holds_all_that_the_member_knows() -> None:
    part = write_part(CUSTOMER)
    told = ("Ada Kim", "You are annoyed.", "I paid $42.00", "- reservation id: r_00042", "- card number", STOP)
    assert [one for one in told if one not in part] == []


def test_a_question_is_answered_and_remembered() -> None:
    customer, model = play("It is r_00042.", "Ada.")
    assert customer.answer("Which booking?") == "It is r_00042."
    assert customer.answer("And your name?") == "Ada."
    assert [str(one.content) for one in model.heard[1][1:]] == [
        "Support writes:\n\nWhich booking?", "It is r_00042.", "Support writes:\n\nAnd your name?",
    ]  # fmt: skip
    assert (customer.usage.model_id, customer.usage.calls, customer.usage.input_tokens) == ("fake", 2, 200)


@pytest.mark.parametrize("said", [STOP, f"Thank you! {STOP}", "", "  "])
def test_one_who_is_done_says_nothing(said: str) -> None:
    assert play(said)[0].answer("It is done.") is None


def test_one_who_was_done_remembers_it_and_costs_no_more_than_others() -> None:
    customer, model = play(f"Thanks. {STOP}", "It is r_00042.", *[STOP] * 9)
    assert [customer.answer(reply) for reply in ("One moment.", "Which booking?")] == [None, "It is r_00042."]
    assert str(model.heard[1][1].content) == "Support writes:\n\nOne moment."
    assert [customer.answer("Goodbye.") for _ in range(9)] == [None] * 9 and len(model.heard) == MOST_ANSWERS


def test_one_who_never_stops_is_stopped() -> None:
    customer, model = play(*["Why?"] * 9)
    answers = [customer.answer("So it is.") for _ in range(MOST_ANSWERS + 1)]
    assert answers == ["Why?"] * MOST_ANSWERS + [None] and len(model.heard) == MOST_ANSWERS


def test_half_a_character_of_a_member_is_no_error(environment: Environment) -> None:
    task_id = next(iter(environment.tasks))
    desk = environment.reset(task_id)
    environment.state.answer_reply = play("half \ud83d pair")[0].answer
    assert desk.reply("Which booking?")["answer"] == "half ? pair"


def test_each_task_has_a_customer_of_its_own(environment: Environment) -> None:
    make = play_customers(FakeModel(said=[], heard=[]))
    for task in list(environment.tasks.values())[:5]:
        assert make(task) is not make(task) and task.customer.persona in write_part(task.customer)
        assert task.customer.persona.startswith("You are ")
