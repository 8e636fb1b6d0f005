from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import CallFailed
from extract.pull.budget import Purse, Receipt, shorten_reason
from extract.pull.progress import describe_money
from extract.replies.completion import Completion
from extract.replies.validate import Rejected, Verdict

COSTS = st.floats(0.001, 1, allow_nan=False)


@given(st.lists(st.tuples(COSTS, st.floats(0, 1), st.booleans())), st.floats(0.01, 3))
def test_a_budget_is_never_passed(calls: list[tuple[float, float, bool]], budget: float) -> None:
    purse, in_flight = Purse(budget), []
    for worst, share, is_settled in calls:
        if purse.reserve(worst):
            in_flight.append((worst, worst * share))
        if is_settled and in_flight:
            purse.settle(*in_flight.pop())
    for worst, cost in in_flight:
        purse.settle(worst, cost)

    assert purse.spent <= budget + 1e-9


def test_without_a_budget_everything_is_allowed() -> None:
    assert Purse(None).reserve(10**9)


def test_a_call_that_may_be_billed_counts_at_its_worst() -> None:
    purse = Purse(1.0)
    purse.reserve(0.6)
    purse.settle_failure(0.6, CallFailed("LostReply", "x", may_be_billed=True))

    assert not purse.reserve(0.6)
    assert "$0.6000 is spent" in str(purse.refuse(0.6))


def test_an_unknown_cost_is_never_nothing() -> None:
    purse, receipt = Purse(None), Receipt()
    purse.settle(None, None)
    receipt.add(Completion("", 1, 1, "end_turn", 1, "m", cost_usd=None), Verdict())

    assert "cost      unknown; per 1,000 accepted records unknown" in receipt.describe(purse)
    assert describe_money(0.0, purse.is_known, 1, 1, 1.0).startswith("cost unknown")


def test_the_live_line_says_spent_expected_remaining_and_rate() -> None:
    assert describe_money(0.1, True, 100, 300, 50.0) == (
        "spent $0.1000 of about $0.4000, 2.0 records/s, 2 min left, 100 landed, 300 to go"
    )
    assert "100.0 records/s, 30 s left" in describe_money(0.1, True, 1000, 3000, 10.0)
    assert "? left" in describe_money(0.0, True, 0, 300, 1.0)


def test_retries_and_failures_are_counted() -> None:
    receipt, failure = Receipt(), CallFailed("LostReply", "x")
    failure.tries = 3
    receipt.add(Completion("", 10, 20, "end_turn", 5, "m", tries=2), Verdict([], [Rejected(1, "n=4 answers")]))
    receipt.add_failure(failure)

    assert receipt.describe(Purse(None))[0] == "calls     2 (1 failed), 3 retries"


@pytest.mark.parametrize(
    ("reason", "short"),
    [
        ("full_name: a name has two to five words, 'Ann' has 1", "full_name: a name has two to five words, … has …"),
        ("subject: unknown slot {cats}", "subject: unknown slot …"),
    ],
)
def test_reasons_are_counted_without_what_only_one_record_had(reason: str, short: str) -> None:
    assert shorten_reason(reason) == short
