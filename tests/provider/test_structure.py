"""How a model is held to the form of its answer: a tool, a JSON schema, or words alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.planning.seeds import Seeds
from extract.providers.catalog import find_model
from extract.settings import Settings
from tests.provider.conftest import Extract, Read
from tests.provider.server import BedrockServer

MODELS = Seeds(Settings().seeds_dir).models
WITH_TOOLS = [model.alias for model in MODELS if model.takes_tools]
WITH_SCHEMA = [model.alias for model in MODELS if model.takes_json_schema and not model.takes_tools]
IN_WORDS = [model.alias for model in MODELS if not (model.takes_tools or model.takes_json_schema)]
QWEN = "qwen.qwen3-32b-v1:0"
PROFILE = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456"


def read_texts(raw_dir: Path, entity: str) -> list[Any]:
    lines = (raw_dir / "replies" / f"{entity}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def list_parts(schema: Any) -> list[dict[str, Any]]:
    parts = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return [schema, *(found for part in parts for found in list_parts(part))]


@pytest.mark.parametrize("alias", WITH_TOOLS)
def test_a_model_with_tools_is_made_to_call_one(
    alias: str, server: BedrockServer, extract: Extract, raw_dir: Path, read: Read
) -> None:
    ran = extract("tickets", "--count", "tickets=5", "--model", alias)

    assert ran.code == 0, ran.err
    config = server.calls[0].body["toolConfig"]
    records = config["tools"][0]["toolSpec"]["inputSchema"]["json"]["properties"]["records"]
    wanted = [row["scenario"].replace("_", " ") for row in read("tickets").to_dicts()]
    assert config["toolChoice"] == {"any": {}}
    assert (records["minItems"], records["maxItems"]) == (5, 5)
    assert records["items"]["properties"]["about"]["enum"] == list(dict.fromkeys(wanted))
    assert records["items"]["required"][:3] == ["n", "about", "subject"]
    assert len(json.loads(read_texts(raw_dir, "tickets")[0])["records"]) == 5
    assert read("calls")["stop_reason"].to_list() == ["tool_use"]


@pytest.mark.parametrize("alias", IN_WORDS)
def test_a_model_without_tools_and_schema_is_told_the_form(alias: str, server: BedrockServer, extract: Extract) -> None:
    assert extract("venues", "--count", "venues=3", "--model", alias).code == 0

    body = server.calls[0].body
    said = json.dumps(body)
    assert not body.keys() & {"toolConfig", "outputConfig"}
    assert "Answer with JSON lines" in said and "Call the tool" not in said


@pytest.mark.parametrize("name", [QWEN, "openai.gpt-oss-20b-1:0", *WITH_SCHEMA])
def test_a_model_with_a_json_schema_gets_the_same_one_in_every_call(
    name: str, server: BedrockServer, extract: Extract
) -> None:
    ran = extract("venues", "--count", "venues=12", "--model", name, "--concurrency", "1")

    assert ran.code == 0, ran.err
    formats = [call.body["outputConfig"]["textFormat"] for call in server.calls]
    schemas = {part["structure"]["jsonSchema"]["schema"] for part in formats}
    assert len(schemas) == 1
    for part in list_parts(json.loads(schemas.pop())):
        assert part["type"] != "object" or part["additionalProperties"] is False
        assert not part.keys() & {"minItems", "maxItems", "minLength", "maxLength", "enum"}


NATIVE = {
    "claude-haiku-4-5": ("tools", "tool_choice"),
    "nova-lite": ("toolConfig",),
    "ministral-3-8b": ("response_format",),
    "llama3-1-8b": (),
    "mistral-7b": (),
}


@pytest.mark.parametrize(("alias", "keys"), NATIVE.items())
def test_a_familys_own_body_has_what_it_can_have(
    alias: str, keys: tuple[str, ...], server: BedrockServer, extract: Extract, raw_dir: Path
) -> None:
    server.behaviour.converse = False

    ran = extract("venues", "--count", "venues=5", "--model", alias, "--concurrency", "1")

    assert ran.code == 0, ran.err
    body = server.calls[-1].body
    structured = body.keys() & {"tools", "tool_choice", "toolConfig", "response_format", "output_config"}
    assert structured == set(keys)
    assert "tools" not in body or body["tool_choice"] == {"type": "tool", "name": body["tools"][0]["name"]}


REFUSALS = [
    "This model doesn't support tool use.",
    "This model doesn't support tool use in streaming mode.",
    "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
    "The value at toolConfig.tools.0.toolSpec.inputSchema.json is not supported.",
    "Malformed input request: #: extraneous key [tools] is not permitted, please reformat your input and try again.",
]


@pytest.mark.parametrize("message", REFUSALS)
def test_a_model_that_refuses_the_tool_is_told_the_form_from_then_on(
    message: str, server: BedrockServer, extract: Extract
) -> None:
    server.behaviour.first = [(400, "ValidationException", message)]

    ran = extract("venues", "--count", "venues=20", "--model", "llama3-1-8b", "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert ["toolConfig" in call.body for call in server.calls] == [True] + [False] * (len(server.calls) - 1)
    assert "Call the tool" in json.dumps(server.calls[0].body)
    assert all("Answer with JSON lines" in json.dumps(call.body) for call in server.calls[1:])


def test_a_model_that_refuses_the_tool_gets_its_schema_and_then_the_form_in_words(
    server: BedrockServer, extract: Extract
) -> None:
    server.behaviour.first = [
        (400, "ValidationException", "This model doesn't support tool use."),
        (400, "ValidationException", "output_config.format.schema: Grammar compilation timed out."),
    ]

    ran = extract("venues", "--count", "venues=20", "--model", "ministral-3-8b", "--concurrency", "1")

    assert ran.code == 0, ran.err
    sent = [(*(call.body.keys() & {"toolConfig", "outputConfig"}),) for call in server.calls]
    assert sent[:3] == [("toolConfig",), ("outputConfig",), ()]
    assert set(sent[2:]) == {()}


def test_prose_in_the_place_of_a_call_is_read_like_any_other_reply(
    server: BedrockServer, extract: Extract, raw_dir: Path
) -> None:
    write = server.writer.write
    server.write = lambda prompt: f"Here you are:\n{json.dumps(write(prompt))}"  # type: ignore[method-assign]

    assert extract("venues", "--count", "venues=5", "--model", "nova-lite").code == 0
    assert read_texts(raw_dir, "venues")[0].startswith("Here you are")


@pytest.mark.parametrize(
    ("name", "tools", "schema"),
    [
        ("us.anthropic.claude-sonnet-4-20250514-v1:0", True, False),
        ("anthropic.claude-opus-4-5-20251101-v1:0", True, True),
        ("anthropic.claude-3-5-haiku-20241022-v1:0", True, False),
        ("anthropic.claude-v2:1", False, False),
        ("amazon.nova-premier-v1:0", True, False),
        ("mistral.mistral-large-2407-v1:0", True, False),
        ("mistral.mistral-7b-instruct-v0:9", False, False),
        ("meta.llama3-8b-instruct-v9:0", False, False),
        ("us.meta.llama3-2-1b-instruct-v1:0", False, False),
        ("us.meta.llama3-2-90b-instruct-v1:0", True, False),
        ("us.meta.llama4-scout-17b-instruct-v1:0", True, False),
        (QWEN, False, True),
        ("acme.wonder-v1:0", False, False),
        (PROFILE, False, False),
        ("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", True, False),
    ],
)
def test_a_model_that_is_not_in_the_catalogue_is_taken_by_family_and_version(
    name: str, tools: bool, schema: bool
) -> None:
    found = find_model(name, MODELS)

    assert (found.takes_tools, found.takes_json_schema) == (tools, schema)


def test_a_family_that_is_stated_for_an_arn_tells_its_tools() -> None:
    assert find_model(PROFILE, MODELS, "nova").takes_tools
    assert not find_model(PROFILE, MODELS, "mistral").takes_tools


def test_a_second_request_says_why_the_first_was_refused(server: BedrockServer, extract: Extract, read: Read) -> None:
    write = server.writer.write

    def spoil_once(prompt: str) -> str:
        answers = write(prompt)
        if "mind the reason" not in prompt:
            answers[1]["name"] = "Hall of $5"
        return json.dumps(answers)

    server.write = spoil_once  # type: ignore[method-assign]

    ran = extract("venues", "--count", "venues=4", "--model", "nova-lite", "--concurrency", "1")

    assert ran.code == 0, ran.err
    said = [call.body["messages"][0]["content"][0]["text"] for call in server.calls]
    assert len(said) == 2 and "mind the reason" not in said[0]
    assert "mind the reason:\n- 1: name: a concrete price: '$5'" in said[1]
