"""The entities in the order in which they are pulled: each comes after those it depends on (requirements: pull-order)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.entities.base import Entity

COUNTED = ("users", "venues", "events", "reservations", "kb_articles", "tickets")
# dbt makes the reservations; extract only remembers how many were requested.
PULLED = tuple(name for name in COUNTED if name != "reservations")


def get_entity(name: str) -> Entity[Any]:
    """Give all that is known of an entity that a model writes."""
    return load_entities()[name]


@cache
def load_entities() -> Mapping[str, Entity[Any]]:
    """Load what is known of the entities, by name."""
    # Imported here: records take pydantic, which --help can do without.
    from extract.entities.events import EVENTS
    from extract.entities.kb_articles import KB_ARTICLES
    from extract.entities.tickets import TICKETS
    from extract.entities.users import USERS
    from extract.entities.venues import VENUES

    return {entity.name: entity for entity in (USERS, VENUES, EVENTS, KB_ARTICLES, TICKETS)}
