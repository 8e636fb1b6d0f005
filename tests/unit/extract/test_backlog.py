"""What is asked again rides with what is fresh."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.entities import get_entity
from extract.errors import CallTooLarge
from extract.landing.reply_log import CallContext
from extract.landing.store import EntityLanding
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanContext
from extract.planning.seeds import Seeds
from extract.pull.backlog import Backlog
from extract.pull.jobs import Job
from extract.replies.completion import Completion
from extract.replies.validate import ValidationResult
from extract.settings import Settings
from tests.unit.extract.stubs import StubProvider, write_member

COMPLETION = Completion(
    text="[]", input_tokens=1, output_tokens=1, stop_reason="end_turn", latency_ms=1, model="stub-1"
)
SENT = CallContext("stub", "stub-1", "2026-03-01T00:00:00Z")


def open_backlog(raw_dir: Path, seeds: Seeds, output_limit: int | None) -> Backlog:
    provider = StubProvider(write_member)
    provider.output_limit = output_limit  # type: ignore[assignment]
    landing = EntityLanding(raw_dir, "users")
    landing.replies_path.parent.mkdir(parents=True)
    plan = get_entity("users").plan(30, PlanContext(seeds=seeds, seed=42))
    job = Job(entity="users", size=30, seed=42, batch_size=10, landing=landing, plan=plan, missing=range(1, 31))
    return Backlog(job, provider, Settings())


def take(backlog: Backlog) -> list[int]:
    request = backlog.take(is_alone=False)
    return [item.position for item in request.items] if request else []


def answer_but_for(backlog: Backlog, request: BatchRequest | None, missed: int) -> None:
    """Note a reply that lacked the last records."""
    assert request
    backlog.landing.append_reply(request, COMPLETION, SENT)
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

    answer_but_for(backlog, backlog.take(is_alone=True), 2)

    assert [take(backlog) for _ in batches] == batches


def test_what_was_missed_twice_waits(tmp_path: Path, seeds: Seeds) -> None:
    backlog = open_backlog(tmp_path, seeds, 4096)
    answer_but_for(backlog, backlog.take(is_alone=True), 2)
    second = backlog.take(is_alone=True)
    assert second and second.attempt == 2 and second.reply_id == "users-00009-00018-a2"
    backlog.landing.append_reply(second, COMPLETION, SENT)

    backlog.put_back(second.items[:1])

    assert take(backlog) == [*range(19, 29)]


def note(backlog: Backlog, request: BatchRequest, text: str, tokens: int, stop_reason: str = "max_tokens") -> None:
    """Note a reply as a pull does."""
    reply = backlog.landing.append_reply(request, replace(COMPLETION, text=text, output_tokens=tokens), SENT)
    backlog.note(request, replace(reply, stop_reason=stop_reason), ValidationResult())
    backlog.put_back(request.items)


def test_calls_that_were_in_flight_together_fail_as_one(tmp_path: Path, seeds: Seeds) -> None:
    backlog = open_backlog(tmp_path, seeds, 4096)
    first = [request for _ in range(3) if (request := backlog.take(is_alone=False))]

    for request in first:
        note(backlog, request, "<think>hm", request.max_tokens)

    assert (len(first), backlog.empty_replies) == (3, 1)


def test_as_long_as_nobody_knows_what_fits_one_call_tries(tmp_path: Path, seeds: Seeds) -> None:
    backlog = open_backlog(tmp_path, seeds, 4096)
    request = backlog.take(is_alone=True)
    assert request
    note(backlog, request, "<think>hm", request.max_tokens)

    trial = backlog.take(is_alone=True)
    assert trial and trial.max_tokens == 4096 and backlog.take(is_alone=False) is None
    note(backlog, trial, '<think>hm</think>[{"n": 1}', 500)

    assert backlog.take(is_alone=True) and backlog.take(is_alone=False)


def test_calls_that_took_too_long_together_fail_as_one(tmp_path: Path, seeds: Seeds) -> None:
    backlog = open_backlog(tmp_path, seeds, 4096)
    first = [request for _ in range(3) if (request := backlog.take(is_alone=False))]

    for request in first:
        backlog.note_failure(request, CallTooLarge("ReadTimeout", "too long"))

    assert backlog.empty_replies == 1
