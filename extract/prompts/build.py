"""Prompts: built from the record model and the plan items, so that the prompt cannot drift from either."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extract.entities import get_entity
from extract.entities.text_rules import clean_line
from extract.planning.batch import BatchRequest
from extract.planning.seeds import Seeds
from extract.prompts.structure import RECORDS, TOOL_NAME, Schema, Structure, make_text_schema, make_tool_schema

_FACTS = (
    "Never write a price, a date, a month, a year, an order number, an e-mail address or a link: such facts "
    "are filled in later."
)
_SLOTS = "The only way to mention one is a slot in single braces, from the list given."
_OBJECT = (
    'has the fields above and "n", the number of the item it answers, and "about", the words in quotes that this '
    "item begins with."
)
_FORMS: Mapping[Structure, str] = {
    Structure.TOOL: f'Call the tool {TOOL_NAME} once, with all records in its list "{RECORDS}". Each {_OBJECT}',
    Structure.JSON_SCHEMA: f'Answer with one JSON object, which has all records in its list "{RECORDS}". '
    f"Each {_OBJECT}",
    Structure.PLAIN: f"Answer with JSON lines and nothing else: one object a line, one line for each item. "
    f"Each {_OBJECT}",
}
# So much of a reason is told again: what was wrong, and not all of what was written.
_REASON_LENGTH = 160


@dataclass(frozen=True)
class Prompt:
    """An instruction: what holds for every call of an entity, and what this call is to write.

    Attributes:
        system: what holds for every call.
        user: what this call is to write.
        structure: how the model is held to the form of its answer.
        schema: the form, where the service is told it.
    """

    system: str
    user: str
    structure: Structure = Structure.PLAIN
    schema: Schema | None = None

    @property
    def text(self) -> str:
        """Both parts, for models that take one text."""
        return f"{self.system}\n\n{self.user}" if self.system else self.user

    @property
    def sent(self) -> str:
        """All that counts as input: both parts, and the schema."""
        return self.text if self.schema is None else f"{self.text}\n\n{json.dumps(self.schema)}"


def build_prompt(
    request: BatchRequest, seeds: Seeds, label_limit: int, structure: Structure = Structure.PLAIN
) -> Prompt:
    """Build the instruction for one call.

    Args:
        request: what to write.
        seeds: where the items' descriptions come from.
        label_limit: how many of the existing names or titles to list, the nearest ones.
        structure: how the model is held to the form of its answer.
    """
    entity = get_entity(request.entity)
    strata = [item.stratum for item in request.items]
    echoes = [entity.find_echo(stratum, seeds) for stratum in strata]
    described = [entity.prompt.describe_item(stratum, seeds) for stratum in strata]
    items = [f'{n}. "{echo}"; {text}' for n, (echo, text) in enumerate(zip(echoes, described, strict=True), start=1)]
    system = [
        entity.prompt.task,
        "Fields of each record:\n" + "\n".join(describe_fields(request.entity)),
        _describe_facts(request.entity),
        _FORMS[structure],
        _show_example(request.entity) if structure is Structure.PLAIN else "",
    ]
    user = [
        _describe_slots(request, seeds),
        entity.prompt.explain_terms(strata, seeds),
        f"Write {len(items)} records, one for each item:\n" + "\n".join(items),
        _describe_reasons(request),
        _describe_existing(request.existing_labels, label_limit),
    ]
    return Prompt(
        system=_join(system),
        user=_join(user),
        structure=structure,
        schema=_make_schema(request.entity, echoes, structure),
    )


def _join(sections: Sequence[str]) -> str:
    return "\n\n".join(section for section in sections if section)


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


def _make_schema(entity: str, echoes: Sequence[str], structure: Structure) -> Schema | None:
    if structure is Structure.TOOL:
        return make_tool_schema(entity, echoes)
    return make_text_schema(entity) if structure is Structure.JSON_SCHEMA else None


def _show_example(entity: str) -> str:
    """Show one whole record of another kind: a small model follows a form that it sees better than one it is told."""
    known = get_entity(entity)
    record = {name: known.example[name] for name in ("n", "about", *known.record_columns)}
    shown = json.dumps(record, ensure_ascii=False)
    return f"An example of a line, of a kind that is not asked for; it shows the form and is no answer:\n{shown}"


def _describe_facts(name: str) -> str:
    entity = get_entity(name)
    if not entity.prompt.forbids_facts:
        return ""
    return f"{_FACTS} {_SLOTS}" if entity.has_slots else _FACTS


def _describe_slots(request: BatchRequest, seeds: Seeds) -> str:
    entity = get_entity(request.entity)
    if not entity.prompt.lists_slots:
        return ""
    allowed = {name for item in request.items for name in entity.find_slots(item.stratum, seeds)}
    if not allowed:
        return ""
    described = {row.slot: f"{row.description}, such as {row.example}" for row in seeds.slots}
    return "\n".join(["Slots:", *(f"- {{{name}}}: {described[name]}" for name in sorted(allowed))])


def _describe_reasons(request: BatchRequest) -> str:
    """Say why the last record of an item was refused, so that the next one is not refused for the same."""
    told = [
        f"- {n}: {clean_line(reason[:_REASON_LENGTH])}"
        for n, item in enumerate(request.items, start=1)
        if (reason := request.reasons.get(item.position))
    ]
    return "\n".join(["These items were written before and refused; mind the reason:", *told]) if told else ""


def _describe_existing(labels: Sequence[str], limit: int) -> str:
    nearest = labels[max(len(labels) - limit, 0) :] if limit else ()
    listed = json.dumps(list(nearest), ensure_ascii=False)
    return f"These exist already, write something else: {listed}" if nearest else ""
