"""A record lands under its item or nowhere."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.replies.numbering import place_by_number as place
from extract.replies.numbering import read_number
from tests.paths import CASES

Numbers = list[Any]


def write(numbers: Numbers, name: str = "n") -> list[dict[str, Any]]:
    """Write records that tell where they stand in the reply; without a number where it is None."""
    return [{"at": at, **({} if n is None else {name: n})} for at, n in enumerate(numbers, start=1)]


def read(blocks: list[list[dict[str, Any]]], size: int) -> dict[int, int]:
    """Tell which record each item gets, by the place in the reply; nothing if the reply is refused."""
    placement = place(blocks, size)
    assert not (placement.problem and placement.answers)
    return {item: answers[-1]["at"] for item, answers in sorted(placement.answers.items())}


IN_ORDER = {1: 1, 2: 2, 3: 3}
CERTAIN: dict[str, tuple[Numbers, dict[int, int]]] = {
    "from 1": ([1, 2, 3], IN_ORDER),
    "in another order": ([3, 1, 2], {1: 2, 2: 3, 3: 1}),
    "from 0": ([0, 1, 2], IN_ORDER),
    "from 0, backwards": ([2, 1, 0], {1: 3, 2: 2, 3: 1}),
    "from 0, as texts": (["0", "1.", "2"], IN_ORDER),
    "on from another batch": ([4, 5, 6], IN_ORDER),
    "far on": ([26, 27, 28], IN_ORDER),
    "none": ([None, None, None], IN_ORDER),
    "one left out": ([1, 3], {1: 1, 3: 2}),
    "one without a number": ([1, None, 3], {1: 1, 3: 3}),
    "one too many": ([1, 2, 3, 4], IN_ORDER),
    "one said twice": ([1, 2, 3, 1], {1: 4, 2: 2, 3: 3}),
    "floats": ([1.0, 2.0, 3.0], IN_ORDER),
    "texts": (["1", "2.", "#3"], IN_ORDER),
    "words around them": (["item 1", "(2)", "Record #3"], IN_ORDER),
    "one that is none": ([1, "two", 3], {1: 1, 3: 3}),
}
UNCERTAIN: dict[str, Numbers] = {
    "from 0, one left out": [0, 2],
    "from 0, the last left out": [0, 1],
    "from 0 to the number of items": [0, 1, 2, 3],
    "from 2": [2, 3, 4],
    "from 3": [3, 4, 5],
    "a gap, then on": [1, 3, 4],
    "one beyond": [1, 2, 7],
    "on from another batch, one left out": [4, 6],
    "on from another batch, one too many": [4, 5, 6, 7],
    "all the same": [1, 1, 1],
    "one twice, the others moved": [1, 2, 2],
    "one twice, one left out": [1, 1, 3, 3],
    "none, one left out": [None, None],
    "none, one too many": [None, None, None, None],
    "unreadable": ["one", "two", "three"],
}


@pytest.mark.parametrize(("numbers", "landed"), CERTAIN.values(), ids=CERTAIN)
def test_what_numbers_say_for_certain_is_read(numbers: Numbers, landed: dict[int, int]) -> None:
    assert read([write(numbers)], 3) == landed


@pytest.mark.parametrize("numbers", UNCERTAIN.values(), ids=UNCERTAIN)
def test_what_could_be_read_in_two_ways_is_refused_with_a_reason(numbers: Numbers) -> None:
    assert read([write(numbers)], 3) == {}
    assert place([write(numbers)], 3).problem.endswith("which record answers which item is not certain")


def test_the_case_lands_shifted_by_one() -> None:
    records = json.loads((CASES / "reply_zero_based.json").read_text(encoding="utf-8"))

    answers = place([records], 3).answers

    assert [answers[n][0]["full_name"] for n in (1, 2, 3)] == ["Mira Okafor", "Dan Ruiz", "Wei Chen"]
    assert place([records], 4).answers == {} and place([records], 2).answers == {}


@pytest.mark.parametrize("name", ["N", "no", "Number", "id", "index", "item_number"])
def test_a_number_of_another_name_counts_where_it_fits(name: str) -> None:
    assert read([write([2, 1, 3], name)], 3) == {1: 2, 2: 1, 3: 3}
    assert read([write(["u_7", "u_9", "u_8"], name)], 3) == IN_ORDER
    assert read([write([812, 17, 5], name)], 3) == IN_ORDER


def test_a_copy_is_not_taken_for_the_next_items_record() -> None:
    one, two, three = write([None, None, None])

    assert read([[one, one, two, three]], 3) == IN_ORDER
    assert read([[one, one, two]], 3) == {}
    assert place([[one, one, two, three]], 3).replaced == [one]


def test_a_group_that_answers_all_items_replaces_those_before_it_and_a_later_one_corrects_it() -> None:
    draft, answer, correction = write([1, 2, 3]), write([0, 1, 2]), [{"at": 9, "n": 1}]

    assert place([draft, answer], 3).replaced == draft
    assert read([draft, answer, correction], 3) == {1: 1, 2: 9, 3: 3}
    assert read([write([1, 2]), [{"at": 3, "n": 3}]], 3) == IN_ORDER
    assert read([write([None, None]), [{"at": 3}]], 3) == IN_ORDER


def test_two_halves_that_both_count_from_1_are_refused() -> None:
    assert read([write([1, 2]), [{"at": 3, "n": 1}, {"at": 4, "n": 2}]], 4) == {}


@given(st.permutations(range(25)), st.sampled_from([-1, 0, 25, 100]))
def test_a_whole_batch_is_read_from_wherever_its_numbers_start(order: list[int], start: int) -> None:
    records = write([n + start + 1 for n in order])

    assert read([records], 25) == {n + 1: at for at, n in enumerate(order, start=1)} | {}


@given(st.sets(st.integers(1, 25), min_size=1), st.sampled_from([-1, 1, 2, 3]))
def test_a_batch_that_is_shifted_and_not_whole_never_lands_under_another_item(kept: set[int], shift: int) -> None:
    """It is refused, unless its numbers are those of other items: then nobody could tell without an echo."""
    numbers = [n + shift for n in sorted(kept)]
    landed = read([write(numbers)], 25)

    if min(numbers) < 1 or max(numbers) > 25:
        assert landed == {} or len(kept) == 25


@pytest.mark.parametrize(("value", "number"), [*product(["1", 1, 1.0, "01", " 1 ", "n1"], [1])])
def test_numbers_are_read_however_they_are_written(value: object, number: int) -> None:
    assert read_number(value) == number


@pytest.mark.parametrize(
    "value", [True, None, [1], {}, -1, 1.5, float("nan"), float("inf"), "1/3", "1.5", "", "9" * 99]
)
def test_what_is_no_number_is_none(value: object) -> None:
    assert read_number(value) is None
