"""Venues: the places where events happen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field, field_validator

from extract.entities.base import CleanLine, Entity, Plain, PromptTemplate, Record, join_echo
from extract.entities.texts.slots import find_bad_slot
from extract.errors import SeedError
from extract.planning.apportionment import paired_sequence
from extract.planning.draws import draw_weighted
from extract.planning.plan import PlanContext, Stratum, find_milestones
from extract.planning.seeds import Neighborhood


class VenueRecord(Record):
    """A place where events happen."""

    natural_key = "name"

    name: Plain = Field(min_length=3, max_length=60, description="name of the venue, invented")
    address: CleanLine = Field(
        min_length=5,
        max_length=80,
        description="street number and street in that neighborhood, without city and zip",
    )

    @field_validator("address")
    @classmethod
    def _check_address(cls, address: str) -> str:
        if find_bad_slot(address, ()) or not re.match(r"\d+[A-Za-z]? \S", address):
            raise ValueError(f"an address starts with a street number, not {address[:40]!r}")
        return address


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueStratum(Stratum):
    """Where a venue stands and what it is for."""

    category: str
    region: str
    city: str
    neighborhood: str


def plan_venues(context: PlanContext) -> Iterator[VenueStratum]:
    """Plan categories and regions as pairs, so that both hold their shares, and draw neighborhoods."""
    uses: Counter[tuple[str, str]] = Counter()
    for position, (category, region) in enumerate(pair_categories_with_regions(context), start=1):
        place = _pick_place(context, uses, category, region, position)
        uses[place.neighborhood, category] += 1
        yield VenueStratum(category=category, region=region, city=place.city, neighborhood=place.neighborhood)


def pair_categories_with_regions(context: PlanContext) -> Iterator[tuple[str, str]]:
    """Yield the category and region of each venue, without end."""
    categories, regions = context.seeds.shares("venue_category"), context.seeds.shares("venue_region")
    milestones = find_milestones(context.seeds, "venues")
    return paired_sequence(categories, regions, context.seed, "venues", milestones=milestones)


def _pick_place(
    context: PlanContext, uses: Counter[tuple[str, str]], category: str, region: str, position: int
) -> Neighborhood:
    """Draw among the neighborhoods that have the fewest venues of this category."""
    places = [place for place in context.seeds.neighborhoods if place.region == region]
    if not places:
        raise SeedError(f"{context.seeds.directory / 'neighborhoods.csv'} has no rows for region {region}")
    fewest = min(uses[place.neighborhood, category] for place in places)
    weights = {place: place.weight for place in places if uses[place.neighborhood, category] == fewest}
    return draw_weighted(weights, context.seed, "venues", "place", position)


VENUES = Entity(
    "venues",
    record=VenueRecord,
    stratum=VenueStratum,
    sequence=plan_venues,
    find_echo=lambda stratum, seeds: join_echo(stratum.category, stratum.city),
    label="name",
    similar_by=("category",),
    output_tokens=34,
    refused_share=0.05,
    example={
        "n": 1,
        "about": "planetarium, Reykjavik",
        "name": "The Lava Dome Planetarium",
        "address": "4 Skolavordustigur Lane",
    },
    prompt=PromptTemplate(
        version=4,
        task="Invent venues of the San Francisco Bay Area. Use real streets, no real venue.",
    ),
)
