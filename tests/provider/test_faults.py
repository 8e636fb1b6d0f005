"""What a service does on a bad day: throttling, errors, slow, cut and bent replies."""

from __future__ import annotations

import json
import time
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from extract.replies.parse import parse_candidates
from tests.provider.conftest import Extract, Read
from tests.provider.malformed import READABLE, UNUSABLE
from tests.provider.server import BedrockServer

pytestmark = pytest.mark.early


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.mark.parametrize("shape", READABLE)
@pytest.mark.parametrize("entity", ["users", "kb_articles", "tickets"])
def test_bent_replies_are_read_where_the_meaning_is_certain(shape: str, entity: str) -> None:
    answers = [{"n": n, "title": f"It's {n}", "tags": ["a", 'b "c"'], "text": "{slot}\n\nmore"} for n in (1, 2, 3)]
    read = parse_candidates(READABLE[shape](answers))

    assert [{key: answer[key] for key in answers[0]} for answer in read] == answers


@pytest.mark.parametrize("shape", READABLE)
def test_a_bent_reply_lands_whole(shape: str, server: BedrockServer, extract: Extract) -> None:
    writer = server.writer.write
    server.write = lambda prompt: READABLE[shape](writer(prompt))  # type: ignore[method-assign]

    ran = extract("tickets", "--count", "tickets=25", "--model", "nova-micro")

    assert ran.code == 0, ran.err
    assert len(server.calls) == 1


@pytest.mark.parametrize("shape", UNUSABLE)
def test_what_cannot_be_used_is_refused_with_a_reason_and_asked_again(
    shape: str, server: BedrockServer, extract: Extract, raw_dir: Path
) -> None:
    write, replies = server.writer.write, []

    def spoil_once(prompt: str) -> str:
        replies.append(write(prompt))
        return UNUSABLE[shape](replies[0]) if len(replies) == 1 else json.dumps(replies[-1])

    server.write = spoil_once  # type: ignore[method-assign]

    ran = extract("tickets", "--count", "tickets=25", "--model", "nova-micro")

    rejects = read_lines(raw_dir / "rejects" / "tickets.jsonl")
    assert ran.code == 0, ran.err
    assert len(server.calls) >= 2
    assert rejects and all(line["reason"] and line["reply_id"] for line in rejects)
    assert len({line["position"] for line in read_lines(raw_dir / "records" / "tickets.jsonl")}) == 25


def test_a_reply_cut_at_the_limit_keeps_whole_records_and_asks_the_rest_in_smaller_batches(
    server: BedrockServer, extract: Extract, read: Read
) -> None:
    write = server.writer.write

    def write_at_length(prompt: str) -> str:
        answers = write(prompt)
        return json.dumps([{**answer, "remark": "x" * 1500} for answer in answers])

    server.write = write_at_length  # type: ignore[method-assign]

    ran = extract("users", "--count", "users=50", "--model", "llama3-8b", "--concurrency", "1")

    calls = read("calls").sort("requested_at")
    assert ran.code == 0, ran.err
    assert calls["stop_reason"][0] == "max_tokens"
    assert 0 < calls["accepted"][0] < calls["positions"].list.len()[0]
    assert calls["stop_reason"].to_list().count("max_tokens") <= 2
    assert read("users")["full_name"].n_unique() == 50


