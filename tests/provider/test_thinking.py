"""Models that think before they answer, and the caps on how long a reply gets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.paths import CASES
from tests.provider import server as wire
from tests.provider.conftest import Extract, Read
from tests.provider.server import BedrockServer

# The server counts four characters a token.
THOUGHT = "hm, " * 3_000
MODES = ["tags", "prose", "hidden"]


@pytest.fixture
def think(server: BedrockServer, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the model think before each answer: `think("tags")`."""
    write, converse = server.writer.write, wire.write_converse

    def start(mode: str, thought: str = THOUGHT) -> None:
        def answer(prompt: str) -> str:
            with server.lock:
                answers = json.dumps(write(prompt))
            return f"{thought}{answers}" if mode == "prose" else f"<think>{thought}</think>{answers}"

        def hide(text: str, stop_reason: str, sent: int, said: int) -> object:
            return converse(text.partition("</think>")[2], stop_reason, sent, said)

        monkeypatch.setattr(server, "write", answer)
        if mode == "hidden":
            monkeypatch.setattr(wire, "write_converse", hide)

    return start


@pytest.mark.parametrize("mode", MODES)
def test_a_model_that_thinks_is_asked_for_as_many_records_as_its_thoughts_leave_room_for(
    mode: str, think: Callable[..., None], server: BedrockServer, extract: Extract, read: Read
) -> None:
    think(mode)

    ran = extract("users", "--count", "users=100", "--model", "nova-micro")

    assert ran.code == 0, ran.err
    assert read("users").height == 100
    assert len(server.calls) < 10


def test_calls_that_were_in_flight_together_do_not_end_an_entity(
    think: Callable[..., None], server: BedrockServer, extract: Extract
) -> None:
    think("tags")

    ran = extract("users", "--count", "users=1000", "--model", "nova-micro", "--concurrency", "16")

    assert ran.code == 0, ran.err
    assert len(server.calls) < 80


def test_what_was_learned_of_the_thoughts_holds_for_the_next_run(
    think: Callable[..., None], server: BedrockServer, extract: Extract
) -> None:
    think("tags")
    assert extract("users", "--count", "users=50", "--model", "nova-micro").code == 0
    calls = len(server.calls)

    ran = extract("users", "--count", "users=100", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert len(server.calls) - calls <= 3
    assert [call.body["inferenceConfig"]["maxTokens"] for call in server.calls[calls:]] > [4_000]


@pytest.mark.parametrize(
    ("model", "setting", "words"),
    [
        ("nova-micro", "", "Replies end at 4,096 tokens: raise EVENTHUB_MAX_TOKENS, or take another model."),
        ("nova-micro", "16000", "Replies end at 5,000 tokens: raise max_output_tokens of nova-micro in models.csv, or"),
        ("ministral-3-8b", "", "raise EVENTHUB_MAX_TOKENS and max_output_tokens of ministral-3-8b in models.csv, or"),
        (
            "acme.wonder-v1:0",
            "",
            "Replies end at 2,048 tokens: raise EVENTHUB_MAX_TOKENS (unset: 2,048 outside models.",
        ),
        ("acme.wonder-v1:0", "3000", "Replies end at 3,000 tokens: raise EVENTHUB_MAX_TOKENS, or take another model."),
    ],
)
def test_a_run_that_the_limit_ends_says_what_to_raise(
    model: str, setting: str, words: str, think: Callable[..., None], server: BedrockServer, extract: Extract,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("EVENTHUB_MAX_TOKENS", setting)
    think("tags", THOUGHT * 3)

    ran = extract("users", "--count", "users=1000", "--model", model)

    assert ran.code == 1
    assert "error: users: 1,000 records are still missing after 8 attempts" in ran.err
    assert re.search(
        r"most often: the reply was cut within its thought: max_tokens \([\d,]+ times\)[^.]*\. Replies end at", ran.err
    )
    assert words in ran.err and ran.err.splitlines()[-1].startswith("error: ")
    # Those that were in flight at first, and one at a time from then on.
    assert len(server.calls) < 30


def test_a_limit_that_the_service_states_is_not_ours_to_raise(
    think: Callable[..., None], server: BedrockServer, extract: Extract
) -> None:
    server.behaviour.first = [(400, "ValidationException", "The maximum tokens exceeds the model limit of 900.")]
    think("tags")

    ran = extract("users", "--count", "users=20", "--model", "nova-micro", "--concurrency", "1")

    assert "Replies end at 900 tokens, more than which the service does not allow: take another model." in ran.err


def test_the_setting_counts_for_a_model_that_nobody_knows(
    think: Callable[..., None], server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_MAX_TOKENS", "16000")
    think("tags")

    ran = extract("users", "--count", "users=100", "--model", "acme.wonder-v1:0")

    assert (ran.code, ran.err) == (0, "")
    asked = [call.body["inferenceConfig"]["maxTokens"] for call in server.calls]
    assert 4_096 < max(asked) <= 16_000 and len(asked) < 10


@pytest.mark.parametrize("more", [["--dry-run"], []])
def test_a_line_says_which_cap_holds_where_more_was_asked_for(
    more: list[str], server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_MAX_TOKENS", "16000")

    ran = extract("venues", "--test", "--model", "nova-micro", *more)

    words = "EVENTHUB_MAX_TOKENS=16000 is more than nova-micro gets: 5,000 tokens a reply, by max_output_tokens of"
    assert ran.code == 0
    assert words in ran.err + ran.out
    assert "EVENTHUB_MAX_TOKENS" not in extract("venues", "--test", "--dry-run").out


def test_no_draft_of_a_thought_lands(server: BedrockServer, extract: Extract, read: Read) -> None:
    server.behaviour.replies = [(CASES / "reply_think_draft.txt").read_text(encoding="utf-8")]

    ran = extract("users", "--count", "users=2", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert read("users")["full_name"].to_list() == ["Mira Okafor", "Dan Ruiz"]


def test_the_example_before_the_records_is_none(server: BedrockServer, extract: Extract, read: Read) -> None:
    server.behaviour.replies = [(CASES / "reply_leading_example.txt").read_text(encoding="utf-8")]

    assert extract("users", "--count", "users=2", "--model", "nova-micro", "--concurrency", "1").code == 0

    assert read("users")["full_name"].to_list() == ["Mira Okafor", "Dan Ruiz"]


def test_a_batch_numbered_from_0_lands_whole_or_is_asked_again(
    server: BedrockServer, extract: Extract, read: Read
) -> None:
    case = (CASES / "reply_zero_based.json").read_text(encoding="utf-8")
    server.behaviour.replies = [json.dumps(json.loads(case)[:2]), case]

    ran = extract("users", "--count", "users=3", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert read("users")["full_name"].to_list() == ["Mira Okafor", "Dan Ruiz", "Wei Chen"]
    assert "rejected       3  numbers from … to … for items … to …: which record answers which item" in ran.out
