"""Every family, through Converse and through its own bodies."""

from __future__ import annotations

import json

import pytest

from extract.planning.seeds import Seeds
from extract.prompts.build import Prompt
from extract.providers.bedrock.capabilities import Capabilities
from extract.providers.bedrock.client import get_bedrock_client
from extract.providers.bedrock.converse import Sampling
from extract.providers.bedrock.families import FAMILIES
from extract.providers.bedrock.invoke import ask, invoke_model
from extract.providers.catalog import find_model
from extract.settings import Settings
from tests.provider.conftest import Extract
from tests.provider.server import BedrockServer
from tests.provider.wire import NATIVE_KEYS

MODELS = Seeds(Settings().seeds_dir).models
ALIASES = [model.alias for model in MODELS]
BY_FAMILY = {
    "mistral": "mistral-7b",
    "anthropic": "claude-haiku-4-5",
    "llama": "llama3-8b",
    "titan": "titan-express",
    "nova": "nova-micro",
    "cohere": "cohere.command-r-v1:0",
    "chat": "ministral-3-8b",
}
ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456"
SAY = Prompt("Be brief.", "Write 1 records, one for each item:\n1. x\n\n- full_name: y")


def test_every_family_is_tried_with_a_model_of_its_own() -> None:
    assert BY_FAMILY.keys() == FAMILIES.keys() == NATIVE_KEYS.keys()
    found = {family: find_model(name, MODELS).family for family, name in BY_FAMILY.items()}
    assert found == {family: family for family in FAMILIES}


@pytest.mark.parametrize("alias", ALIASES)
def test_every_model_of_the_catalogue_answers(alias: str, server: BedrockServer, extract: Extract) -> None:
    ran = extract("users", "--count", "users=60", "--model", alias)

    assert ran.code == 0, ran.err
    assert "60 of 60 landed" in ran.out
    assert {call.operation for call in server.calls} == {"converse"}
    assert {call.status for call in server.calls} == {200}


@pytest.mark.parametrize(("family", "name"), BY_FAMILY.items())
def test_a_family_that_converse_refuses_gets_its_own_body(
    family: str, name: str, server: BedrockServer, extract: Extract
) -> None:
    server.behaviour.converse = False

    ran = extract("users", "--count", "users=60", "--model", name, "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert [call.operation for call in server.calls][:2] == ["converse", "invoke"]
    assert {call.status for call in server.calls if call.operation == "invoke"} == {200}
    assert "60 of 60 landed" in ran.out


@pytest.mark.parametrize(("family", "name"), BY_FAMILY.items())
def test_a_reply_that_the_limit_cut_is_told_in_the_same_words_by_every_family(
    family: str, name: str, server: BedrockServer, extract: Extract, raw_dir: object
) -> None:
    server.behaviour.converse = False
    server.behaviour.replies = [json.dumps([{"n": n, "full_name": "A" * 400} for n in range(60)])]

    ran = extract("users", "--count", "users=20", "--model", name, "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert "20 of 20 landed" in ran.out


def test_each_model_gets_what_it_takes_and_nothing_else(server: BedrockServer) -> None:
    client = get_bedrock_client(Settings())
    for model in MODELS:
        ask(client, Capabilities(model), SAY, Sampling(4096, 0.7, 0.9))

    for model, call in zip(MODELS, server.calls, strict=True):
        said = call.body["messages"][0]["content"][0]["text"]
        asked = call.body["inferenceConfig"]
        assert ("system" in call.body, "Be brief." in said) == (model.takes_system, not model.takes_system)
        assert ("temperature" in asked, "topP" in asked) == (model.takes_temperature, model.takes_top_p)
        assert asked["maxTokens"] == min(4096, model.max_output_tokens)


def test_the_model_of_the_settings_answers(server: BedrockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTHUB_MODEL", "nova-lite")

    assert json.loads(invoke_model(SAY))[0]["n"] == 1
    assert server.calls[0].model == "amazon.nova-lite-v1:0"


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("This model doesn't support system messages. Try again without a system message.", "system"),
        ("`temperature` and `top_p` cannot both be specified for this model.", "topP"),
        ("`temperature` is deprecated for this model.", "temperature"),
    ],
)
def test_what_a_model_turns_out_not_to_take_is_left_out_from_then_on(
    message: str, key: str, server: BedrockServer, extract: Extract
) -> None:
    server.behaviour.first = [(400, "ValidationException", message)]

    ran = extract("users", "--count", "users=100", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 0, ran.err
    bodies = [{**call.body, **call.body["inferenceConfig"]} for call in server.calls]
    assert [key in body for body in bodies] == [True, False, False]


def test_a_limit_that_the_service_states_is_kept(server: BedrockServer, extract: Extract) -> None:
    server.behaviour.first = [
        (400, "ValidationException", "The maximum tokens you requested exceeds the model limit of 900.")
    ]

    ran = extract("users", "--count", "users=100", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 0, ran.err
    assert [call.body["inferenceConfig"]["maxTokens"] > 900 for call in server.calls][:2] == [True, False]


def test_an_unknown_model_works_and_its_cost_is_unknown(server: BedrockServer, extract: Extract) -> None:
    ran = extract("users", "--count", "users=60", "--model", "acme.wonder-v1:0")

    assert ran.code == 0, ran.err
    assert "cost      unknown; per 1,000 accepted records unknown" in ran.out
    assert "system" not in server.calls[0].body


@pytest.mark.parametrize("name", ["us.amazon.nova-micro-v1:0", ARN, ARN.replace("123456789012", "")])
def test_profiles_and_arns_are_called_as_they_are(
    name: str, server: BedrockServer, extract: Extract, raw_dir: object
) -> None:
    ran = extract("users", "--count", "users=60", "--model", name)

    assert ran.code == 0, ran.err
    assert {call.model for call in server.calls} == {name}


def test_an_arn_of_ones_own_can_be_told_its_family(server: BedrockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTHUB_MODEL_FAMILY", "anthropic")
    server.behaviour.converse, server.behaviour.family = False, "anthropic"

    invoke_model("hello - full_name: x", model=ARN)

    assert server.calls[-1].body["anthropic_version"] == "bedrock-2023-05-31"
    assert server.calls[-1].status == 200


def test_a_family_that_nobody_knows_is_asked_for_when_converse_is_refused(
    server: BedrockServer, extract: Extract
) -> None:
    server.behaviour.converse = False

    ran = extract("users", "--count", "users=60", "--model", ARN)

    assert ran.code == 1
    assert f"set --family to one of: {', '.join(FAMILIES)}" in ran.err


def test_one_client_is_made_with_a_pool_for_all_workers() -> None:
    config = get_bedrock_client(Settings(concurrency=24)).meta.config

    assert config.max_pool_connections == 24
    assert config.retries == {"mode": "standard", "total_max_attempts": 1}
    assert config.read_timeout >= 300
