from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.replies import parse_candidates

ONE = [{"n": 1, "title": "Fog"}]
READABLE = [
    ('[{"n": 1, "title": "Fog"}]', ONE),
    ('{"events": [{"n": 1, "title": "Fog"}]}', ONE),
    ('{"n": 1, "title": "Fog"}', ONE),
    ('```json\n[{"n": 1, "title": "Fog"}]\n```', ONE),
    ('Here you are:\n[{"n": 1, "title": "Fog"}]\nEnjoy!', ONE),
    ("[{'n': 1, 'title': 'Fog',},]", ONE),
    ('[{"n": 1, "title": "Fog"}, "words", 3, null]', ONE),
]
UNREADABLE = ["", "I cannot help with that.", "[]", "null", "[1, 2]", "{", "\x00", "[" * 10_000]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda x: st.lists(x) | st.dictionaries(st.text(), x),
)


@pytest.mark.parametrize(("text", "candidates"), READABLE)
def test_records_are_found_in_what_models_make_of_json(text: str, candidates: list[object]) -> None:
    assert parse_candidates(text) == candidates


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_text_without_records_gives_none(text: str) -> None:
    assert [candidate for candidate in parse_candidates(text) if candidate] == []


@given(st.text() | JSON.map(json.dumps))
def test_parsing_never_raises(text: str) -> None:
    assert all(isinstance(candidate, dict) for candidate in parse_candidates(text))


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers(), min_size=1)))
def test_valid_arrays_are_read_as_they_are(records: list[dict[str, object]]) -> None:
    assert parse_candidates(json.dumps(records)) == records
