"""Reads lines that anybody's agent has written: a mistake is named by its key, with what is right."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from agentic.actions import read_actions, read_argument_kinds
from agentic.predictions.prediction import Prediction

FIELDS = ", ".join(Prediction.__dataclass_fields__)
NEEDED = ("ticket_id", "article_ids", "action")
RIGHT = {
    "ticket_id": 'a text such as "t_00001"',
    "article_ids": 'a list of texts such as ["kb_00009", "kb_00002"]',
    "action": "one of {actions}",
    "arguments": 'an object such as {"reservation_id": "r_00001", "amount": "42.00"}',
    "reply": 'a text such as "You get $42.00 back."',
}
OLD_NAME = "action_arguments"
RIGHT_ARGUMENT = {
    "money": 'a text or a number such as "42.00"',
    "count": 'a text or a whole number such as "2"',
    "text": 'a text such as "r_00001"',
}


def read_line(line: bytes) -> Prediction:
    """Read one line; a key that no prediction has is passed over, and `arguments` may have its old name.

    Raises:
        ValueError: the line is no prediction; the message names the key and what is right.
    """
    row = read_object(line)
    if has_old_name(row):
        if "arguments" in row:
            raise ValueError(f"`arguments` stands there twice, once as `{OLD_NAME}`, its old name. Keep one of them")
        row["arguments"] = row.pop(OLD_NAME)
    for key in NEEDED:
        if key not in row:
            raise ValueError(f"`{key}` is missing. A line is an object with {FIELDS}")
    for key in ("ticket_id", "action", "reply"):
        if not isinstance(row.get(key, ""), str):
            _refuse(key, row[key])
    ids, arguments = row["article_ids"], row.get("arguments", {})
    if not isinstance(ids, list) or not all(isinstance(name, str) for name in ids):
        _refuse("article_ids", ids)
    if row["action"] not in read_actions():
        near = difflib.get_close_matches(row["action"], read_actions(), 1)
        hint = f". Did you mean {near[0]}?" if near else ""
        raise ValueError(f"`action` {quote(row['action'])} is not known; right is {_describe('action')}{hint}")
    if not isinstance(arguments, dict):
        _refuse("arguments", arguments)
    texts = {name: _read_argument(row["action"], name, value) for name, value in arguments.items()}
    kept = {name: text for name, text in texts.items() if text is not None}
    return Prediction(
        ticket_id=row["ticket_id"], article_ids=ids, action=row["action"], arguments=kept, reply=row.get("reply", "")
    )


def has_old_name(row: dict[str, Any]) -> bool:
    """Whether a line is of the time when `arguments` had the name that the answer key had for it then."""
    return OLD_NAME in row


def split_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Return the lines that hold something, with their numbers; a newline alone ends one, as in JSON Lines."""
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield number, line


def read_object(line: bytes) -> dict[str, Any]:
    """Read the object of a line; half a surrogate pair, which a model may leave behind, is taken as it is.

    Raises:
        ValueError: the line is no object of JSON in UTF-8.
    """
    try:
        row = json.loads(line.decode("utf-8", "surrogatepass"), parse_float=Decimal, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start + 1}). Save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        message = f"is no JSON: {error.msg} at character {error.pos + 1}. A line is an object with {FIELDS}"
        raise ValueError(message) from error
    except RecursionError as error:
        raise ValueError(f"is nested too deep. A line is an object with {FIELDS}") from error
    if not isinstance(row, dict):
        raise ValueError(f"is {_name_type(row)}. A line is an object with {FIELDS}")
    return row


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"holds {name}, which is no number of JSON")


def _read_argument(action: str, name: str, value: object) -> str | None:
    """Return an argument as text, or None for one that the action does not know."""
    if name not in read_actions()[action].arguments:
        return value if isinstance(value, str) else None
    kind = read_argument_kinds()[name]
    if isinstance(value, str):
        return value
    if kind == "text" and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    if kind in ("money", "count") and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:f}" if isinstance(value, Decimal) and abs(value.adjusted()) < 30 else str(value)
    return _refuse(f"arguments.{name}", value, RIGHT_ARGUMENT[kind])


def _refuse(key: str, value: object, right: str | None = None) -> NoReturn:
    wrong = [part for part in value if not isinstance(part, str)] if isinstance(value, list) else []
    found = f"a list that holds {_name_type(wrong[0])}" if wrong else _name_type(value)
    raise ValueError(f"`{key}` is {found}; right is {right or _describe(key)}")


def _describe(key: str) -> str:
    return RIGHT[key].replace("{actions}", ", ".join(read_actions()))


def _name_type(value: object) -> str:
    names = {bool: "true or false", str: "a text", list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), "a number")


def quote(text: str) -> str:
    """Quote a text on one line, in characters that every terminal has."""
    return json.dumps(text if len(text) <= 60 else f"{text[:60]}...")
