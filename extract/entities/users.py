"""Users: the members of the club."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field, ValidationInfo, field_validator

from extract.entities.base import CleanLine, Entity, PromptTemplate, Record, join_echo
from extract.entities.text_rules import romanize
from extract.entities.texts.mends import CURLY, PERSON
from extract.planning.apportionment import apportioned_sequence
from extract.planning.draws import draw_one, draw_unit, draw_weighted
from extract.planning.plan import PlanContext, Stratum, find_milestones
from extract.planning.seeds import EVERY_CULTURE, Seeds

GENDERS = ("female", "male")
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")


class UserRecord(Record):
    """A member."""

    # Namesakes exist; dbt gives those that are too many another family name of their culture.
    natural_key = None

    full_name: CleanLine = Field(
        min_length=3, max_length=60, description="given and family name in Latin letters, given name first"
    )

    @field_validator("full_name")
    @classmethod
    def _check_name(cls, name: str, info: ValidationInfo) -> str:
        name = PERSON.apply(CURLY.apply(romanize(name), info.context), info.context)
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name[:60]!r} is not a name")
        # There are people with a single name.
        if name.count(" ") > 4:
            raise ValueError(f"a name has one to five words, {name!r} has {name.count(' ') + 1}")
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class UserStratum(Stratum):
    """Culture and city hold for the record; gender and initial are hints against repetition."""

    culture: str
    gender: str
    initial: str
    city: str


def plan_users(context: PlanContext) -> Iterator[UserStratum]:
    """Plan cultures by their shares, and homes by drawing."""
    weights = {name: culture.weight for name, culture in context.seeds.cultures.items()}
    milestones = find_milestones(context.seeds, "users")
    homes = {culture: _city_weights(context.seeds, culture) for culture in weights}
    anywhere = _city_weights(context.seeds, EVERY_CULTURE)
    cultures = apportioned_sequence(weights, context.seed, "users", "culture", milestones=milestones)
    for position, culture in enumerate(cultures, start=1):
        key = (context.seed, "users", position)
        at_home = homes[culture] and draw_unit(*key, "at home") < context.home_city_share
        yield UserStratum(
            culture=culture,
            gender=draw_one(GENDERS, *key, "gender"),
            initial=draw_one(context.seeds.cultures[culture].initials, *key, "initial"),
            city=draw_weighted(homes[culture] if at_home else anywhere, *key, "city"),
        )


def _city_weights(seeds: Seeds, culture: str) -> dict[str, int]:
    return {city.city: city.weight for city in seeds.cities if city.is_home_of(culture)}


def _describe_user(stratum: UserStratum, seeds: Seeds) -> str:
    label = seeds.cultures[stratum.culture].label
    return f"culture: {label}; gender: {stratum.gender}; initial: {stratum.initial}"


def _find_user_echo(stratum: UserStratum, seeds: Seeds) -> str:
    culture = seeds.cultures.get(stratum.culture)
    return culture.label if culture else join_echo(stratum.culture)


USERS = Entity(
    "users",
    record=UserRecord,
    stratum=UserStratum,
    sequence=plan_users,
    find_echo=_find_user_echo,
    list_echoes=lambda seeds: tuple(culture.label for culture in seeds.cultures.values()),
    label="full_name",
    similar_by=("culture", "initial"),
    output_tokens=19,
    refused_share=0.02,
    example={"n": 1, "about": "Icelandic", "full_name": "Hrafnhildur Eldjarn"},
    prompt=PromptTemplate(
        version=4,
        task="Invent members of a ticketing club. Each has the culture and gender stated, and a given name "
        "that begins with the initial. No two have the same name.",
        forbids_facts=False,
        describe_item=_describe_user,
    ),
)
