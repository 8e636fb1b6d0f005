"""The entities of the landing: their order, what each needs, and what its texts may say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from extract.entities.strata import Stratum, TicketStratum
from extract.errors import UsageError

if TYPE_CHECKING:
    # Reading seeds takes pydantic, which --help can do without.
    from extract.planning.seeds import Seeds

# Guide §10: an entity comes after those it depends on.
PULLED = ("users", "venues", "events", "kb_articles", "tickets")
# dbt deals the reservations; extract only remembers how many were asked.
COUNTED = ("users", "venues", "events", "reservations", "kb_articles", "tickets")
UPSTREAM = {"events": "venues"}

_LINKED_SOURCES = {
    "user": ("user",),
    "event": ("user", "event"),
    "reservation": ("user", "event", "reservation"),
}


def choose_entities(named: Sequence[str], skipped: Sequence[str]) -> tuple[str, ...]:
    """Order what the caller named (or everything), less what is skipped, by dependency.

    Raises:
        UsageError: a word is no entity, or nothing is left.
    """
    for word in (*named, *skipped):
        if word not in COUNTED:
            raise UsageError(f"unknown entity {word!r}; entities are: {', '.join(COUNTED)}")
    chosen = tuple(name for name in COUNTED if name in (named or COUNTED) and name not in skipped)
    if not chosen:
        raise UsageError("nothing is left to pull: every entity named is skipped too")
    return chosen


def find_slots(entity: str, stratum: Stratum, seeds: Seeds) -> frozenset[str]:
    """Name the slots that a text of this stratum may hold, because dbt can fill them from its row."""
    if isinstance(stratum, TicketStratum):
        return _find_ticket_slots(seeds.needs[seeds.scenarios[stratum.scenario].need].links_to, seeds)
    return _find_entity_slots(entity, seeds)


# Cached: they are asked for with every record.
@cache
def _find_entity_slots(entity: str, seeds: Seeds) -> frozenset[str]:
    if entity == "kb_articles":
        return frozenset(policy.policy for policy in seeds.policies)
    return frozenset(slot.slot for slot in seeds.slots if entity == "events" and slot.text == "event")


@cache
def _find_ticket_slots(links_to: str, seeds: Seeds) -> frozenset[str]:
    sources = _LINKED_SOURCES[links_to]
    return frozenset(slot.slot for slot in seeds.slots if slot.text == "ticket" and slot.source in sources)
