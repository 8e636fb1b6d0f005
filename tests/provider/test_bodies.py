"""What stands in the place of a reply's text, in the bodies of every family; and what is counted of it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from extract.errors import CallFailed
from extract.landing.store import EntityLanding
from extract.planning.seeds import Model
from extract.prompts.build import Prompt
from extract.providers.bedrock.capabilities import Capabilities
from extract.providers.bedrock.client import get_bedrock_client
from extract.providers.bedrock.converse import Answer, Sampling
from extract.providers.bedrock.families import FAMILIES
from extract.providers.bedrock.invoke import ask
from extract.providers.bedrock.native import read_body
from extract.settings import Settings
from tests.paths import CASES
from tests.provider.conftest import Extract, Read
from tests.provider.server import BedrockServer
from tests.provider.wire import write_converse, write_native

IMPORTED = "arn:aws:bedrock:us-east-1:123456789012:imported-model/abc123def456"
WAYS = ["converse", *FAMILIES]
# Where the text stands.
PLACES: dict[str, tuple[str | int, ...]] = {
    "converse": ("output", "message", "content"),
    "mistral": ("outputs", 0, "text"),
    "anthropic": ("content",),
    "llama": ("generation",),
    "titan": ("results", 0, "outputText"),
    "nova": ("output", "message", "content"),
    "cohere": ("text",),
    "chat": ("choices", 0, "message", "content"),
}
Body = dict[str, Any]


def write_body(way: str, content: object) -> Body:
    """Write a whole reply with anything in the place of its text."""
    body: Any = write_converse("", "end_turn", 5, 6) if way == "converse" else write_native(way, "", False, 5, 6)
    part: Any = body
    for step in PLACES[way][:-1]:
        part = part[step]
    part[PLACES[way][-1]] = content
    return copy.deepcopy(body)


def read_answer(way: str, body: Body, server: BedrockServer) -> Answer:
    if way != "converse":
        return read_body(way, json.dumps(body).encode(), {})
    model = Model(
        alias="", model_id="acme.x-v1", family="chat", max_output_tokens=9, context_tokens=9, takes_system=False
    )
    server.behaviour.body = body
    return ask(get_bedrock_client(Settings()), Capabilities(model), Prompt("", "full_name: x"), Sampling(9, 0.5, 0.5))


READ: dict[str, tuple[object, str]] = {
    "null": (None, ""),
    "text": ("[1]", "[1]"),
    "empty list": ([], ""),
    "parts": ([{"text": "[1"}, {"text": ", 2]"}], "[1, 2]"),
    "typed parts": ([{"type": "text", "text": "a"}, {"type": "output_text", "text": "b"}], "ab"),
    "a null part": ([None, {"text": None}, {"text": "a"}], "a"),
    "texts": (["a", "b"], "ab"),
    "a thought first": ([{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "a"}], "a"),
    "a thought with a text": ([{"type": "reasoning", "text": "hm"}, {"type": "text", "text": "a"}], "a"),
    "parts without text": ([{"type": "tool_use", "name": "x", "input": {}}, {"image": {}}], ""),
}
UNREADABLE: dict[str, tuple[object, str]] = {
    "a number": (7, "a number"),
    "a truth": (True, "true or false"),
    "an object": ({"text": "a"}, "an object"),
    "a number in a part": ([{"text": 7}], "a number"),
    "a list in a part": ([{"text": ["a"]}], "a list"),
    "a number in the list": ([7], "a number"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("content", "text"), READ.values(), ids=READ)
def test_null_is_an_empty_text_and_parts_are_joined(
    way: str, content: object, text: str, server: BedrockServer
) -> None:
    answer = read_answer(way, write_body(way, content), server)

    assert (answer.text, answer.stop_reason) == (text, "end_turn")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("content", "kind"), UNREADABLE.values(), ids=UNREADABLE)
def test_anything_else_is_a_failed_call(way: str, content: object, kind: str, server: BedrockServer) -> None:
    with pytest.raises(CallFailed, match=f"the reply holds {kind} in the place of its text") as caught:
        read_answer(way, write_body(way, content), server)

    assert caught.value.may_be_billed


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("body", [None, [], [1], "x", 7, {}, {"output": None}, {"choices": []}, {"usage": [1]}])
def test_a_body_of_another_shape_is_a_failed_call(way: str, body: Any, server: BedrockServer) -> None:
    if way == "converse" and body is None:
        pytest.skip("the server takes None for its own reply")
    with pytest.raises(CallFailed):
        read_answer(way, body, server)


@pytest.mark.parametrize("way", ["converse", "anthropic", "nova", "chat"])
@pytest.mark.parametrize(
    "usage", [None, [1], "many", {}, {"inputTokens": "x", "input_tokens": -1, "prompt_tokens": []}]
)
def test_a_reply_without_counts_is_read_all_the_same(way: str, usage: object, server: BedrockServer) -> None:
    answer = read_answer(way, {**write_body(way, [{"text": "a"}]), "usage": usage}, server)

    assert (answer.text, answer.input_tokens) == ("a", None)


CACHED = {
    "converse": {"inputTokens": 10, "cacheReadInputTokens": 400, "cacheWriteInputTokens": 90, "outputTokens": 6},
    "nova": {"inputTokens": 10, "cacheReadInputTokenCount": 400, "cacheWriteInputTokenCount": 90, "outputTokens": 6},
    "anthropic": {
        "input_tokens": 10, "cache_read_input_tokens": 400, "cache_creation_input_tokens": 90, "output_tokens": 6
    },
    "chat": {"prompt_tokens": 500, "prompt_tokens_details": {"cached_tokens": 400}, "completion_tokens": 6},
}  # fmt: skip


@pytest.mark.parametrize("way", CACHED)
def test_what_a_cache_gave_or_took_is_input(way: str, server: BedrockServer) -> None:
    answer = read_answer(way, {**write_body(way, [{"text": "a"}]), "usage": CACHED[way]}, server)

    assert (answer.input_tokens, answer.output_tokens) == (500, 6)


def test_the_headers_of_a_cache_are_added_where_the_body_counts_nothing() -> None:
    names = {"input": "10", "cache-read-input": "400", "cache-write-input": "90", "output": "6"}
    headers = {f"x-amzn-bedrock-{name}-token-count": count for name, count in names.items()}

    answer = read_body("mistral", json.dumps(write_body("mistral", "a")).encode(), headers)

    assert (answer.input_tokens, answer.output_tokens) == (500, 6)


def test_costs_follow_what_was_sent_in_all(server: BedrockServer, extract: Extract, read: Read) -> None:
    users = [{"n": 1, "full_name": "Mira Okafor"}]
    server.behaviour.body = {**write_body("converse", [{"text": json.dumps(users)}]), "usage": CACHED["converse"]}

    assert extract("users", "--count", "users=1", "--model", "mistral-7b").code == 0

    call = read("calls").row(0, named=True)
    assert call["input_tokens"] == 500
    assert call["cost_usd"] == pytest.approx((500 * 0.15 + 6 * 0.20) / 1e6)


@pytest.mark.parametrize("content", [None, 7, {"a": 1}, [[]]])
def test_a_reply_without_a_text_is_one_line_and_blocks_no_later_run(
    content: object, server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch, raw_dir: Path
) -> None:
    monkeypatch.setenv("EVENTHUB_MAX_ATTEMPTS", "2")
    body = json.loads((CASES / "body_chat_content_null.json").read_text(encoding="utf-8"))
    body["choices"][0]["message"]["content"] = content
    command = ("users", "--count", "users=5", "--model", IMPORTED, "--family", "chat")
    server.behaviour.converse, server.behaviour.family, server.behaviour.body = False, "chat", body

    ran = extract(*command)

    assert ran.code == 1
    assert ran.err.startswith("error: users: 5 records are still missing") and ran.err.count("\n") == 1
    server.behaviour.body = None
    assert extract(*command).code == 0
    assert extract("users", "--reparse").code == 0
    assert len(EntityLanding(raw_dir, "users").records) == 5


def test_reasoning_that_stands_before_the_text_is_left_out(server: BedrockServer) -> None:
    body = json.loads((CASES / "body_converse_reasoning_first.json").read_text(encoding="utf-8"))

    answer = read_answer("converse", body, server)

    assert json.loads(answer.text)["action"] == "answer"
    assert (answer.input_tokens, answer.output_tokens) == (500, 40)
