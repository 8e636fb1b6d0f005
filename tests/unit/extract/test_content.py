"""Every bundled text passes the validator that a model's words must pass, and fits the seeds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

import pytest
from pydantic import ValidationError

from extract.entities import get_entity
from extract.entities.events import EventStratum
from extract.entities.kb_articles import ArticleStratum
from extract.entities.text_rules import make_key
from extract.entities.tickets import TicketStratum
from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content, ScenarioTexts, Voices
from extract.replies.validate import describe_first_error
from extract.settings import Settings

CONTENT = Content(Settings().content_dir)


def list_problems(entity: str, answers: list[dict[str, Any]], slots: Collection[str], **premises: Any) -> Iterator[str]:
    for answer in answers:
        try:
            mended: list[str] = []
            get_entity(entity).record.model_validate(answer, context={"slots": slots, "mended": mended, **premises})
            if mended:
                yield f"{next(iter(answer.values()))}: mended: {mended}"
        except ValidationError as error:
            yield f"{next(iter(answer.values()))}: {describe_first_error(error)}"


def list_tickets(texts: ScenarioTexts) -> list[dict[str, Any]]:
    """Put every part of a scenario and every tail into one of the fields of a ticket."""
    tails = CONTENT.tails
    voices = [
        texts.asks,
        texts.follow_ups,
        texts.pushbacks,
        texts.thanks,
        tails.follow_ups,
        tails.pushbacks,
        tails.thanks,
    ]
    parts = [*texts.details, *chain(*map(list_words, voices)), *tails.non_native.pushbacks, *tails.non_native.thanks]
    openings = [{"subject": opening.subject, "description": opening.text} for opening in texts.openings]
    subjects = [{"subject": subject, "description": "Hello."} for subject in list_words(texts.subjects)]
    rest = {"follow_up": "Yes.", "pushback": "No.", "thanks": "Ok."}
    return [{**opening, **rest} for opening in [*openings, *subjects]] + [
        {"subject": "Hi", "description": "Hello.", **rest, "follow_up": part} for part in parts
    ]


def list_words(voices: Voices) -> list[str]:
    return [*voices.civil, *voices.short, *voices.cross]


def test_venues_pass_and_are_where_they_say(seeds: Seeds) -> None:
    places = {(place.region, place.city, place.neighborhood) for place in seeds.neighborhoods}

    assert list(list_problems("venues", [text.model_dump() for text in CONTENT.read_table("venues")], ())) == []
    assert {(text.region, text.city, text.neighborhood) for text in CONTENT.read_table("venues")} <= places
    assert len({make_key(text.name) for text in CONTENT.read_table("venues")}) == len(CONTENT.read_table("venues"))


@pytest.mark.parametrize("category", sorted(CONTENT.events))
def test_events_pass(category: str, seeds: Seeds) -> None:
    slots = get_entity("events").find_slots(EventStratum(category, ""), seeds)

    assert list(list_problems("events", [text.model_dump() for text in CONTENT.events[category]], slots)) == []


def test_event_titles_are_unique_and_every_category_has_some(seeds: Seeds) -> None:
    titles = [make_key(text.title) for texts in CONTENT.events.values() for text in texts]

    assert set(CONTENT.events) == set(seeds.event_categories.values())
    assert len(set(titles)) == len(titles)


def test_articles_pass_and_answer_every_topic(seeds: Seeds) -> None:
    slots = get_entity("kb_articles").find_slots(ArticleStratum("", ""), seeds)
    answers = [text.model_dump(exclude={"topic"}) for text in CONTENT.articles.values()]

    assert list(list_problems("kb_articles", answers, slots)) == []
    assert set(CONTENT.articles) == {topic.topic for topic in seeds.article_topics}
    assert len({make_key(answer["title"]) for answer in answers}) == len(answers)


@pytest.mark.parametrize("scenario", sorted(CONTENT.scenarios))
def test_tickets_pass_and_speak_in_every_tone(scenario: str, seeds: Seeds) -> None:
    texts, row = CONTENT.scenarios[scenario], seeds.scenarios[scenario]
    tickets, stratum = get_entity("tickets"), TicketStratum(category=row.category, scenario=scenario, tone="plain")
    slots, premises = tickets.find_slots(stratum, seeds), tickets.find_premises(stratum, seeds)

    assert list(list_problems("tickets", list_tickets(texts), slots, **premises)) == []
    assert {opening.tone for opening in texts.openings} == set(seeds.tones)


def test_no_texts_are_of_an_unknown_scenario(seeds: Seeds) -> None:
    # A scenario without composed texts has recorded ones, or those of the nearest until it has.
    assert set(CONTENT.scenarios) <= set(seeds.scenarios)
