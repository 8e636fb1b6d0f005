"""An item that fails again and again is set aside; the others land, and the run says what is short and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.errors import IncompleteEntity
from extract.landing.check import check_landing
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.pull.batch_limit import BatchLimit
from extract.pull.pipeline import run
from extract.pull.request import PullRequest
from extract.replies.completion import Completion
from extract.settings import Settings
from tests.unit.extract.stubs import StubProvider, read_jsonl, write_member

Pull = Callable[..., StubProvider]
BAD = 7
SORRY = "I'm sorry, but I can't help with creating personal information. Let me know what else I can do."


def write_all_but_one(item: PlanItem, attempt: int) -> dict[str, Any]:
    return {"full_name": "Ann 7"} if item.position == BAD else write_member(item, attempt)


def leave_one_out(item: PlanItem, attempt: int) -> dict[str, Any] | None:
    return None if item.position == BAD else write_member(item, attempt)


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (write_all_but_one, "full_name: 'Ann 7' is not a name (4 times)"),
        (leave_one_out, "the reply holds no records (3 times); the reply holds no record for this item (once)"),
    ],
)
def test_an_item_that_fails_four_times_is_set_aside_and_all_others_land(
    write: Callable[[PlanItem, int], dict[str, Any] | None], reason: str, pull_users: Pull, raw_dir: Path
) -> None:
    with pytest.raises(IncompleteEntity) as caught:
        pull_users(120, write)

    landed = {line["position"] for line in read_jsonl(raw_dir / "records" / "users.jsonl")}
    assert landed == set(range(1, 121)) - {BAD}
    assert str(caught.value) == (
        f"users: 1 record is still missing after 4 attempts each (positions 7); most often: {reason}. "
        "What landed stays; run the command again to go on, or fill the rest from the bundled content: "
        "python extract/run.py users --model bundled"
    )
    assert caught.value.exit_code == 1
    asked = [line for line in read_jsonl(raw_dir / "replies" / "users.jsonl") if BAD in line["positions"]]
    assert len(asked) == 4


def test_how_often_an_item_may_fail_is_a_setting(pull_users: Pull, raw_dir: Path) -> None:
    with pytest.raises(IncompleteEntity, match="after 2 attempts each"):
        pull_users(60, write_all_but_one, item_attempts=2)

    assert sum(BAD in line["positions"] for line in read_jsonl(raw_dir / "replies" / "users.jsonl")) == 2


def test_the_next_run_asks_for_it_again_and_says_why_it_was_refused(pull_users: Pull) -> None:
    with pytest.raises(IncompleteEntity):
        pull_users(60, write_all_but_one)

    provider = pull_users(60)

    assert [[item.position for item in request.items] for request in provider.requests] == [[BAD]]
    assert provider.requests[0].reasons == {BAD: "full_name: 'Ann 7' is not a name"}


def test_a_second_request_says_why_the_first_was_refused(pull_users: Pull) -> None:
    def write_badly_at_first(item: PlanItem, attempt: int) -> dict[str, Any]:
        return write_all_but_one(item, attempt) if attempt == 1 else write_member(item, attempt)

    provider = pull_users(50, write_badly_at_first)

    assert [dict(request.reasons) for request in provider.requests] == [
        {},
        {BAD: "full_name: 'Ann 7' is not a name"},
    ]


def test_the_command_that_the_message_gives_fills_the_rest_from_the_bundled_content(
    pull_users: Pull, raw_dir: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(IncompleteEntity) as caught:
        pull_users(60, write_all_but_one)
    monkeypatch.undo()
    words = str(caught.value).rpartition("extract/run.py ")[2].split()
    assert words == ["users", "--model", "bundled"]

    run(PullRequest(entities=("users",)), settings.model_copy(update={"model": "bundled"}))

    lines = read_jsonl(raw_dir / "records" / "users.jsonl")
    assert sorted(line["position"] for line in lines) == list(range(1, 61))
    assert [line["position"] for line in lines if line["provider"] == "bundled"] == [BAD]
    assert (raw_dir / "users.parquet").exists()


class Sorry(StubProvider):
    """Says that it will not."""

    def complete(self, request: BatchRequest) -> Completion:
        return replace(super().complete(request), text=SORRY)


def test_the_message_shows_how_a_reply_without_a_record_begins(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, raw_dir: Path
) -> None:
    provider = Sorry(write_member)
    monkeypatch.setattr("extract.pull.pipeline.open_provider", lambda settings, seeds: provider)

    with pytest.raises(IncompleteEntity) as caught:
        run(PullRequest(entities=("users",), counts={"users": 100}), settings)

    shown = f"A reply without a record begins: {SORRY[:80]!r}."
    assert shown in str(caught.value) and "most often: the reply holds no records (" in str(caught.value)
    sizes = [len(request.items) for request in provider.requests]
    assert sizes == [50, 25, 12, 6, 3, 1, 1, 1]
    # dbt says the same, and what fills it.
    problem = check_landing(raw_dir)
    assert problem and shown in problem and "users: 100 records are still missing" in problem
    assert problem.endswith("python extract/run.py users --model bundled")


def test_a_reply_that_ends_within_a_record_is_followed_by_a_smaller_batch(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Breaks(StubProvider):
        def complete(self, request: BatchRequest) -> Completion:
            done = super().complete(request)
            keep = json.dumps(json.loads(done.text)[: 3 * len(request.items) // 5])[:-1] + ', {"n": 4, "full_na'
            return replace(done, text=keep) if len(self.requests) == 1 else done

    provider = Breaks(write_member)
    monkeypatch.setattr("extract.pull.pipeline.open_provider", lambda settings, seeds: provider)
    run(PullRequest(entities=("users",), counts={"users": 150}), settings)

    sizes = [len(request.items) for request in provider.requests]
    assert sizes == [50, 25, 50, 25, 20]


def test_batches_shrink_while_less_than_seven_in_ten_land_and_grow_back() -> None:
    limit = BatchLimit(25)
    sizes = []
    for landed in (25, 17, 8, 6, 5, 9, 24):
        limit.learn(limit.size, landed)
        sizes.append(limit.size)

    assert sizes == [25, 25, 12, 6, 12, 24, 25]


def test_a_first_reply_of_which_too_little_lands_makes_the_next_smaller() -> None:
    limit = BatchLimit(20)
    limit.learn(20, 13)

    assert limit.size == 10


def test_one_bad_reply_among_good_ones_makes_no_batch_smaller() -> None:
    limit = BatchLimit(20)
    for landed in (20, 20, 20, 0, 20, 20, 20, 0):
        limit.learn(20, landed)

    assert limit.size == 20


def test_what_could_not_be_written_in_time_is_never_asked_for_again() -> None:
    limit = BatchLimit(20)
    limit.lower(20)
    for _ in range(5):
        limit.learn(limit.size, limit.size)

    assert limit.size == 10


def test_what_is_left_over_says_nothing_of_how_many_are_too_many() -> None:
    limit = BatchLimit(50)

    assert (limit.learn(3, 0), limit.size) == (False, 50)
    assert (limit.learn(5, 3), limit.size) == (True, 2)
    assert (limit.learn(2, 0), limit.size) == (True, 1)
