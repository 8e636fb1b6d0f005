from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from extract.landing.jsonl import dump_line
from extract.replies.parse import parse_blocks, parse_candidates, read_reply
from tests.paths import CASES

ONE = [{"n": 1, "title": "Fog"}]
TWO = [{"n": 1, "title": "Fog"}, {"n": 2, "title": "Sun"}]
READABLE = [
    ('[{"n": 1, "title": "Fog"}]', ONE),
    ('{"events": [{"n": 1, "title": "Fog"}]}', ONE),
    ('{"n": 1, "title": "Fog"}', ONE),
    ('```json\n[{"n": 1, "title": "Fog"}]\n```', ONE),
    ('Here you are:\n[{"n": 1, "title": "Fog"}]\nEnjoy!', ONE),
    ('Here are [1] of {1}:\n[{"n": 1, "title": "Fog"}]', ONE),
    ("[{'n': 1, 'title': 'Fog',},]", ONE),
    ("{'events': [{'n': 1, 'title': 'Fog'}]}", ONE),
    ('[{"n": 1, "title": "Fog"}, "words", 3, null]', ONE),
    ('[[{"n": 1, "title": "Fog"}]]', ONE),
    ('["{\\"n\\": 1, \\"title\\": \\"Fog\\"}"]', ONE),
    ('"[{\\"n\\": 1, \\"title\\": \\"Fog\\"}]"', ONE),
    ('{n: 1, title: "Fog"}', ONE),
    ("[{“n”: 1, “title”: “Fog”}]", ONE),
    ('{"n": 1, "title": "Fog"}\n{"n": 2, "title": "Sun"}', TWO),
    ('[{"n": 1 "title": "Fog"}, {"n": 2, "title": "Sun"}]', TWO),
    ('[{"n": 1, "title": "Fog",}, {"n": 2, "title": "Sun"}]', TWO),
    ("[{'n': 1, 'title': \"It's\", 'ok': True, 'x': None}]", [{"n": 1, "title": "It's", "ok": True, "x": None}]),
    ("{n: 1, 'tags': [\"a\", \"b\"], 'title': 'Fog'}", [{"n": 1, "tags": ["a", "b"], "title": "Fog"}]),
]
UNREADABLE = [
    "", "I cannot help with that.", "[]", "null", "[1, 2]", "{", "\x00", "[" * 10_000, "{" * 10_000, '["Fog", "Sun"]',
    "At {venue_name} on {event_date}.", '{"n":' * 3_000,
]  # fmt: skip
# A cut in the middle of a record, also right after a slot's brace: what is open is never closed.
CUT = [
    '[{"n": 1, "title": "Fog"}, {"n": 2, "title": "Su',
    '[{"n": 1, "title": "Fog"}, {"n": 2, "title": "At {venue_name}',
    "[{'n': 1, 'title': 'Fog'}, {'n': 2, 'title': 'At {venue_name}",
    '{"events": [{"n": 1, "title": "Fog"}, {"n": 2',
    '```json\n[{"n": 1, "title": "Fog"},\n {"n"',
    '[{"n": 1, "title": "Fog"}, ',
    "[{n: 1, title: 'Fog'}, {n: 2, title: 'Sun'",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda x: st.lists(x) | st.dictionaries(st.text(), x),
)
WORDS = st.text(st.sampled_from("abcXYZ '\"\\{}[],:.\n—é{venue_name}"), min_size=1, max_size=30)
RECORDS = st.lists(st.fixed_dictionaries({"title": WORDS, "description": WORDS}), min_size=1, max_size=4).map(
    lambda records: [{"n": n, **record} for n, record in enumerate(records, start=1)]
)
SHAPES = st.sampled_from([json.dumps, repr, lambda r: json.dumps({"records": r}), lambda r: json.dumps(r, indent=1)])
PROSE = st.sampled_from(["", "Sure! Here you go:\n", "```json\n", "Note [1]: {x}\n"])


@pytest.mark.parametrize(("text", "candidates"), READABLE)
def test_records_are_found_in_what_models_make_of_json(text: str, candidates: list[object]) -> None:
    assert parse_candidates(text) == candidates