def test_batches_fit_the_output_limit_from_the_first_call(
    server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_MAX_TOKENS", "600")
    assert extract("kb_articles", "--count", "kb_articles=10", "--model", "llama3-8b").code == 0

    asked = [call.body["inferenceConfig"]["maxTokens"] for call in server.calls]
    assert max(asked) <= 600 and len(asked) > 2


def test_tokens_are_reserved_for_the_batch_and_not_for_the_model(server: BedrockServer, extract: Extract) -> None:
    assert extract("venues", "--count", "venues=10", "--model", "nova-micro").code == 0

    assert [call.body["inferenceConfig"]["maxTokens"] for call in server.calls] < [800]


@pytest.mark.parametrize("reason", ["content_filtered", "guardrail_intervened", "something_new"])
def test_an_unknown_end_is_no_success(
    reason: str, server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_MAX_ATTEMPTS", "2")
    server.behaviour.stop_reason = reason

    ran = extract("users", "--count", "users=10", "--model", "nova-micro")

    assert ran.code == 1
    assert "10 records are still missing after 2 attempts" in ran.err
    assert f"most often: the reply ended for another reason: {reason}" in ran.err


def test_a_model_that_takes_too_long_is_asked_for_less(server: BedrockServer, extract: Extract, read: Read) -> None:
    timeout = (408, "ModelTimeoutException", "Model has timed out in processing the request.")
    server.behaviour.first = [timeout]

    ran = extract("users", "--count", "users=50", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert read("calls").sort("requested_at")["positions"].list.len().to_list() == [50, 25, 25]
    assert "failed: ModelTimeoutException" in read("calls")["stop_reason"].to_list()


def test_a_reply_that_does_not_come_in_time_is_asked_for_in_a_smaller_batch(
    server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    monkeypatch.setenv("EVENTHUB_READ_TIMEOUT_SECONDS", "0.3")
    write = server.write

    def dawdle(prompt: str) -> str:
        time.sleep(0.6 if "50. " in prompt else 0)
        return write(prompt)

    server.write = dawdle  # type: ignore[method-assign]

    ran = extract("users", "--count", "users=50", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert "failed: ReadTimeout" in read("calls")["stop_reason"].to_list()
    assert "for calls that broke off" in ran.out


def test_cut_connections_lose_nothing(server: BedrockServer, extract: Extract, read: Read) -> None:
    draws = cycle([False, False, True])
    server.draws_cut = lambda: next(draws)  # type: ignore[method-assign]

    ran = extract("users", "--count", "users=500", "--model", "nova-micro")

    assert ran.code == 0, ran.err
    assert read("users")["position"].to_list() == list(range(1, 501))
    assert any(reason.startswith("failed: ") for reason in read("calls")["stop_reason"])


@pytest.mark.parametrize("fault", ["throttle", "error"])
def test_what_is_refused_for_now_is_sent_again(fault: str, server: BedrockServer, extract: Extract, read: Read) -> None:
    setattr(server.behaviour, fault, 0.3)

    ran = extract("users", "--count", "users=1000", "--model", "nova-micro")

    assert ran.code == 0, ran.err
    assert read("users").height == 1000
    assert read("calls")["tries"].sum() == len(server.calls)
    assert f"{len(server.calls) - 20:,} retries" in ran.out


def test_an_outage_is_outlived(server: BedrockServer, extract: Extract, read: Read) -> None:
    server.behaviour.first = [None, None]
    server.behaviour.outage_until = time.monotonic() + 2

    ran = extract("users", "--count", "users=300", "--model", "nova-micro")

    assert ran.code == 0, ran.err
    assert read("users").height == 300


def test_an_outage_that_does_not_end_ends_the_run(
    server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch, raw_dir: Path
) -> None:
    monkeypatch.setenv("EVENTHUB_OUTAGE_SECONDS", "1")
    server.behaviour.first = [None]
    server.behaviour.outage_until = time.monotonic() + 60

    ran = extract("users", "--count", "users=300", "--model", "nova-micro")

    assert ran.code == 1
    assert "no call has succeeded for 1 s, last: ServiceUnavailableException" in ran.err
    assert len(read_lines(raw_dir / "records" / "users.jsonl")) == 50


def test_a_wait_that_the_service_asks_for_is_kept(server: BedrockServer, extract: Extract) -> None:
    server.behaviour.first = [(429, "ThrottlingException", "Too many requests")]
    server.behaviour.headers = {"Retry-After": "1"}
    started = time.monotonic()

    assert extract("venues", "--test", "--model", "nova-micro").code == 0
    assert time.monotonic() - started > 1


def test_calls_fly_across_entities_and_events_wait_for_venues(server: BedrockServer, extract: Extract) -> None:
    server.behaviour.latency = 0.05

    ran = extract("--volume", "portfolio", "--count", "users=400", "events=100", "tickets=100", "--model", "nova-micro")

    said = [str(call.body) for call in server.calls]
    first_event = next(i for i, text in enumerate(said) if "Invent events" in text)
    assert ran.code == 0, ran.err
    assert all("Invent venues" not in text for text in said[first_event:])
    for words in ("Invent members", "help articles", "say to its support"):
        # the first prompts of an entity take their time, so a few calls of others may pass them
        assert any(words in text for text in said[:16])


def test_a_run_makes_as_many_calls_at_once_as_it_was_told(server: BedrockServer, extract: Extract) -> None:
    server.behaviour.latency = 1.0

    assert extract("users", "--count", "users=1200", "--model", "nova-micro", "--concurrency", "16").code == 0

    assert server.most_in_flight == 16


def test_prompts_name_what_exists_of_the_same_kind(server: BedrockServer, extract: Extract) -> None:
    assert extract("venues", "--count", "venues=30", "--model", "nova-micro", "--concurrency", "1").code == 0

    said = [json.dumps(call.body) for call in server.calls]
    assert "These exist already" not in said[0]
    assert "These exist already" in said[2] and said[2].count("The ") < 60
