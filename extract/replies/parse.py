"""From a reply's text to candidate records: pure, and never more than the text says."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

Candidate = dict[str, Any]

# Stop reasons of Converse, to which the native ones are brought.
WHOLE = frozenset({"end_turn", "stop_sequence"})
CUT = frozenset({"max_tokens", "model_context_window_exceeded"})

# A reply holds some dozens of records; one with more brackets than this that lead nowhere holds none.
MOST_DEAD_ENDS = 500

# An object begins with a name; a slot, a brace in prose or one at the start of a text does not.
_BRACE = re.compile(r"(?<![\"'“])\{(?=\s*(?:[\"'“‘]|[A-Za-z_]\w*\s*:))")
_CLOSING = re.compile(r"\}")
_QUOTE = re.compile(r"[\"'“]")
_BRACKET = re.compile(r"\[|" + _BRACE.pattern)
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|“[^”]*”", re.S)
_DECODER = json.JSONDecoder(strict=False)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_ -]{0,40}")
# A record that is bent may also be cut: it is whole if its last brace closes a value, and not a slot.
_ENDS_WHOLE = re.compile(r"(?:[\"'”’\]\d,]|\b(?:true|false|null|none))\s*\}[\s\]\)},;`]*$", re.I)


@dataclass(frozen=True)
class Reading:
    """What a reply offers.

    Attributes:
        candidates: the objects that may be records.
        problem: why there are none, or not as many as there could be; empty if all is well.
    """

    candidates: list[Candidate]
    problem: str = ""


def read_reply(text: str, stop_reason: str) -> Reading:
    """Read a reply by how it ended: one that the limit has cut keeps its whole records only."""
    if stop_reason in WHOLE:
        candidates = parse_candidates(text)
        return Reading(candidates, "" if candidates else "the reply holds no records")
    if stop_reason in CUT:
        return Reading(parse_candidates(text), f"the reply was cut: {stop_reason}")
    return Reading([], f"the reply ended for another reason: {stop_reason[:60]}")


def parse_candidates(text: str) -> list[Candidate]:
    """Find the JSON objects that a reply offers as records.

    Reads a plain array, an object that wraps one, JSON lines, objects written as texts, and JSON that a model
    has bent (fences, prose around it, single quotes, trailing commas, Python literals). Never raises, never
    closes an object that the text leaves open; a text without records gives an empty list.
    """
    try:
        whole = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        whole = _evaluate(text.strip())
    if whole is not None:
        return _find_objects(whole)
    return [candidate for piece in _split(text) for candidate in _find_objects(piece)]


def _split(text: str) -> Iterator[object]:
    """Yield the values in a text that is not JSON as a whole, each read by itself, in their order."""
    end = dead_ends = 0
    while dead_ends < MOST_DEAD_ENDS and (found := _BRACKET.search(text, end)):
        start = found.start()
        try:
            value, end = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            value, end = None, start + 1
            if found[0] == "{":
                following = _BRACE.search(text, end)
                end = following.start() if following else len(text)
                value = _read_bent(text[start:end])
        dead_ends += value is None
        yield value


def _read_bent(text: str) -> Candidate | None:
    """Read the object that a text begins with, if it is closed: as a Python literal, or else mended."""
    for brace in islice(_CLOSING.finditer(text), MOST_DEAD_ENDS):
        value = _evaluate(text[: brace.end()])
        if isinstance(value, dict):
            return value
    return _mend(text[: text.rfind("}") + 1])


def _evaluate(text: str) -> list[Any] | dict[Any, Any] | None:
    """Read what has single quotes, trailing commas, True or None."""
    if not text.startswith(("[", "{")):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(text)
    except Exception:  # hostile text can fail in any way; then it is not Python
        return None
    return value if isinstance(value, list | dict) else None


def _mend(text: str) -> Candidate | None:
    """Mend a closed object, unless that changes what it says."""
    if not _ENDS_WHOLE.search(text) or _QUOTE.search(_QUOTED.sub("", text)):
        return None
    # Imported here: it takes longer to load than to read many a run's replies, most of which need no mending.
    from json_repair import repair_json

    try:
        value = repair_json(text, return_objects=True, skip_json_loads=True)
    except Exception:  # the library may fail in any way on hostile text; then there is nothing to read
        return None
    return value if isinstance(value, dict) and _is_grounded(value, text) else None


def _is_grounded(candidate: Candidate, text: str) -> bool:
    """Tell whether each word of a mended object stands in the text as it is, between quotes."""
    return all(_NAME.fullmatch(name) for name in candidate) and all(
        _find_quoted(word, text) for part in candidate.values() for word in _list_words(part)
    )


def _find_quoted(word: str, text: str) -> bool:
    forms = "|".join(re.escape(form) for form in {word, json.dumps(word)[1:-1], repr(word)[1:-1]})
    return re.search(rf"[\"'“](?:{forms})[\"'”]\s*[,:\]}}]", text) is not None


def _list_words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (word for part in value.values() for word in _list_words(part))
    elif isinstance(value, list):
        yield from (word for part in value for word in _list_words(part))


def _find_objects(value: object, depth: int = 0) -> list[Candidate]:
    """Find the records in a value: its objects, those that it wraps, and those it holds as texts."""
    if isinstance(value, str) and depth < 3:
        return _find_objects(_load_text(value), depth + 1)
    if isinstance(value, list):
        return [found for item in value for found in _find_item(item, depth)]
    if not isinstance(value, dict):
        return []
    wrapped = [part for part in value.values() if isinstance(part, list) and any(map(_is_record, part))]
    return _find_objects(wrapped[0], depth) if len(wrapped) == 1 else [value] if value else []


def _find_item(item: object, depth: int) -> list[Candidate]:
    if isinstance(item, dict):
        return [item]
    if isinstance(item, list) and depth < 3:
        return _find_objects(item, depth + 1)
    # A list of texts that are objects is a list of objects; any other text is not a record.
    if isinstance(item, str) and depth < 3:
        loaded = _load_text(item)
        return [loaded] if isinstance(loaded, dict) else []
    return []


def _is_record(item: object) -> bool:
    return isinstance(item, dict) or (isinstance(item, str) and isinstance(_load_text(item), dict))


def _load_text(text: str) -> object:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value
