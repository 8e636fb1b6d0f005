from __future__ import annotations

import csv

import pytest

from extract.errors import SeedError, UsageError
from extract.planning.seeds import Model, Seeds
from extract.providers.bedrock.families import FAMILIES
from extract.providers.catalog import UNKNOWN, describe_lifecycle, detect_family, find_model, price_call

GUIDE = {
    "mistral-7b": "mistral.mistral-7b-instruct-v0:2",
    "mixtral-8x7b": "mistral.mixtral-8x7b-instruct-v0:1",
    "claude-3-haiku": "anthropic.claude-3-haiku-20240307-v1:0",
    "claude-3-sonnet": "anthropic.claude-3-sonnet-20240229-v1:0",
    "llama3-8b": "meta.llama3-8b-instruct-v1:0",
    "llama3-70b": "meta.llama3-70b-instruct-v1:0",
    "titan-lite": "amazon.titan-text-lite-v1",
    "titan-express": "amazon.titan-text-express-v1",
}
ARN = "arn:aws:bedrock:us-east-1:123456789012"


@pytest.fixture
def models(seeds: Seeds) -> list[Model]:
    return seeds.models


def test_the_guides_eight_aliases_stand_for_its_ids(models: list[Model]) -> None:
    assert GUIDE.items() <= {model.alias: model.model_id for model in models}.items()


def test_six_models_or_more_are_alive_and_cheap(models: list[Model]) -> None:
    alive = [model for model in models if model.state == "active"]

    assert len([model for model in alive if model.price_out is not None and model.price_out <= 5]) >= 6


def test_every_successor_is_alive_and_every_family_known(models: list[Model]) -> None:
    alive = {model.alias for model in models if model.state == "active"}

    assert [model.alias for model in models if model.state != "active" and model.successor not in alive] == []
    assert {model.family for model in models} <= {*FAMILIES, UNKNOWN}
    stated = {model.alias: model.family for model in models}
    assert stated == {model.alias: detect_family(model.model_id) for model in models}


def test_a_family_that_does_not_exist_is_refused_where_its_model_is_asked_for(models: list[Model]) -> None:
    wrong = [model.model_copy(update={"family": "gemma"}) for model in models]

    with pytest.raises(SeedError, match="nova-lite is of the family 'gemma'; families are: anthropic"):
        find_model("nova-lite", wrong)


def test_what_is_from_memory_is_said_to_be(seeds: Seeds) -> None:
    with (seeds.directory / "models.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert [row["alias"] for row in rows if not (row["note"] and row["price_date"])] == []
    remembered = [row for row in rows if row["alias"].startswith(("nova", "ministral"))]
    assert [row["alias"] for row in remembered if "from memory" not in row["note"]] == []


@pytest.mark.parametrize(
    ("name", "price_in"),
    [
        ("claude-haiku-4-5", 1.0),
        ("global.anthropic.claude-haiku-4-5-20251001-v1:0", 1.0),
        ("us.anthropic.claude-haiku-4-5-20251001-v1:0", 1.1),
        (f"{ARN}:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0", 1.1),
        (f"{ARN}:foundation-model/mistral.mistral-7b-instruct-v0:2", 0.15),
        ("eu.amazon.nova-micro-v1:0", 0.035),
        (f"{ARN}:application-inference-profile/abc", None),
        ("acme.wonder-v1:0", None),
    ],
)
def test_a_name_finds_its_price_or_none(name: str, price_in: float | None, models: list[Model]) -> None:
    found = find_model(name, models)

    assert found.price_in == (None if price_in is None else pytest.approx(price_in))
    assert found.model_id == name or found.alias == name


def test_an_unknown_model_gets_careful_defaults(models: list[Model]) -> None:
    found = find_model("acme.wonder-v1:0", models)

    assert (found.max_output_tokens, found.takes_system, found.takes_top_p) == (2048, False, False)
    assert price_call(found, 10, 10) is None


def test_the_family_can_be_told(models: list[Model]) -> None:
    arn = f"{ARN}:application-inference-profile/abc"

    assert find_model(arn, models).family == "unknown"
    assert find_model(arn, models, "llama").family == "llama"


@pytest.mark.parametrize(("name", "family"), [("cats", ""), ("x.y", "cats"), ("mistral7b", "")])
def test_what_cannot_be_meant_is_refused(name: str, family: str, models: list[Model]) -> None:
    with pytest.raises(UsageError):
        find_model(name, models, family)


def test_calls_are_priced_by_the_million(models: list[Model]) -> None:
    assert price_call(find_model("claude-3-haiku", models), 1_000_000, 100_000) == pytest.approx(0.375)


def test_only_models_on_their_way_out_are_warned_of(models: list[Model]) -> None:
    warned = {model.alias for model in models if describe_lifecycle(model)}

    assert warned == {model.alias for model in models if model.state != "active"} >= set(GUIDE)
