from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from extract.entities import PULLED, get_entity, load_entities
from extract.entities.events import EventStratum
from extract.entities.kb_articles import ArticleRecord, ArticleStratum, list_facts
from extract.entities.tickets import LENGTHS, MOODS, TicketStratum
from extract.entities.users import UserStratum
from extract.entities.venues import VenueStratum
from extract.errors import SeedError
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanContext, PlanItem
from extract.planning.seeds import Seeds
from extract.prompts.build import build_prompt, describe_fields
from extract.prompts.structure import Structure
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


# Where that is not simply the columns of the stratum.
TELLING = {
    "users": ("culture", "gender", "initial"),
    "kb_articles": ("category", "topic"),
    "tickets": ("voice", "mood", "linked to"),
}


@pytest.mark.parametrize("entity", PULLED)
def test_every_item_is_listed_with_its_number_and_what_sets_it_apart(
    entity: str, requests: dict[str, BatchRequest], seeds: Seeds
) -> None:
    lines = build_prompt(requests[entity], seeds, 10).user.splitlines()

    for n, _ in enumerate(requests[entity].items, start=1):
        line = next(line for line in lines if line.startswith(f"{n}. "))
        assert all(f"{name}: " in line for name in TELLING.get(entity, get_entity(entity).stratum_columns))


@pytest.mark.parametrize("entity", PULLED)
def test_a_prompt_says_nothing_that_moves_with_the_day(
    entity: str, requests: dict[str, BatchRequest], seeds: Seeds
) -> None:
    listed = build_prompt(requests[entity], seeds, 10).user.partition("one for each item:")[2]

    for word in ("season", "summer", "winter", "January", "today", "2025", "2026"):
        assert word not in listed


def test_what_holds_for_every_call_is_in_the_system_prompt(requests: dict[str, BatchRequest], seeds: Seeds) -> None:
    prompts = [build_prompt(request, seeds, 10) for request in requests.values()]

    assert all("Answer with JSON lines" in prompt.system for prompt in prompts)
    assert all(prompt.text == f"{prompt.system}\n\n{prompt.user}" for prompt in prompts)


@pytest.mark.parametrize("entity", ["events", "tickets"])
def test_every_allowed_slot_is_explained(entity: str, requests: dict[str, BatchRequest], seeds: Seeds) -> None:
    prompt = build_prompt(requests[entity], seeds, 10).text

    slots = {name for item in requests[entity].items for name in get_entity(entity).find_slots(item.stratum, seeds)}
    assert all(f"- {{{name}}}: " in prompt for name in slots)
    assert "Never write a price" in prompt


def test_an_article_is_told_the_slots_of_its_topic_alone_each_in_a_sentence(seeds: Seeds) -> None:
    sizes, facts = [], []
    for topic in seeds.article_topics:
        item = PlanItem(1, ArticleStratum(topic.topic, topic.category), 1)
        request = BatchRequest(entity="kb_articles", items=(item,), seed=42, attempt=1)
        text = build_prompt(request, seeds, 0).text
        sizes.append(len(set(re.findall(r"\{(\w+)\}", text))))
        facts.append(len(list_facts(topic.topic, seeds)[0]))
        assert set(re.findall(r"\{(\w+)\}", text)) == set(topic.slots.split())

    assert (min(sizes), max(sizes)) == (3, 8)
    assert (min(facts), max(facts)) == (3, 6)


def test_every_policy_has_a_model_sentence_with_its_slot_alone(seeds: Seeds) -> None:
    assert all(re.findall(r"\{(\w+)\}", row.sentence) == [row.policy] for row in seeds.policies)
    slots = {row.policy for row in seeds.policies}
    for row in seeds.policies:
        # An article may say it word for word.
        content = "\n\n".join([row.sentence * 4] * 3)
        said = {"title": "All rules", "tags": "a1, b1, c1", "content": content}
        ArticleRecord.model_validate(said, context={"slots": slots})


def test_a_topic_that_names_what_is_no_policy_is_refused_before_any_call(tmp_path: Path, seeds: Seeds) -> None:
    shutil.copytree(seeds.directory, tmp_path / "seeds")
    path = tmp_path / "seeds" / "article_topics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(" link,password_link_minutes", " link,pasword_minutes"))

    with pytest.raises(SeedError, match="article_topics.csv: slots of reset_password: 'pasword_minutes' is no policy"):
        get_entity("kb_articles").plan(100, PlanContext(seeds=Seeds(tmp_path / "seeds"), seed=42))


