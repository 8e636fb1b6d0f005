"""The form of an answer: a schema of the records, for models that the service holds to one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from extract.entities import get_entity
from extract.planning.seeds import Model

Schema = dict[str, Any]
TOOL_NAME = "give_records"
TOOL_DESCRIPTION = "Takes the records that were asked for, all of them in one call."
RECORDS = "records"


class Structure(StrEnum):
    """How a model is held to the form of an answer.

    TOOL: it must call a tool whose input is the answer. JSON_SCHEMA: the service lets it write nothing but JSON of
    a schema. PLAIN: nothing but the prompt says it.
    """

    TOOL = "tool"
    JSON_SCHEMA = "json_schema"
    PLAIN = "plain"


def list_structures(model: Model) -> tuple[Structure, ...]:
    """List how a model can be held to a form, the best first; any can be told it.

    A tool's schema may name what each call asks for, while a schema of the service is the same for every call.
    """
    taken = {Structure.TOOL: model.takes_tools, Structure.JSON_SCHEMA: model.takes_json_schema, Structure.PLAIN: True}
    return tuple(structure for structure, is_taken in taken.items() if is_taken)


def make_tool_schema(entity: str, echoes: Sequence[str]) -> Schema:
    """Make the schema of one call: as many records as items, and of what was asked only.

    Limits of length are left to the prompt and the validator: not every model's subset of JSON schema has them.
    """
    count = len(echoes)
    items = _make_record(entity, {"type": "string", "enum": list(dict.fromkeys(echoes))})
    return _wrap({"type": "array", "items": items, "minItems": count, "maxItems": count})


@cache
def make_text_schema(entity: str) -> Schema:
    """Make the schema of every call of an entity.

    A service compiles a schema that it has not seen, which can take minutes; so nothing in it changes from call to
    call. It refuses numbers of items above one, and objects that do not close themselves.
    """
    closed = {**_make_record(entity, {"type": "string"}), "additionalProperties": False}
    return {**_wrap({"type": "array", "items": closed}), "additionalProperties": False}


def _make_record(entity: str, about: Schema) -> Schema:
    columns = get_entity(entity).record_columns
    fields = {name: _make_field(kind) for name, kind in columns.items()}
    properties = {"n": {"type": "integer"}, "about": about, **fields}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _make_field(kind: object) -> Schema:
    return {"type": "string"} if kind is str else {"type": "array", "items": {"type": "string"}}


def _wrap(array: Schema) -> Schema:
    return {"type": "object", "properties": {RECORDS: array}, "required": [RECORDS]}
