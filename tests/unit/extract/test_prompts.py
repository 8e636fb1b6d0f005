from __future__ import annotations

import pytest

from extract.entities import PULLED, get_entity, load_entities
from extract.entities.events import EventStratum
from extract.entities.kb_articles import ArticleStratum
from extract.entities.tickets import TicketStratum
from extract.entities.users import UserStratum
from extract.entities.venues import VenueStratum
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanContext
from extract.planning.seeds import Seeds
from extract.prompts.build import build_prompt, describe_fields
from tests.unit.extract.stubs import build_plan

KINDS = {category: {"first kind": 1} for category in ("music", "theater", "comedy", "art", "workshop", "sports")}


@pytest.fixture
def requests(seeds: Seeds) -> dict[str, BatchRequest]:
    context = PlanContext(seeds=seeds, seed=42, home_city_share=0.5, kinds=lambda: KINDS)
    labels = tuple(f"taken {n}" for n in range(100))
    return {
        name: BatchRequest(
            entity=name, items=tuple(build_plan(name, 6, context)), seed=42, attempt=1, existing_labels=labels
        )
        for name in PULLED
    }


@pytest.mark.parametrize("entity", PULLED)
def test_every_field_is_asked_for_with_its_meaning(
    entity: str, requests: dict[str, BatchRequest], seeds: Seeds
) -> None:
    prompt = build_prompt(requests[entity], seeds, 10).system

    for name, field in get_entity(entity).record.model_fields.items():
        assert f"- {name}: " in prompt
        assert str(field.description) in prompt


TELLING = {
    "users": ("culture", "gender", "initial"),
    "venues": ("category", "region", "city", "neighborhood"),
    "events": ("category", "kind"),
    "kb_articles": ("category", "topic"),
    "tickets": ("voice", "about"),
}


@pytest.mark.parametrize("entity", PULLED)
def test_every_item_is_listed_with_its_number_and_what_sets_it_apart(
    entity: str, requests: dict[str, BatchRequest], seeds: Seeds
) -> None:
    lines = build_prompt(requests[entity], seeds, 10).user.splitlines()

    for n, _ in enumerate(requests[entity].items, start=1):
        line = next(line for line in lines if line.startswith(f"{n}. "))
        assert all(f"{name}: " in line for name in TELLING[entity])


@pytest.mark.parametrize("entity", PULLED)
def test_a_prompt_says_nothing_that_moves_with_the_day(
    entity: str, requests: dict[str, BatchRequest], seeds: Seeds
) -> None:
    listed = build_prompt(requests[entity], seeds, 10).user.partition("one for each item:")[2]

    for word in ("season", "summer", "winter", "January", "today", "2025", "2026"):
        assert word not in listed


def test_what_holds_for_every_call_is_in_the_system_prompt(requests: dict[str, BatchRequest], seeds: Seeds) -> None:
    prompts = [build_prompt(request, seeds, 10) for request in requests.values()]

    assert all("Answer with a JSON array" in prompt.system for prompt in prompts)
    assert all(prompt.text == f"{prompt.system}\n\n{prompt.user}" for prompt in prompts)


@pytest.mark.parametrize("entity", ["events", "kb_articles", "tickets"])
def test_every_allowed_slot_is_explained(entity: str, requests: dict[str, BatchRequest], seeds: Seeds) -> None:
    prompt = build_prompt(requests[entity], seeds, 10).text

    slots = {name for item in requests[entity].items for name in get_entity(entity).find_slots(item.stratum, seeds)}
    assert all(f"- {{{name}}}: " in prompt for name in slots)
    assert "Never write a price" in prompt


def test_only_the_latest_taken_names_are_listed(requests: dict[str, BatchRequest], seeds: Seeds) -> None:
    assert '["taken 98", "taken 99"]' in build_prompt(requests["venues"], seeds, 2).user
    assert "taken" not in build_prompt(requests["venues"], seeds, 0).text


def test_limits_are_stated() -> None:
    assert (
        describe_fields("kb_articles")[1]
        == "- tags: a list of texts, 3 to 5 short keywords, at least 3 items, at most 5 items"
    )


def test_every_entity_has_a_prompt_version() -> None:
    assert [get_entity(name).prompt_version.rpartition("-")[0] for name in PULLED] == list(load_entities())


ECHOES = {
    "users": "American",
    "venues": "music, Oakland",
    "events": "string quartet, music",
    "kb_articles": "cancel booking",
    "tickets": "refund far",
}


def test_every_item_begins_with_the_words_that_its_record_repeats(
    requests: dict[str, BatchRequest], seeds: Seeds
) -> None:
    strata = {
        "users": UserStratum(culture="american", gender="female", initial="A", city="Oakland"),
        "venues": VenueStratum(category="music", region="East Bay", city="Oakland", neighborhood="Uptown"),
        "events": EventStratum("music", "string quartet"),
        "kb_articles": ArticleStratum("cancel_booking", "how-to"),
        "tickets": TicketStratum("refund", "refund_far", "terse"),
    }
    assert {name: get_entity(name).find_echo(stratum, seeds) for name, stratum in strata.items()} == ECHOES
    for name, request in requests.items():
        prompt = build_prompt(request, seeds, 10)
        assert '"about"' in prompt.system
        for n, item in enumerate(request.items, start=1):
            assert f'\n{n}. "{get_entity(name).find_echo(item.stratum, seeds)}"' in prompt.user
