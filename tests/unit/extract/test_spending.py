from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import CallFailed
from extract.landing.reasons import shorten_reason
from extract.pull.budget import Budget
from extract.pull.progress import describe_state
from extract.pull.receipt import Receipt
from extract.replies.completion import Completion
from extract.replies.validate import Rejected, ValidationResult

COSTS = st.floats(0.001, 1, allow_nan=False)


@given(st.lists(st.tuples(COSTS, st.floats(0, 1), st.booleans())), st.floats(0.01, 3))
def test_a_budget_is_never_passed(calls: list[tuple[float, float, bool]], limit: float) -> None:
    budget, spent, in_flight = Budget(limit), 0.0, {}
    for number, (worst, share, is_settled) in enumerate(calls):
        if budget.reserve(str(number), worst):
            in_flight[str(number)] = worst * share
        if is_settled and in_flight:
            call_id, cost = in_flight.popitem()
            budget.settle(call_id, cost)
            spent += cost

    assert spent + sum(in_flight.values()) <= limit + 1e-9


def test_without_a_budget_everything_is_allowed() -> None:
    assert Budget(None).reserve("a1", 10**9)


def test_a_call_that_may_be_billed_counts_at_its_worst() -> None:
    budget = Budget(1.0)
    budget.reserve("a1", 0.6)
    budget.settle("a1", budget.find_reserved("a1"))

    assert not budget.reserve("a2", 0.6)
    assert "$0.6000 is spent" in str(budget.refuse(0.6))


def test_an_unknown_cost_is_never_nothing() -> None:
    receipt = Receipt()
    receipt.add(
        "users",
        Completion(
            text="", input_tokens=1, output_tokens=1, stop_reason="end_turn", latency_ms=1, model="m", cost_usd=None
        ),
        ValidationResult(),
    )

    assert "cost      unknown; per 1,000 accepted records unknown" in receipt.describe()
    assert describe_state(receipt, 2, 1.0).startswith("cost unknown")


def test_the_live_line_says_spent_expected_remaining_and_rate() -> None:
    line = "spent $0.1000 of about $0.4000, 2.0 records/s, 2 min left, 100 landed, 300 to go"
    assert describe_state(Receipt(accepted=100, cost_usd=0.1), 400, 50.0) == line
    assert "100.0 records/s, 30 s left" in describe_state(Receipt(accepted=1000), 4000, 10.0)
    assert "? left" in describe_state(Receipt(), 300, 1.0)


def test_retries_and_failures_are_counted() -> None:
    receipt, failure = Receipt(), CallFailed("LostReply", "x")
    failure.tries = 3
    result = ValidationResult([], [Rejected(1, "n=4 answers")])
    receipt.add(
        "users",
        Completion(
            text="", input_tokens=10, output_tokens=20, stop_reason="end_turn", latency_ms=5, model="m", tries=2
        ),
        result,
    )
    receipt.add_failure("users", failure, None)

    assert receipt.describe()[0] == "calls     2 (1 failed), 3 retries"


@pytest.mark.parametrize(
    ("reason", "short"),
    [
        ("full_name: a name has two to five words, 'Ann' has 1", "full_name: a name has two to five words, … has …"),
        ("subject: unknown slot {cats}", "subject: unknown slot …"),
    ],
)
def test_reasons_are_counted_without_what_only_one_record_had(reason: str, short: str) -> None:
    assert shorten_reason(reason) == short
