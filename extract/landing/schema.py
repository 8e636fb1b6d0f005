"""The typed columns of the landing's files, and whether a line has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args, get_origin

from extract.entities import get_entity

VERSION = "schema_version"
Columns = Mapping[str, Any]

_TEXT = {"reply_id": str, "provider": str, "model": str}
CALL_COLUMNS: Columns = {
    "reply_id": str,
    "entity": str,
    "batch_id": str,
    "attempt": int,
    "positions": list[int],
    "provider": str,
    "model": str,
    "prompt_version": str,
    "requested_at": str,
    "latency_ms": int,
    "tries": int,
    "input_tokens": int,
    "output_tokens": int,
    "cost_usd": float | None,
    "stop_reason": str,
}
COUNT_COLUMNS: Columns = {"accepted": int, "rejected": int, "repeated": int}
CALL_FILE: Columns = {**CALL_COLUMNS, **COUNT_COLUMNS}
REPLY_COLUMNS: Columns = {**CALL_COLUMNS, "strata": list[dict[str, Any]], "text": str}
REJECT_COLUMNS: Columns = {"reply_id": str, "position": int | None, "reason": str}


@cache
def list_columns(entity: str) -> dict[str, Any]:
    """Map the columns of an entity's Parquet file to Python types, in their order."""
    known = get_entity(entity)
    return {"position": int, **dict.fromkeys(known.stratum_columns, str), **known.record_columns, **_TEXT}


def find_type_error(line: Mapping[str, Any], columns: Columns) -> str | None:
    """Name the first column that a line lacks or fills with another type, or None."""
    for name, kind in columns.items():
        value = line.get(name)
        # The plain case first: a landing has hundreds of thousands of values.
        if type(value) is not kind and not _fits(value, kind):
            return f"has {name}={value!r:.40}, which is no {getattr(kind, '__name__', kind)}"
    return None


def find_unknown_column(line: Mapping[str, Any], columns: Columns) -> str | None:
    """Name the first value of a line that belongs to no column, or None."""
    if len(line) == len(columns) + 1:
        return None
    unknown = next((name for name in line if name not in columns and name != VERSION), None)
    return f"has {unknown!r:.40}, which is no column" if unknown is not None else None


def _fits(value: object, kind: Any) -> bool:
    if get_origin(kind) is list:
        part = get_origin(get_args(kind)[0]) or get_args(kind)[0]
        return isinstance(value, list) and all(isinstance(item, part) for item in value)
    return isinstance(value, kind) and not isinstance(value, bool)
