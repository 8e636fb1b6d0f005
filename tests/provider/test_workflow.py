"""The reference workflow through the real client of Bedrock: tools over the wire, throttling, errors in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agentic.chat_models import find_most_tokens, find_provider
from agentic.commands.parser import main
from agentic.environment import Environment
from agentic.errors import ServiceError
from agentic.tasks import Task
from tests.provider.server import BedrockServer

NOVA = "us.amazon.nova-lite-v1:0"


@pytest.fixture
def task(built: Path) -> Task:
    environment = Environment(built)
    environment.close()
    return next(one for one in environment.tasks.values() if len(one.solutions[0]) > 2)


def write_body(text: str, *calls: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Write what Converse answers, with a cache that was read."""
    called = [
        {"toolUse": {"toolUseId": f"t{number}", "name": name, "input": arguments}}
        for number, (name, arguments) in enumerate(calls)
    ]
    return {
        "output": {"message": {"role": "assistant", "content": [*([{"text": text}] if text else []), *called]}},
        "stopReason": "tool_use" if calls else "end_turn",
        "usage": {"inputTokens": 60, "outputTokens": 10, "totalTokens": 110, "cacheReadInputTokens": 40},
        "metrics": {"latencyMs": 1},
    }


def write_turn(task: Task) -> list[dict[str, Any]]:
    calls = [(call.tool, dict(call.arguments)) for call in task.solutions[0]]
    said = json.dumps({"requests": ["What is in the ticket."], "reasons": []})
    return [write_body(f"Here it is: {said}"), write_body("", *calls), write_body("")]


def test_a_ticket_is_worked_over_the_wire(
    built: Path, task: Task, server: BedrockServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.behaviour.bodies = write_turn(task)
    server.behaviour.first = [None, (429, "ThrottlingException", "Too many requests, please wait.")]
    kept = tmp_path / "conversations.sqlite"
    assert main(["work", task.task_id, "--agent", "bedrock", "--model", NOVA, "--checkpoints", str(kept)], built) == 0
    printed = capsys.readouterr().out
    assert printed.rstrip().endswith("passed") and kept.stat().st_size > 0
    assert f"3 calls of {NOVA}, 300 tokens sent (120 of them from a cache), 30 received" in printed
    assert [call.status for call in server.calls] == [200, 429, 200, 200]
    last = server.calls[-1].body
    results = [block["toolResult"] for block in last["messages"][-1]["content"]]
    assert [result["toolUseId"] for result in results] == [f"t{number}" for number in range(len(results))]
    assert {result.get("status", "success") for result in results} == {"success"}
    assert {tool["toolSpec"]["name"] for tool in last["toolConfig"]["tools"]} >= {"reply", "escalate_ticket"}
    assert "cachePoint" in last["system"][-1] and "cachePoint" not in last["messages"][-1]["content"][-1]
    assert last["inferenceConfig"]["maxTokens"] == 2048


def test_a_model_plays_the_customer(
    built: Path, task: Task, server: BedrockServer, capsys: pytest.CaptureFixture[str]
) -> None:
    sorted_out, work, end = write_turn(task)
    ask = write_body("", ("reply", {"text": "Is there anything else?"}))
    server.behaviour.bodies = [sorted_out, ask, write_body("No, thanks."), work, write_body("###STOP###"), end]
    words = ["--agent", "bedrock", "--model", NOVA, "--customer", "model", "--customer-model", "nova-micro"]
    assert main(["work", task.task_id, *words], built) == 0
    out = capsys.readouterr().out
    assert "No, thanks." in out and f"  4 calls of {NOVA}, " in out and "  2 calls of amazon.nova-micro-v1:0, " in out
    assert [call.model for call in server.calls] == [
        NOVA,
        NOVA,
        "amazon.nova-micro-v1:0",
        NOVA,
        "amazon.nova-micro-v1:0",
        NOVA,
    ]


@pytest.mark.parametrize(
    ("refusal", "model", "says"),
    [
        ((403, "AccessDeniedException", "You have no access to\nit."), NOVA, "Enable the model in the Bedrock"),
        ((403, "ExpiredTokenException", "The token has expired."), NOVA, "Renew the AWS credentials"),
        ((400, "ValidationException", "The provided model identifier is invalid."), "acme.x-v1", "Name a model that"),
        (None, "mistral.mixtral-8x7b-instruct-v0:9", "The workflow needs a model that calls tools"),
        (None, "titan-lite", "titan-lite calls no tools"),
        (None, "", "No model is named. Name one: --model nova-lite, or EVENTHUB_MODEL."),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_said_in_one_line(
    built: Path,
    task: Task,
    server: BedrockServer,
    refusal: Any,
    model: str,
    says: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.behaviour.refusal = refusal
    server.behaviour.bodies = [write_body("{}")]
    assert main(["work", task.task_id, "--agent", "bedrock", "--model", model], built) == 1
    error = capsys.readouterr().err
    assert error.startswith("error: ") and says in error and error.count("\n") == 1


def test_without_keys_or_region_the_way_to_them_is_told(
    built: Path, task: Task, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, says in (("AWS_REGION", "Set AWS_REGION"), ("AWS_SECRET_ACCESS_KEY", "aws configure")):
        monkeypatch.delenv(name)
        assert main(["work", task.task_id, "--agent", "bedrock", "--model", "nova-lite"], built) == 1
        error = capsys.readouterr().err
        assert says in error and error.count("\n") == 1


def test_an_arn_tells_who_made_its_model() -> None:
    place = "arn:aws:bedrock:us-east-1:123456789012:"
    assert find_provider(f"{place}inference-profile/us.amazon.nova-lite-v1:0") == "amazon"
    assert find_provider(f"{place}application-inference-profile/abc123") == "unknown"
    assert find_provider("global.anthropic.claude-haiku-4-5-20251001-v1:0") == "anthropic"
    assert find_provider("us.deepseek.v3.2") == find_provider("deepseek.v3.2") == "deepseek"


@pytest.mark.parametrize(
    ("model_id", "stated", "limit"),
    [("acme.x", "", 2048), ("acme.x", "9000", 9000), ("amazon.nova-lite-v1:0", "", 4096),
     ("amazon.nova-lite-v1:0", "9000", 5000), ("meta.llama3-1-8b-instruct-v1:0", "", 2048)],
)  # fmt: skip
def test_a_reply_has_as_many_tokens_as_the_model_gives(model_id: str, stated: str, limit: int) -> None:
    assert find_most_tokens(model_id, {"EVENTHUB_MAX_TOKENS": stated}) == limit
    with pytest.raises(ServiceError, match="EVENTHUB_MAX_TOKENS is 'many'"):
        find_most_tokens(model_id, {"EVENTHUB_MAX_TOKENS": "many"})
