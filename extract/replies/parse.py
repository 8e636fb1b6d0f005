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

from extract.replies.candidates import Candidate
from extract.replies.numbering import read_number
from extract.replies.thoughts import Thought, find_thought

# Stop reasons of Converse, to which the native ones are brought.
WHOLE = frozenset({"end_turn", "stop_sequence", "tool_use"})
CUT = frozenset({"max_tokens", "model_context_window_exceeded"})

# A reply holds some dozens of records; one with more brackets than this that lead nowhere holds none.
MOST_DEAD_ENDS = 500

# An object begins with a name; a slot, a brace in prose or one at the start of a text does not.
_BRACE = re.compile(r"(?<![\"'“])\{(?=\s*(?:[\"'“‘]|[A-Za-z_]\w*\s*:))")
_CLOSING = re.compile(r"\}")
_QUOTE = re.compile(r"[\"'“]")
_ARRAY = re.compile(r"\[\s*[{\"'“]")
_FIRST = re.compile(rf"{_ARRAY.pattern}|{_BRACE.pattern}")
# What may stand between objects that belong together: commas, fences, bullets and numbers of a list.
_GAP = re.compile(r"(?:[\s,;`*•-]|json\b|\d+[.)])*", re.I)
# Nothing longer is looked at.
_LONGEST_GAP = 200
# Names of lists beside the one that answers.
_ASIDE = re.compile(r"draft|example|think|thought|reason|reject|discard|previous|alternative", re.I)
_BRACKET = re.compile(r"\[|" + _BRACE.pattern)
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|“[^”]*”", re.S)
# A record is wrapped so many times at most.
_DEEPEST = 3
# What may stand beside it: n and about.
_MOST_BESIDE = 2
_DECODER = json.JSONDecoder(strict=False)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_ -]{0,40}")
# A record that is bent may also be cut: it is whole if its last brace closes a value, and not a slot.
_ENDS_WHOLE = re.compile(r"(?:[\"'”’\]\d,]|\b(?:true|false|null|none))\s*\}[\s\]\)},;`]*$", re.I)


@dataclass(frozen=True)
class Reading:
    """What a reply offers.

    Attributes:
        blocks: the objects that may be records, as the reply groups them: an array, or lines of objects.
        problem: why there are none, or not as many as there could be; empty if all is well.
    """

    blocks: list[list[Candidate]]
    problem: str = ""

    @property
    def candidates(self) -> list[Candidate]:
        """All of them, in the order of the reply."""
        return [candidate for block in self.blocks for candidate in block]


def read_reply(text: str, stop_reason: str) -> Reading:
    """Read a reply by how it ended: one that the limit has cut keeps its whole records only."""
    if stop_reason not in WHOLE | CUT:
        return Reading([], f"the reply ended for another reason: {stop_reason[:60]}")
    blocks, thought = _parse(text)
    if stop_reason in CUT:
        return Reading(blocks, f"the reply was cut{' within its thought' if thought.is_open else ''}: {stop_reason}")
    if blocks:
        return Reading(blocks)
    if thought.is_open:
        return Reading([], "the reply ends within its thought")
    return Reading([], f"the reply holds no records{' after its thought' if thought.end else ''}")


def parse_candidates(text: str) -> list[Candidate]:
    """Find the JSON objects that a reply offers as records, in their order (see `parse_blocks`)."""
    return [candidate for block in parse_blocks(text) for candidate in block]


def parse_blocks(text: str) -> list[list[Candidate]]:
    """Find the JSON objects that a reply offers as records, as it groups them.

    Reads a plain array, an object that wraps one, JSON lines, objects written as texts, and JSON that a model
    has bent (fences, prose around it, single quotes, trailing commas, Python literals). What stands within a
    marked thought is left out, and so is an object alone before an array, which shows the form. Never raises,
    never closes an object that the text leaves open; a text without records gives an empty list.
    """
    return _parse(text)[0]


def find_start(text: str) -> int:
    """Find where the first record of a reply begins, after its thought and other words; its end if none does."""
    thought = find_thought(text)
    if thought.is_open:
        return len(text)
    found = _FIRST.search(text, thought.end)
    return found.start() if found else len(text)


def _parse(text: str) -> tuple[list[list[Candidate]], Thought]:
    whole = _load_whole(text)
    if whole is not None:
        return _find_blocks(whole), Thought()
    thought = find_thought(text)
    if thought.is_open:
        return [], thought
    answer = text[thought.end :]
    whole = _load_whole(answer) if thought.end else None
    return (_find_blocks(whole) if whole is not None else _group(answer)), thought


