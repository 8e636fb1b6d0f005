"""Prompts: built from the record model and the plan items, so that neither can drift from what is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.entities import find_slots
from extract.entities.records import RECORDS
from extract.entities.strata import ArticleStratum, PlanItem, Stratum, TicketStratum, UserStratum
from extract.planning.seeds import Seeds
from extract.providers.base import BatchRequest

# Raised by hand whenever the words of an entity's prompt change, so that replies can be told apart.
PROMPT_VERSIONS = {
    "users": "users-2",
    "venues": "venues-2",
    "events": "events-2",
    "kb_articles": "kb_articles-2",
    "tickets": "tickets-3",
}

_TASKS = {
    "users": "Invent members of a ticketing club. Each has the culture and gender stated, and a given name "
    "that begins with the initial. No two have the same name.",
    "venues": "Invent venues of the San Francisco Bay Area. Use real streets, no real venue.",
    "events": "Invent events at venues of the San Francisco Bay Area. Use no real artist, team or company.",
    "kb_articles": "Write help articles of EventHub, a subscription club for event tickets, for its members. "
    "State a rule, a time limit or a fee only through its slot, never as a number or in words.",
    "tickets": "Write what members of EventHub, a subscription club for event tickets, say to its support. "
    "No two say the same. No message holds a digit, a weekday, or a count of days, weeks or months.",
}
_FACTS = (
    "Never write a price, a date, a month, a year, an order number, an e-mail address or a link: such facts "
    "are filled in later."
)
_SLOTS = "The only way to mention one is a slot in single braces, from the list given."


@dataclass(frozen=True)
class Prompt:
    """An instruction: what holds for every call of an entity, and what this call is to write."""

    system: str
    user: str

    @property
    def text(self) -> str:
        """Both parts, for models that take one text."""
        return f"{self.system}\n\n{self.user}" if self.system else self.user


def build_prompt(request: BatchRequest, seeds: Seeds, similar_limit: int) -> Prompt:
    """Build the instruction for one call.

    Args:
        request: what to write.
        seeds: where the items' descriptions come from.
        similar_limit: how many of the similar names or titles to list, the latest ones.
    """
    size = len(request.items)
    system = [
        _TASKS[request.entity],
        "Fields of each record:\n" + "\n".join(describe_fields(request.entity)),
        _describe_facts(request.entity),
        'Answer with a JSON array of objects and nothing else. Each object has the fields above and "n", the '
        "number of the item it answers.",
    ]
    user = [
        _describe_slots(request, seeds),
        _describe_voices(request, seeds),
        f"Write {size} records, one for each item:\n" + "\n".join(_describe_items(request.items, seeds)),
        _describe_similar(request.similar, similar_limit),
    ]
    return Prompt(*("\n\n".join(section for section in part if section) for part in (system, user)))


@cache
def describe_fields(entity: str) -> tuple[str, ...]:
    """Describe each field of a record in one line: name, type, meaning and limits."""
    properties = RECORDS[entity].model_json_schema()["properties"]
    return tuple(f"- {name}: {_describe_field(schema)}" for name, schema in properties.items())


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


def _describe_facts(entity: str) -> str:
    if entity == "users":
        return ""
    return _FACTS if entity == "venues" else f"{_FACTS} {_SLOTS}"


def _describe_slots(request: BatchRequest, seeds: Seeds) -> str:
    allowed = {name for item in request.items for name in find_slots(request.entity, item.stratum, seeds)}
    if not allowed:
        return ""
    described = {row.slot: f"{row.description}, such as {row.example}" for row in seeds.slots}
    described |= {row.policy: f"{row.description} (in {row.unit})" for row in seeds.policies}
    return "\n".join(["Slots:", *(f"- {{{name}}}: {described[name]}" for name in sorted(allowed))])


def _describe_voices(request: BatchRequest, seeds: Seeds) -> str:
    """Say once what the items' one-word voices and slot sets mean."""
    strata = [item.stratum for item in request.items if isinstance(item.stratum, TicketStratum)]
    if not strata:
        return ""
    voices = [f"- {tone}: {seeds.tones[tone].description}" for tone in sorted({s.tone for s in strata})]
    sets = {_name_slot_set(stratum, seeds): find_slots("tickets", stratum, seeds) for stratum in strata}
    lines = [f"- {name}: {' '.join(sorted(slots))}" for name, slots in sorted(sets.items())]
    return "\n".join(["Voices:", *voices, "", "Slots that an item may use, by what it is about:", *lines])


def _name_slot_set(stratum: TicketStratum, seeds: Seeds) -> str:
    return seeds.needs[seeds.scenarios[stratum.scenario].need].links_to


def _describe_items(items: Sequence[PlanItem], seeds: Seeds) -> list[str]:
    return [f"{n}. {_describe_stratum(item.stratum, seeds)}" for n, item in enumerate(items, start=1)]


def _describe_stratum(stratum: Stratum, seeds: Seeds) -> str:
    """Describe an item in as few words as tell it from others."""
    if isinstance(stratum, UserStratum):
        label = seeds.cultures[stratum.culture].label
        return f"culture: {label}; gender: {stratum.gender}; initial: {stratum.initial}"
    if isinstance(stratum, ArticleStratum):
        brief = next(row.brief for row in seeds.article_topics if row.topic == stratum.topic)
        return f"category: {stratum.category}; topic: {stratum.topic}; about {brief}"
    if isinstance(stratum, TicketStratum):
        matter = seeds.scenarios[stratum.scenario].description
        return f"voice: {stratum.tone}; about: {_name_slot_set(stratum, seeds)}; {matter}"
    return "; ".join(f"{name}: {value}" for name, value in stratum.to_dict().items() if value)


def _describe_similar(similar: Sequence[str], limit: int) -> str:
    latest = similar[max(len(similar) - limit, 0) :] if limit else ()
    listed = json.dumps(list(latest), ensure_ascii=False)
    return f"These exist already, write something else: {listed}" if latest else ""
