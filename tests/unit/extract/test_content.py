"""Every bundled text passes the validator that a model's words must pass, and fits the seeds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from extract.entities import get_entity
from extract.entities.events import EventStratum
from extract.entities.kb_articles import ArticleStratum
from extract.entities.text_rules import make_key
from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content
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