def test_records_come_in_the_groups_of_the_reply() -> None:
    fog, sun = TWO
    two = json.dumps(TWO)

    assert parse_blocks(f"First: {two}\nCorrected: {two}") == [TWO, TWO]
    assert parse_blocks(json.dumps({"first": TWO, "second": TWO})) == [TWO, TWO]
    assert parse_blocks(json.dumps({"records": TWO, "rejected_drafts": TWO, "n": 2})) == [TWO]
    assert parse_blocks("\n".join(map(json.dumps, TWO))) == [TWO]
    assert parse_blocks(f"1. {json.dumps(fog)}\n2. {json.dumps(sun)}\nBetter: {json.dumps(sun)}") == [TWO, [sun]]
    assert parse_blocks(f"Draft:\n{two.replace(', ', ' ')}\nFinal:\n{two.replace(', ', ' ')}") == [TWO, TWO]


@pytest.mark.parametrize("array", [json.dumps(TWO), repr(TWO), "\n".join(map(json.dumps, TWO)), json.dumps(TWO)[:-5]])
def test_an_object_alone_before_the_records_shows_their_form(array: str) -> None:
    example = '{"n": 1, "title": "Example"}'
    shown = (CASES / "reply_leading_example.txt").read_text(encoding="utf-8")

    assert [candidate["title"] for candidate in parse_candidates(f"As {example}:\n\n{array}")][:1] == ["Fog"]
    assert [candidate["full_name"] for candidate in parse_candidates(shown)] == ["Mira Okafor", "Dan Ruiz"]


def test_objects_with_prose_between_them_are_records() -> None:
    assert parse_candidates(f"The first: {json.dumps(TWO[0])} And the second: {json.dumps(TWO[1])} That is all.") == TWO


def test_an_object_of_records_by_number_is_read() -> None:
    keyed = {"1": {"title": "Fog"}, "2": {"n": 2, "title": "Sun"}}

    assert parse_candidates(json.dumps(keyed)) == [{"n": "1", "title": "Fog"}, {"n": 2, "title": "Sun"}]


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_text_without_records_gives_none(text: str) -> None:
    assert parse_candidates(text) == []


@pytest.mark.parametrize("text", CUT)
def test_a_record_that_was_cut_is_left_out(text: str) -> None:
    assert parse_candidates(text) == ONE


@pytest.mark.parametrize(
    ("stop_reason", "count", "problem"),
    [
        ("end_turn", 1, ""),
        ("stop_sequence", 1, ""),
        ("max_tokens", 1, "the reply was cut: max_tokens"),
        ("content_filtered", 0, "the reply ended for another reason: content_filtered"),
        ("brand_new", 0, "the reply ended for another reason: brand_new"),
    ],
)
def test_how_a_reply_ended_decides_what_it_is_worth(stop_reason: str, count: int, problem: str) -> None:
    reading = read_reply(json.dumps(ONE), stop_reason)

    assert (len(reading.candidates), reading.problem) == (count, problem)


@pytest.mark.parametrize(
    "value", ["b'x'", "{1, 2}", "(1, 2)", "{(1, 2): 3}", "0x" + "f" * 9000, "1e999", "...", "1j", "[" * 90 + "]" * 90]
)
def test_python_that_json_cannot_hold_breaks_no_line(value: str) -> None:
    for candidate in parse_candidates(f"[{{'n': 1, 'full_name': {value}}}]"):
        assert json.loads(dump_line(candidate)) == candidate


@given(st.text() | JSON.map(json.dumps) | JSON.map(repr) | st.text(st.sampled_from("[]{}\"':,n1\\ \nTrue")))
def test_parsing_never_raises(text: str) -> None:
    assert all(isinstance(candidate, dict) for candidate in parse_candidates(text))


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers(), min_size=1)))
def test_valid_arrays_are_read_as_they_are(records: list[dict[str, object]]) -> None:
    assert parse_candidates(json.dumps(records)) == records


@given(RECORDS, SHAPES, PROSE, st.integers(0, 400))
@hypothesis_settings(max_examples=400)
def test_wherever_a_reply_is_cut_it_gives_only_records_that_were_said(
    records: list[dict[str, Any]], shape: Any, prose: str, length: int
) -> None:
    whole = prose + shape(records)

    assert prose or parse_candidates(whole) == records
    for candidate in parse_candidates(whole) + parse_candidates(whole[:length]):
        assert candidate in records or not {"n", "title", "description"} <= candidate.keys()


@given(st.text(st.sampled_from("ab1 {}[]\"':,\\\n"), max_size=60))
@hypothesis_settings(max_examples=400)
def test_every_word_of_a_record_stands_in_the_text(text: str) -> None:
    squeezed = re.sub(r"\W|n", "", text)

    for candidate in parse_candidates(text):
        for word in re.findall(r"\w+", json.dumps(candidate, ensure_ascii=False)):
            if word not in ("true", "false", "null"):
                assert word.replace("n", "") in squeezed
