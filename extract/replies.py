"""From a reply's text to candidate records: pure, and never more than the text says."""

from __future__ import annotations

import json
from typing import Any

from json_repair import repair_json

Candidate = dict[str, Any]


def parse_candidates(text: str) -> list[Candidate]:
    """Find the JSON objects that a reply offers as records.

    Reads a plain array, an object that wraps one, JSON lines, and JSON that a model has bent (fences, prose
    around it, single quotes, trailing commas). Never raises; a text without records gives an empty list.
    """
    return _find_objects(_load(text))


def _load(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _repair(text)


def _repair(text: str) -> object:
    start = min((i for i in (text.find("["), text.find("{")) if i >= 0), default=-1)
    if start < 0:
        return []
    try:
        return repair_json(text[start:], return_objects=True, skip_json_loads=True)
    except Exception:  # the library may fail in any way on hostile text; then there is nothing to read
        return []


def _find_objects(value: object) -> list[Candidate]:
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    if not isinstance(value, dict):
        return []
    wrapped = [
        part for part in value.values() if isinstance(part, list) and any(isinstance(i, dict) for i in part)
    ]
    return _find_objects(wrapped[0]) if len(wrapped) == 1 else [value]
