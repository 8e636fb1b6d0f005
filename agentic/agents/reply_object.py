"""Finds the object in what a model says: fenced, with prose around it, after its thoughts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

NAMES = r"think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad"
OPEN = re.compile(rf"<(?:{NAMES})\b[^<>]*>|\[THINK\]", re.I)
CLOSE = re.compile(rf"</(?:{NAMES})\s*>|\[/THINK\]", re.I)
# An answer has few braces and stands at the end; a reply of nothing else is not read for minutes.
MOST_BRACES = 500
# Line breaks within a text are no JSON, and models write them; amounts keep their decimals.
DECODER = json.JSONDecoder(strict=False, parse_float=Decimal)


def find_object(text: str, is_wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
    """Return the last whole object that is wanted: what stands before it are drafts and examples."""
    said = _drop_thoughts(text)
    found, end = None, 0
    for brace in list(re.finditer(r"{", said))[-MOST_BRACES:]:
        if brace.start() < end:
            continue
        try:
            value, after = DECODER.raw_decode(said, brace.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and is_wanted(value):
            found, end = value, after
    return found


def _drop_thoughts(text: str) -> str:
    """Return what stands after the last thought; one that is never closed has no answer after it."""
    closings = list(CLOSE.finditer(text))
    rest = text[closings[-1].end() :] if closings else text
    opening = OPEN.search(rest)
    return rest[: opening.start()] if opening else rest
