"""Listings that fit any date, and places that are a choice."""

from __future__ import annotations

import re
from collections import Counter

from extract.entities.text_rules import make_key
from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content

DATED = re.compile(
    r"\b(january|february|march(?! \w)|april|june|july|august|september|october|november|december"
    r"|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekend"
    r"|spring|summer|autumn|winter|christmas|halloween|easter|thanksgiving|hanukkah|new year|valentine|season)\b",
    re.I,
)
# Names of houses of the Bay Area, as far as they are more than a word of the language.
REAL_HOUSES = (
    "fillmore", "great american music hall", "warfield", "bill graham", "fox theater", "greek theatre", "chase center",
    "oracle arena", "sap center", "shoreline amphitheatre", "cobb's", "punch line", "yoshi's", "freight & salvage",
    "bimbo's", "slim's", "bottom of the hill", "august hall", "regency ballroom", "masonic", "davies symphony",
    "war memorial", "curran", "orpheum", "golden gate theatre", "paramount", "zellerbach", "bing concert",
    "mountain winery", "levi's stadium", "moscone", "sfmoma", "de young", "castro theatre", "brava", "sfjazz",
)  # fmt: skip


def list_descriptions(content: Content) -> list[str]:
    return [event.description for events in content.events.values() for event in events]


def test_five_hundred_events_and_no_shared_sentence(content: Content) -> None:
    descriptions = list_descriptions(content)
    sentences = Counter(make_key(sentence) for text in descriptions for sentence in re.split(r"(?<=[.?!])\s+", text))

    assert len(descriptions) >= 500
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_no_event_is_bound_to_a_date_or_season(content: Content) -> None:
    bound = [match[0] for text in list_descriptions(content) if (match := DATED.search(text))]

    assert bound == []


def test_every_neighborhood_has_venues_to_choose_from(content: Content, seeds: Seeds) -> None:
    found = Counter((venue.city, venue.neighborhood) for venue in content.read_table("venues"))

    assert len(content.read_table("venues")) >= 120
    assert {(place.city, place.neighborhood) for place in seeds.neighborhoods} == set(found)
    assert len({make_key(venue.address) for venue in content.read_table("venues")}) == len(content.read_table("venues"))


def test_no_real_house_is_named(content: Content) -> None:
    texts = [venue.name for venue in content.read_table("venues")] + list_descriptions(content)

    assert [(text, name) for text in texts for name in REAL_HOUSES if name in text.lower()] == []


def test_members_come_from_many_cultures(seeds: Seeds) -> None:
    assert len(seeds.cultures) >= 25
