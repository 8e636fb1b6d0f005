"""Events: what is on at the venues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pydantic import Field, ValidationInfo, field_validator

from extract.entities.base import Entity, Plain, PromptTemplate, Record, Text, join_echo
from extract.entities.texts.listings import find_listed
from extract.entities.texts.mends import SENTENCES, note_mend
from extract.entities.texts.sentences import find_sentence_ends
from extract.entities.venues import pair_categories_with_regions
from extract.planning.apportionment import apportioned_sequence
from extract.planning.plan import PlanContext, Stratum, apportion_share
from extract.planning.seeds import Seeds

_MOST_REASONS = 4


class EventRecord(Record):
    """What is on."""

    natural_key = "title"
    own_text = "description"

    title: Plain = Field(min_length=3, max_length=90, description="title of the event, invented")
    description: Text = Field(
        min_length=30, max_length=700, description="2 to 3 sentences on what the guest will see or do"
    )

    @field_validator("description")
    @classmethod
    def _check_listing(cls, description: str) -> str:
        if found := list(find_listed(description))[:_MOST_REASONS]:
            raise ValueError("; ".join(found))
        return description

    @field_validator("description")
    @classmethod
    def _fit_sentences(cls, description: str, info: ValidationInfo) -> str:
        found = len(find_sentence_ends(description))
        if not 1 <= found <= 5:
            raise ValueError(f"2 to 3 sentences are needed, not {found}")
        if found == 1:
            note_mend(info.context, SENTENCES.name)
        return SENTENCES.apply(description, info.context)


@dataclass(frozen=True, slots=True)
class EventStratum(Stratum):
    """The category holds for the record; the kind is what the event is about."""

    category: str
    kind: str


def plan_events(context: PlanContext) -> Iterator[EventStratum]:
    """Plan categories by the shares of venue categories, as far as there are venues, and kinds by their weights."""
    kinds = {
        category: apportioned_sequence(weights, context.seed, "events", "kind", category)
        for category, weights in (context.kinds() if context.kinds else {}).items()
    }
    hosts = _find_hosts(context)
    for position, category in enumerate(apportion_share(context, "events", "venue_category"), start=1):
        able = next(categories for limit, categories in hosts if limit is None or position <= limit)
        host = _next_able(list(context.seeds.shares("venue_category")), category, able)
        event_category = context.seeds.event_categories[host]
        yield EventStratum(event_category, next(kinds[event_category]) if event_category in kinds else "")


def _find_hosts(context: PlanContext) -> list[tuple[int | None, frozenset[str]]]:
    """Tell which venue categories can hold events, up to which event position (None: all further ones).

    The first events of every volume are those of the smallest named volume that has them, whose few venues
    may lack a category; so growing changes nothing. Beyond that only venues that have landed count.
    """
    everything = frozenset(context.seeds.shares("venue_category"))
    landed = context.venue_categories or everything
    steps = sorted((counts["events"], counts["venues"]) for counts in context.seeds.volumes.values())
    hosts: list[tuple[int | None, frozenset[str]]] = []
    for events, venues in steps:
        planned = frozenset(category for category, _ in islice(pair_categories_with_regions(context), venues))
        hosts.append((events, planned & landed or landed))
    return [*hosts, (None, landed)]


def _next_able(order: list[str], category: str, able: frozenset[str]) -> str:
    """Give an event to its own category, or to the next one that has a venue."""
    start = order.index(category)
    return next(name for name in order[start:] + order[:start] if name in able)


# Cached: they are read for every record.
@cache
def _find_event_slots(seeds: Seeds) -> frozenset[str]:
    return frozenset(slot.slot for slot in seeds.slots if slot.text == "event")


EVENTS = Entity(
    "events",
    record=EventRecord,
    stratum=EventStratum,
    sequence=plan_events,
    find_echo=lambda stratum, seeds: join_echo(stratum.kind, stratum.category),
    label="title",
    similar_by=("category", "kind"),
    output_tokens=57,
    refused_share=0.08,
    find_slots=lambda stratum, seeds: _find_event_slots(seeds),
    upstream="venues",
    example={
        "n": 1,
        "about": "puffin watching, nature",
        "title": "Puffins Before Breakfast",
        "description": "A small boat goes round the bird cliffs while the puffins leave for the sea. Guests get a "
        "blanket, cocoa and somebody who can tell one bird from another.",
    },
    prompt=PromptTemplate(
        version=4,
        task="Invent events at venues of the San Francisco Bay Area. Use no real artist, team or company.",
    ),
)