def _load_whole(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _evaluate(text.strip())


@dataclass
class _Group:
    """Records that stand together; `is_list` unless it is an object alone."""

    records: list[Candidate]
    is_list: bool


def _group(text: str) -> list[list[Candidate]]:
    """Group the records of a text that is not JSON as a whole."""
    groups: list[_Group] = []
    end, in_array, starts_group = 0, False, True
    for start, stop, value in _split(text):
        if value is None:
            # The array around records that were read one by one, because it is bent or cut.
            if _ARRAY.match(text, start):
                in_array = starts_group = True
            continue
        found = _find_blocks(value)
        if isinstance(value, dict) and found == [[value]]:
            gap = text[end:start] if start - end <= _LONGEST_GAP else "…"
            if gap.rstrip().endswith("["):
                in_array = starts_group = True
            if starts_group or not (in_array or _GAP.fullmatch(gap)):
                groups.append(_Group([], in_array))
            groups[-1].records.append(value)
            groups[-1].is_list = in_array or len(groups[-1].records) > 1
            starts_group = False
        elif found:
            groups += [_Group(block, True) for block in found]
            in_array, starts_group = False, True
        end = stop
    first_list = next((place for place, group in enumerate(groups) if group.is_list), 0)
    return [group.records for group in groups[first_list:]]


def _split(text: str) -> Iterator[tuple[int, int, object]]:
    """Yield the values in a text that is not JSON as a whole with their places; None where a bracket leads nowhere."""
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
        yield start, text.rfind("}", start, end) + 1 if found[0] == "{" else end, value


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
            # Through JSON, which has no sets, bytes or tuples, and texts alone as names.
            value = json.loads(json.dumps(ast.literal_eval(text)))
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


def _find_blocks(value: object, depth: int = 0) -> list[list[Candidate]]:
    """Find the records in a value: its objects, those that it wraps, and those it holds as texts."""
    if isinstance(value, str) and depth < _DEEPEST:
        return _find_blocks(_load_text(value), depth + 1)
    if isinstance(value, list):
        records = [found for item in value for found in _find_item(item, depth)]
        return [records] if records else []
    if not isinstance(value, dict) or not value:
        return []
    wrapped = {name: blocks for name, part in value.items() if (blocks := _find_wrapped(part, depth))}
    if wrapped:
        kept = [blocks for name, blocks in wrapped.items() if not _ASIDE.search(name)] or list(wrapped.values())
        return [block for blocks in kept for block in blocks]
    return _find_by_number(value) or [[value]]


def _find_wrapped(part: object, depth: int) -> list[list[Candidate]]:
    """Find the records in a part of an object that is no record itself: a list, by number, or either as a text."""
    if isinstance(part, str) and depth < _DEEPEST and part.lstrip().startswith(("[", "{")):
        part = _load_whole(part)
    if isinstance(part, list):
        return _find_blocks(part, depth + 1) if any(map(_is_record, part)) else []
    if not isinstance(part, dict) or depth >= _DEEPEST:
        return []
    if by_number := _find_by_number(part):
        return by_number
    return [block for inner in part.values() for block in _find_wrapped(inner, depth + 1)]


def _find_by_number(value: Candidate) -> list[list[Candidate]]:
    """Find the records in an object that holds them by number, with notes beside them or without."""
    records = [
        {"n": key, **part} for key, part in value.items() if isinstance(part, dict) and read_number(key) is not None
    ]
    is_all = all(isinstance(part, str | int | float | None) for part in value.values() if not isinstance(part, dict))
    return [records] if records and is_all and len(records) >= sum(isinstance(p, dict) for p in value.values()) else []


def _find_item(item: object, depth: int) -> list[Candidate]:
    if isinstance(item, dict):
        parts = [part for part in item.values() if isinstance(part, dict)]
        return _unwrap(item, parts) if parts else [item]
    if isinstance(item, list) and depth < _DEEPEST:
        return [found for block in _find_blocks(item, depth + 1) for found in block]
    # A list of texts that are objects is a list of objects; any other text is not a record.
    if isinstance(item, str) and depth < _DEEPEST:
        loaded = _load_text(item)
        return [loaded] if isinstance(loaded, dict) else []
    return []


def _unwrap(item: Candidate, parts: list[Candidate]) -> list[Candidate]:
    """Read an object of a list that holds a record under its number, or under a name beside number and words."""
    if by_number := _find_by_number(item):
        return by_number[0]
    if len(parts) == 1 and len(item) <= _MOST_BESIDE + 1:
        return [{**{name: part for name, part in item.items() if part is not parts[0]}, **parts[0]}]
    return [item]


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
