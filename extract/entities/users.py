"""Users: the members of the club."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from extract.entities.base import CleanLine, Entity, PromptTemplate, Record
from extract.entities.text_rules import make_key, romanize
from extract.entities.texts.mends import CURLY, PERSON
from extract.planning.apportionment import apportioned_sequence
from extract.planning.draws import draw_one, draw_unit, draw_weighted
from extract.planning.plan import PlanContext, Stratum, find_milestones
from extract.planning.seeds import EVERY_CULTURE, Seeds

GENDERS = ("female", "male")
# Letters that given names begin with often enough in most cultures.
INITIALS = "ABCDEFGHIJKLMNOPRSTVWYZ"
RESERVED_DOMAINS = ("example.com", "example.org", "example.net")
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")
_LOCAL_PART = re.compile(r"[a-z0-9]+(?:[._+-][a-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")


class UserRecord(Record):
    """A member."""

    natural_key = "email"

    full_name: CleanLine = Field(
        min_length=3, max_length=60, description="given and family name in Latin letters, given name first"
    )
    email: CleanLine = Field(
        max_length=100, description="an e-mail address such as this person would have, made from the name"
    )

    @classmethod
    def read_key(cls, fields: Mapping[str, Any]) -> str:
        return str(fields["email"])

    @classmethod
    def read_near_key(cls, fields: Mapping[str, Any]) -> str:
        # Namesakes exist, but a writer who repeats names has run out of ideas.
        return make_key(fields["full_name"])

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

    @field_validator("email")
    @classmethod
    def _check_email(cls, email: str, info: ValidationInfo) -> str:
        local, _, domain = email.lower().partition("@")
        if not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(domain):
            raise ValueError(f"{email!r} is not an e-mail address")
        if (info.context or {}).get("email_domains") != "realistic":
            domain = RESERVED_DOMAINS[zlib.crc32(local.encode()) % len(RESERVED_DOMAINS)]
        return f"{local}@{domain}"

    @model_validator(mode="after")
    def _check_email_fits_name(self) -> UserRecord:
        local = self.email.partition("@")[0]
        words = make_key(self.full_name).split()
        if not any(word[:3] in local for word in words if len(word) > 1):
            raise ValueError(f"the e-mail {local}@ does not fit the name {self.full_name}")
        return self


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
            initial=draw_one(INITIALS, *key, "initial"),
            city=draw_weighted(homes[culture] if at_home else anywhere, *key, "city"),
        )


def _city_weights(seeds: Seeds, culture: str) -> dict[str, int]:
    return {city.city: city.weight for city in seeds.cities if city.is_home_of(culture)}


def _describe_user(stratum: UserStratum, seeds: Seeds) -> str:
    label = seeds.cultures[stratum.culture].label
    return f"culture: {label}; gender: {stratum.gender}; initial: {stratum.initial}"


USERS = Entity(
    "users",
    record=UserRecord,
    stratum=UserStratum,
    sequence=plan_users,
    label="full_name",
    similar_by=("culture", "initial"),
    output_tokens=36,
    prompt=PromptTemplate(
        version=2,
        task="Invent members of a ticketing club. Each has the culture and gender stated, and a given name "
        "that begins with the initial. No two have the same name.",
        forbids_facts=False,
        describe_item=_describe_user,
    ),
)