@pytest.mark.parametrize("entity", PULLED)
def test_a_prompt_says_why_the_last_record_of_an_item_was_refused(
    entity: str, requests: dict[str, BatchRequest], seeds: Seeds
) -> None:
    request = replace(requests[entity], reasons={2: "title: a price: '$5'", 99: "of no item"})
    user = build_prompt(request, seeds, 10).user

    assert "mind the reason:\n- 2: title: a price: '$5'\n" in f"{user}\n"
    assert "of no item" not in user
    assert "mind the reason" not in build_prompt(requests[entity], seeds, 10).user


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
        "tickets": TicketStratum(category="refund", scenario="refund_far", tone="terse"),
    }
    assert {name: get_entity(name).find_echo(stratum, seeds) for name, stratum in strata.items()} == ECHOES
    for name, request in requests.items():
        prompt = build_prompt(request, seeds, 10)
        assert '"about"' in prompt.system
        for n, item in enumerate(request.items, start=1):
            assert f'\n{n}. "{get_entity(name).find_echo(item.stratum, seeds)}"' in prompt.user


def make_ticket_prompt(seeds: Seeds, scenario: str, **more: str) -> str:
    stratum = TicketStratum(category=seeds.scenarios[scenario].category, scenario=scenario, tone="plain", **more)
    request = BatchRequest(entity="tickets", items=(PlanItem(1, stratum, 1),), seed=42, attempt=1)
    return build_prompt(request, seeds, 0).user


def test_no_premise_in_brackets_reaches_a_prompt(seeds: Seeds, tmp_path: Path) -> None:
    shutil.copytree(seeds.directory, tmp_path / "seeds")
    path = tmp_path / "seeds" / "support_scenarios.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Expected another", "Expected (in vain) another"))
    changed = Seeds(tmp_path / "seeds")
    said = [make_ticket_prompt(changed, name).partition("one for each item:")[2] for name in changed.scenarios]

    assert sum("(" in row.description for row in changed.scenarios.values()) > 5
    assert not any(re.search(r"[()]| due\b", text) for text in said)
    assert "Expected another amount back" in make_ticket_prompt(changed, "refund_amount_question")


def test_a_ticket_is_told_what_the_automatic_answer_says_without_a_value(seeds: Seeds) -> None:
    for name in seeds.scenarios:
        told = make_ticket_prompt(seeds, name).partition("What the automatic answer will say")[2].partition("\n\n")[0]
        words = told.partition("\n- ")[2]

        assert words.startswith(f"{name.replace('_', ' ')}: ") and len(words) > 60
        assert not re.search(r"[{}\d$]", words)


@pytest.mark.parametrize("mood", MOODS)
def test_the_mood_is_told_beside_the_voice(mood: str, seeds: Seeds) -> None:
    user = make_ticket_prompt(seeds, "refund_far", mood=mood)

    assert f"; voice: plain; mood: {mood}; linked to: reservation; " in user
    assert f"\n- {mood}: {MOODS[mood]}\n" in user
    assert "Moods" not in make_ticket_prompt(seeds, "refund_far")


@pytest.mark.parametrize("length", LENGTHS)
def test_the_length_of_the_first_message_is_told(length: str, seeds: Seeds) -> None:
    user = make_ticket_prompt(seeds, "refund_far", length=length)

    assert f"; voice: plain; length: {length}; linked to: reservation; " in user
    assert f"\n- {length}: {LENGTHS[length]}\n" in user
    assert "Lengths" not in make_ticket_prompt(seeds, "refund_far")


def test_tickets_claim_nothing_and_ask_what_they_answer(requests: dict[str, BatchRequest], seeds: Seeds) -> None:
    system = build_prompt(requests["tickets"], seeds, 10).system

    assert "no message says that something was changed, decided or promised, and none names an amount" in system
    assert "An event may be called what its item calls it" in system
    fields = [line.partition(":")[0] for line in describe_fields("tickets")]
    assert fields.index("- follow_up") == fields.index("- question") + 1


@pytest.mark.parametrize("entity", PULLED)
def test_a_model_without_tools_sees_one_whole_record_of_another_kind(
    entity: str, requests: dict[str, BatchRequest], seeds: Seeds
) -> None:
    told, held = (build_prompt(requests[entity], seeds, 0, form) for form in (Structure.PLAIN, Structure.TOOL))
    heading, example = told.system.splitlines()[-2:]

    assert "is no answer" in heading and "is no answer" not in held.text
    assert list(json.loads(example)) == ["n", "about", *get_entity(entity).record_columns]
    assert json.loads(example)["about"] not in [
        get_entity(entity).find_echo(item.stratum, seeds) for item in requests[entity].items
    ]
