"""Prompts: built from the record model and the plan items, so that the prompt cannot drift from either."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.entities import get_entity
from extract.planning.batch import BatchRequest
from extract.planning.seeds import Seeds

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


def build_prompt(request: BatchRequest, seeds: Seeds, label_limit: int) -> Prompt:
    """Build the instruction for one call.

    Args:
        request: what to write.
        seeds: where the items' descriptions come from.
        label_limit: how many of the existing names or titles to list, the latest ones.
    """
    template, strata = get_entity(request.entity).prompt, [item.stratum for item in request.items]
    find_echo = get_entity(request.entity).find_echo
    items = [
        f'{n}. "{find_echo(stratum, seeds)}"; {template.describe_item(stratum, seeds)}'
        for n, stratum in enumerate(strata, start=1)
    ]
    system = [
        template.task,
        "Fields of each record:\n" + "\n".join(describe_fields(request.entity)),
        _describe_facts(request.entity),
        'Answer with a JSON array of objects and nothing else. Each object has the fields above and "n", the '
        'number of the item it answers, and "about", the words in quotes that this item begins with.',
    ]
    user = [
        _describe_slots(request, seeds),
        template.explain_terms(strata, seeds),
        f"Write {len(items)} records, one for each item:\n" + "\n".join(items),
        _describe_existing(request.existing_labels, label_limit),
    ]
    return Prompt(*("\n\n".join(section for section in part if section) for part in (system, user)))


@cache
def describe_fields(entity: str) -> tuple[str, ...]:
    """Describe each field of a record in one line: name, type, meaning and limits."""
    properties = get_entity(entity).record.model_json_schema()["properties"]
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


def _describe_facts(name: str) -> str:
    entity = get_entity(name)
    if not entity.prompt.forbids_facts:
        return ""
    return f"{_FACTS} {_SLOTS}" if entity.has_slots else _FACTS


def _describe_slots(request: BatchRequest, seeds: Seeds) -> str:
    find_slots = get_entity(request.entity).find_slots
    allowed = {name for item in request.items for name in find_slots(item.stratum, seeds)}
    if not allowed:
        return ""
    described = {row.slot: f"{row.description}, such as {row.example}" for row in seeds.slots}
    described |= {row.policy: f"{row.description} (in {row.unit})" for row in seeds.policies}
    return "\n".join(["Slots:", *(f"- {{{name}}}: {described[name]}" for name in sorted(allowed))])


def _describe_existing(labels: Sequence[str], limit: int) -> str:
    latest = labels[max(len(labels) - limit, 0) :] if limit else ()
    listed = json.dumps(list(latest), ensure_ascii=False)
    return f"These exist already, write something else: {listed}" if latest else ""
