"""What is settled about a record before anybody writes it: one stratum a plan position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Stratum:
    """Flat strings that a provider must respect (what it writes about) or may use (what keeps it varied)."""

    def to_dict(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class UserStratum(Stratum):
    """Culture and city hold for the record; gender and initial are hints against repetition."""

    culture: str
    gender: str
    initial: str
    city: str


@dataclass(frozen=True, slots=True)
class VenueStratum(Stratum):
    """Where a venue stands and what it is for."""

    category: str
    region: str
    city: str
    neighborhood: str


@dataclass(frozen=True, slots=True)
class EventStratum(Stratum):
    """The category holds for the record; the kind is what the event is about."""

    category: str
    kind: str


@dataclass(frozen=True, slots=True)
class ArticleStratum(Stratum):
    """The question that an article answers."""

    topic: str
    category: str


@dataclass(frozen=True, slots=True)
class TicketStratum(Stratum):
    """The matter of a ticket and the voice in which it is told."""

    category: str
    scenario: str
    tone: str


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One record to be written.

    Attributes:
        position: 1-based place in the entity's plan; ids follow it.
        stratum: what is settled about it.
        ordinal: how many items of the plan up to this one share its stratum, itself included.
    """

    position: int
    stratum: Stratum
    ordinal: int


STRATA: Mapping[str, type[Stratum]] = {
    "users": UserStratum,
    "venues": VenueStratum,
    "events": EventStratum,
    "kb_articles": ArticleStratum,
    "tickets": TicketStratum,
}


def stratum_columns(entity: str) -> tuple[str, ...]:
    """Name the stratum columns of an entity, in the order in which they land."""
    return tuple(field.name for field in fields(STRATA[entity]))


def number_items(strata: Iterable[Stratum]) -> Iterator[PlanItem]:
    """Turn a sequence of strata into plan items."""
    seen: dict[Stratum, int] = {}
    for position, stratum in enumerate(strata, start=1):
        seen[stratum] = seen.get(stratum, 0) + 1
        yield PlanItem(position, stratum, seen[stratum])
