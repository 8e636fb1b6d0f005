"""Prompts: built from the record model and the plan items, so that neither can drift from what is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence

from extract.entities import find_slots
from extract.providers.base import BatchRequest
from extract.records import RECORDS
from extract.seeds import Seeds
from extract.strata import ArticleStratum, PlanItem, TicketStratum, UserStratum

# Raised by hand whenever the words of an entity's prompt change, so that replies can be told apart.
PROMPT_VERSIONS = {
    "users": "users-1",
    "venues": "venues-1",
    "events": "events-1",
    "kb_articles": "kb_articles-1",
    "tickets": "tickets-1",
}

_TASKS = {
    "users": "Invent members of a ticketing club. Names fit the culture and differ from each other.",
    "venues": "Invent venues of the San Francisco Bay Area. Use real streets, no real venue.",
    "events": "Invent events at venues of the San Francisco Bay Area. Use no real artist, team or company.",
    "kb_articles": "Write help articles of EventHub, a subscription club for event tickets, for its members.",
    "tickets": "Write what members of EventHub, a subscription club for event tickets, say to its support.",
}
_FACTS = (
    "Never write a price, a date, a month, a year, an order number, an e-mail address or a link: such facts "
    "are filled in later. The only way to mention one is a slot in single braces, from the list given."
)


def build_prompt(request: BatchRequest, seeds: Seeds, avoid_limit: int) -> str:
    """Build the whole instruction for one call, to be sent as one user turn.

    Args:
        request: what to write.
        seeds: where the items' descriptions come from.
        avoid_limit: how many of the taken names or titles to list, the latest ones.
    """
    size = len(request.items)
    sections = [
        _TASKS[request.entity],
        "Fields of each record:\n" + "\n".join(describe_fields(request.entity)),
        _describe_slots(request, seeds),
        f"Write {size} records, one for each item:\n" + "\n".join(_describe_items(request.items, seeds)),
        _describe_taken(request.avoid, avoid_limit),
        f"Answer with a JSON array of {size} objects and nothing else. Each object has the fields above and "
        '"n", the number of the item it answers.',
    ]
    return "\n\n".join(section for section in sections if section)


def describe_fields(entity: str) -> list[str]:
    """Describe each field of a record in one line: name, type, meaning and limits."""
    properties = RECORDS[entity].model_json_schema()["properties"]
    return [f"- {name}: {_describe_field(schema)}" for name, schema in properties.items()]


def _describe_field(schema: dict[str, object]) -> str:
    limits = {
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "minItems": "at least {} items",
        "maxItems": "at most {} items",
    }
    stated = [text.format(schema[name]) for name, text in limits.items() if name in schema]
    kind = "a list of texts" if schema["type"] == "array" else "text"
    return ", ".join([kind, str(schema["description"]), *stated])


def _describe_slots(request: BatchRequest, seeds: Seeds) -> str:
    allowed = {name for item in request.items for name in find_slots(request.entity, item.stratum, seeds)}
    if not allowed:
        return "" if request.entity == "users" else _FACTS.partition(" The only way")[0]
    described = {row.slot: f"{row.description}, such as {row.example}" for row in seeds.slots}
    described |= {row.policy: f"{row.description} (in {row.unit})" for row in seeds.policies}
    lines = [f"- {{{name}}}: {described[name]}" for name in sorted(allowed)]
    return "\n".join([_FACTS, "Slots:", *lines])


def _describe_items(items: Sequence[PlanItem], seeds: Seeds) -> list[str]:
    return [f"{n}. {_describe_item(item, seeds)}" for n, item in enumerate(items, start=1)]


def _describe_item(item: PlanItem, seeds: Seeds) -> str:
    stated = "; ".join(f"{name}: {value}" for name, value in item.stratum.to_dict().items())
    return "; ".join([stated, *_explain(item, seeds)])


def _explain(item: PlanItem, seeds: Seeds) -> list[str]:
    """Add what the stratum's words stand for."""
    stratum = item.stratum
    if isinstance(stratum, UserStratum):
        return [
            f"the name is {seeds.cultures[stratum.culture].label}",
            f"the given name begins with {stratum.initial}",
        ]
    if isinstance(stratum, ArticleStratum):
        return [next(f"about {row.brief}" for row in seeds.article_topics if row.topic == stratum.topic)]
    if isinstance(stratum, TicketStratum):
        slots = sorted(find_slots("tickets", stratum, seeds))
        return [
            seeds.scenarios[stratum.scenario].description,
            f"voice: {seeds.tones[stratum.tone].description}",
            f"slots that may be used: {' '.join(slots)}",
        ]
    return []


def _describe_taken(avoid: Sequence[str], limit: int) -> str:
    latest = avoid[len(avoid) - limit :] if limit and len(avoid) > limit else avoid[: limit or 0]
    return "These exist already, do not repeat them: " + json.dumps(list(latest)) if latest else ""
