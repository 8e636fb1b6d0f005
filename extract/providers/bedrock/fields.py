"""Fields of a reply's body, whatever stands in them: what is written down of a reply can be read back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from extract.errors import CallFailed

# A reply of more tokens than this is a broken count.
MOST_TOKENS = 2**31
# Parts that hold what a model thinks before it answers.
_THOUGHT = re.compile(r"think|thought|reason|redacted", re.I)
_KINDS = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object"}


def read_text(content: object) -> str:
    """Read a reply's text: null is an empty one, the texts in a list of parts are joined.

    A reply that calls a tool says in its input what was asked for, and beside it at most that it does so.

    Raises:
        CallFailed: it is anything else.
    """
    parts = content if isinstance(content, list) else [content]
    calls = [call for part in parts if (call := _read_call(part))] if parts is content else []
    return "\n".join(calls) or "".join(_read_part(part, content is parts) for part in parts)


def _read_call(part: object) -> str:
    """Read the input of a tool as JSON, in the form of Converse or of Claude; empty where a part is none."""
    fields = read_object(part)
    called = fields if fields.get("type") == "tool_use" else fields.get("toolUse")
    given = read_object(called).get("input")
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False) if given else ""


def _read_part(part: object, is_listed: bool) -> str:
    if part is None:
        return ""
    if isinstance(part, str):
        return part
    if is_listed and isinstance(part, dict):
        text = None if _THOUGHT.search(str(part.get("type", ""))) else part.get("text")
        if text is None or isinstance(text, str):
            return text or ""
        part = text
    raise CallFailed(
        "UnreadableReply", f"the reply holds {_name_kind(part)} in the place of its text", may_be_billed=True
    )


def _name_kind(value: object) -> str:
    return _KINDS.get(type(value), type(value).__name__)


def read_reason(reason: object) -> str:
    """Read why a reply ended; what is no text is no reason that anybody knows."""
    return reason if isinstance(reason, str) and reason else "not stated"


def read_object(value: object) -> Mapping[str, Any]:
    """Read what should be an object; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def read_count(value: object) -> int | None:
    """Read a number of tokens; None where there is none."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 12:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < MOST_TOKENS:
        return None
    return int(value)


def add_counts(*values: object) -> int | None:
    """Add numbers of tokens, as far as they are there; None where none is."""
    counts = [count for value in values if (count := read_count(value)) is not None]
    return sum(counts) if counts else None
