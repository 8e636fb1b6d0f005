"""What is asked again rides with what is fresh."""

from __future__ import annotations

from pathlib import Path

import pytest
from stubs import StubProvider, write_member

from extract.landing.reply_log import Sent
from extract.landing.store import EntityLanding
from extract.planning.plan import Plan, PlanContext
from extract.planning.seeds import Seeds
from extract.providers.base import BatchRequest, Completion
from extract.pull.backlog import Backlog
from extract.pull.jobs import Job

COMPLETION = Completion("[]", 1, 1, "end_turn", 1, "stub-1")
SENT = Sent("stub", "stub-1", "2026-03-01T00:00:00Z")


def open_backlog(raw_dir: Path, seeds: Seeds, output_limit: int | None) -> Backlog:
    provider = StubProvider(write_member)
    provider.output_limit = output_limit  # type: ignore[assignment]
    landing = EntityLanding(raw_dir, "users")
    landing.replies_path.parent.mkdir(parents=True)
    plan = Plan("users", 30, PlanContext(seeds, 42))
    return Backlog(Job("users", 30, 42, 10, landing, plan, range(1, 31)), provider, 0)


def take(backlog: Backlog) -> list[int]:
    request = backlog.take()
    return [item.position for item in request.items] if request else []


def answer_but_for(backlog: Backlog, request: BatchRequest | None, missed: int) -> None:
    """Note a reply that lacked the last records."""
    assert request
    backlog.landing.append_reply(request, COMPLETION, SENT)
    backlog.in_flight -= 1
    backlog.put_back(request.items[-missed:])


@pytest.mark.parametrize(
    ("output_limit", "batches"),
    [(4096, [[9, 10, *range(11, 19)], [*range(19, 29)], [29, 30]]), (None, [[*range(11, 21)], [*range(21, 31)], []])],
    ids=["model", "bundled"],
)
def test_what_a_model_missed_once_is_asked_with_the_next_fresh_batch(
    output_limit: int | None, batches: list[list[int]], tmp_path: Path, seeds: Seeds
) -> None:
    backlog = open_backlog(tmp_path, seeds, output_limit)

    answer_but_for(backlog, backlog.take(), 2)

    assert [take(backlog) for _ in batches] == batches


def test_what_was_missed_twice_waits(tmp_path: Path, seeds: Seeds) -> None:
    backlog = open_backlog(tmp_path, seeds, 4096)
    answer_but_for(backlog, backlog.take(), 2)
    second = backlog.take()
    assert second and second.attempt == 2 and second.reply_id == "users-00009-00018-a2"
    backlog.landing.append_reply(second, COMPLETION, SENT)

    backlog.put_back(second.items[:1])

    assert take(backlog) == [*range(19, 29)]
