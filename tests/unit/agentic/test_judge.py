"""Each check finds what it is for and says what was expected; intervals are as wide as they have to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agentic.differences import Difference
from agentic.intervals import estimate_all_passed, find_interval
from agentic.judge import Verdict, judge
from agentic.state import Call
from agentic.tasks import Customer, Task

CANCELLED = Difference(
    table="eventhub.reservations", kind="changed", key="r_00001", values='{"status": ["confirmed", "cancelled"]}'
)
RESOLVED = Difference(
    table="udahub.ticket_metadata", kind="changed", key="t_00001", values='{"status": ["open", "resolved"]}'
)
TITLES = {"kb_00001": "How refunds work", "kb_00002": "Parking near our venues"}
TASK = Task(
    task_id="t_00001",
    status="open",
    category="refund",
    scenario="refund_far",
    kind="single",
    difficulty="easy",
    split="test",
    solutions=(),
    facts={"refund_due": "42.00"},
    articles={"kb_00001": "How refunds work"},
    forbidden_actions=("delete_account",),
    escalation_reasons=(),
    customer=Customer("A", "b", {}),
)
REPLY = "You get $42.00 back."


def check(
    task: Task = TASK,
    found: tuple[Difference, ...] = (CANCELLED, RESOLVED),
    calls: tuple[Call, ...] = (),
    replies: tuple[str, ...] = (REPLY,),
) -> Verdict:
    return judge(task, [[CANCELLED, RESOLVED]], sorted(found), calls, replies, TITLES)


def reply_with(*article_ids: str) -> Call:
    return Call(
        tool="reply", arguments={"text": REPLY, "article_ids": list(article_ids)}, result={}, error=None, is_write=True
    )


def escalate(reasons: str) -> Call:
    return Call(
        tool="escalate_ticket", arguments={"reasons": [reasons]}, result={"reasons": reasons}, error=None, is_write=True
    )


def test_a_right_run_passes() -> None:
    assert check().passed and check().explain() == ""


def test_rows_are_compared_and_shown_side_by_side() -> None:
    other = replace(CANCELLED, key="r_00002")
    verdict = check(found=(other, RESOLVED))
    assert verdict.failed_checks == ("end_state",)
    assert [line.split()[0] for line in verdict.explain().splitlines()[1:]] == ["expected", "found"]
    assert "r_00001" in verdict.explain() and "r_00002" in verdict.explain() and "t_00001" not in verdict.explain()


def test_a_row_twice_is_not_a_row_once() -> None:
    assert check(found=(CANCELLED, CANCELLED, RESOLVED)).failed_checks == ("end_state",)


def test_the_nearest_of_the_allowed_ends_is_shown() -> None:
    verdict = judge(TASK, [[RESOLVED], [CANCELLED, RESOLVED]], [CANCELLED], (), (REPLY,), TITLES)
    assert verdict.explain() == f"end state:\n  expected  {RESOLVED}\n  found     nothing"
    assert judge(TASK, [[], [CANCELLED]], [], (), (REPLY,), TITLES).passed


def test_no_end_that_can_be_reached_is_a_fault_of_the_data() -> None:
    assert "the data are at fault" in judge(TASK, [], [], (), (REPLY,), TITLES).explain()


@pytest.mark.parametrize(("replies", "is_told"), [((), False), (("Done.",), False), (("Well.", REPLY), True)])
def test_facts_are_told_in_any_reply(replies: tuple[str, ...], is_told: bool) -> None:
    assert ("told" not in check(replies=replies).failed_checks) == is_told


def test_somebody_is_answered_also_where_there_is_no_fact() -> None:
    task = replace(TASK, facts={}, articles={})
    assert check(task, replies=()).failed_checks == ("told",)
    assert check(task, replies=("Thank you!",)).passed


def test_a_long_reply_is_cut_where_it_is_shown() -> None:
    assert len(check(replies=("word\n" * 500,)).explain()) < 400


@pytest.mark.parametrize(
    ("text", "article_ids", "has_facts", "is_right"),
    [
        (REPLY, (), True, True),
        (REPLY, (), False, False),
        (REPLY, ("kb_00001",), False, True),
        (f'{REPLY} See "How refunds work".', (), False, True),
        (f"{REPLY} See KB_00001, kb_00001.", (), False, True),
        (REPLY, ("kb_00002",), True, False),
        (f"{REPLY} More under Parking near our venues.", (), True, False),
        (f"{REPLY} More under Parking near our venues.", ("kb_00001",), True, True),
    ],
)
def test_the_article_that_is_named_is_one_that_answers(
    text: str, article_ids: tuple[str, ...], has_facts: bool, is_right: bool
) -> None:
    task = TASK if has_facts else replace(TASK, facts={})
    verdict = check(task, calls=(reply_with(*article_ids),), replies=(text,))
    assert verdict.find_check("source").passed == is_right
    assert verdict.passed == (is_right or has_facts)


def test_what_is_forbidden_may_not_even_be_tried() -> None:
    tried = Call(tool="delete_account", arguments={"user_id": "u_00001"}, result=None, error="refused", is_write=True)
    verdict = check(calls=(tried,))
    assert verdict.failed_checks == ("forbidden",) and "delete_account" in verdict.explain()


@pytest.mark.parametrize(
    ("reasons", "calls", "is_right"),
    [
        ((), (), True),
        ((), (escalate("critical_urgency"),), False),
        (("critical_urgency",), (), False),
        (("critical_urgency",), (escalate("critical_urgency"),), True),
        (("critical_urgency", "repeated_failures"), (escalate("repeated_failures"),), True),
        (("critical_urgency",), (escalate("repeated_failures"),), False),
        (("critical_urgency",), (escalate("critical_urgency, repeated_failures"),), False),
    ],
)
def test_a_handover_is_right_for_reasons_that_hold(
    reasons: tuple[str, ...], calls: tuple[Call, ...], is_right: bool
) -> None:
    verdict = check(replace(TASK, escalation_reasons=reasons), calls=calls)
    assert ("escalation" not in verdict.failed_checks) == is_right


def test_independent_tasks_get_wilsons_interval() -> None:
    low, high = find_interval((str(number), float(number < 40)) for number in range(50))
    assert (low, high) == pytest.approx((0.670, 0.888), abs=0.003)


def test_tasks_of_one_scenario_that_fare_alike_count_for_fewer() -> None:
    alone = find_interval((str(number), float(number < 25)) for number in range(50))
    alike = find_interval(
        (str(number // 10), float(number // 10 < 3 and number != 29 or number == 30)) for number in range(50)
    )
    assert alike[1] - alike[0] > 1.5 * (alone[1] - alone[0])


@pytest.mark.parametrize("scores", [[], [("a", 1.0)], [("a", 0.0)] * 9, [("a", 1.0), ("b", 1.0)], [("a", 0.5)] * 4])
def test_an_interval_is_within_its_bounds(scores: list[tuple[str, float]]) -> None:
    low, high = find_interval(scores)
    assert 0 <= low < high <= 1


def test_pass_k_is_the_chance_that_all_of_k_runs_pass() -> None:
    assert [estimate_all_passed(passed, 4, 2) for passed in (0, 1, 2, 4)] == [0, 0, 1 / 6, 1]
    assert estimate_all_passed(3, 4, 1) == 0.75
