"""A record lands under an item whose words it repeats, or nowhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.entities import PULLED, get_entity
from extract.planning.plan import PlanContext, PlanItem
from extract.planning.seeds import Seeds
from extract.pull.pipeline import run
from extract.pull.request import PullRequest
from extract.replies.candidates import Candidate
from extract.replies.echoes import EchoMatcher
from extract.replies.parse import read_reply
from extract.replies.placement import place
from extract.replies.validate import ExistingKeys, make_policy, validate_batch
from extract.settings import Settings
from tests.unit.extract.stubs import build_plan

SCENARIOS = ("refund far", "cancel late", "tech login failed", "general parking", "complaint seating")
SEEDS = Seeds(Settings().seeds_dir)
KNOWN = get_entity("tickets").list_echoes(SEEDS)
KINDS = {
    category: {"brass band": 2, "open night": 1}
    for category in ("music", "theater", "comedy", "art", "workshop", "sports")
}


def write(numbers: Sequence[object], echoes: Sequence[str]) -> list[Candidate]:
    """Write records that tell where they stand in the reply; without a number where it is None."""
    return [
        {"at": at, "about": echo, **({} if n is None else {"n": n})}
        for at, (n, echo) in enumerate(zip(numbers, echoes, strict=True), start=1)
    ]


def read(records: Sequence[Candidate], asked: Sequence[str] = SCENARIOS) -> dict[int, int]:
    """Tell which record each item gets, by its place in the reply."""
    answers = place([records], asked, KNOWN).answers
    return {item: found[-1]["at"] for item, found in sorted(answers.items())}


IN_ORDER = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
NONE = [None] * 5


@pytest.mark.parametrize(
    "numbers", [[0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [6, 7, 8, 9, 10], NONE, [1] * 5]
)
def test_words_decide_whatever_the_numbers_say(numbers: list[object]) -> None:
    assert read(write(numbers, SCENARIOS)) == IN_ORDER


def test_a_batch_that_left_one_out_and_went_on_counting_loses_only_that_one() -> None:
    left = [*SCENARIOS[:2], *SCENARIOS[3:]]

    assert read(write([1, 2, 3, 4], left)) == {1: 1, 2: 2, 4: 3, 5: 4}
    assert read(write([None] * 4, left)) == {1: 1, 2: 2, 4: 3, 5: 4}


def test_what_its_words_have_moved_is_told() -> None:
    def count(numbers: Sequence[object]) -> int:
        return len(place([write(numbers, SCENARIOS)], SCENARIOS, KNOWN).moved)

    assert (count([1, 2, 3, 4, 5]), count(NONE), count([0, 1, 2, 3, 4]), count([1, 3, 2, 4, 5])) == (0, 0, 5, 2)


ALIKE = ("refund far", "refund far", "cancel late", "refund far", "cancel late")
AMONG_ALIKE: dict[str, tuple[list[object], list[int], dict[int, int]]] = {
    "in order": ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], IN_ORDER),
    "without numbers": (NONE, [1, 2, 3, 4, 5], IN_ORDER),
    "from 0": ([0, 1, 2, 3, 4], [1, 2, 3, 4, 5], IN_ORDER),
    "backwards": ([5, 4, 3, 2, 1], [5, 4, 3, 2, 1], {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}),
    "the first left out, counted on": ([1, 2, 3, 4], [2, 3, 4, 5], {2: 1, 3: 2, 4: 3, 5: 4}),
    "the third left out, counted on": ([1, 2, 3, 4], [1, 2, 4, 5], {1: 1, 2: 2, 4: 3, 5: 4}),
    "the first left out, without numbers": ([None] * 4, [2, 3, 4, 5], {1: 1, 3: 2, 4: 3, 5: 4}),
    "one left out, rightly numbered": ([1, 3, 4, 5], [1, 3, 4, 5], {1: 1, 3: 2, 4: 3, 5: 4}),
    "one number for two": ([1, 2, 2, 3, 5], [1, 2, 2, 3, 5], {3: 4, 5: 5, 1: 1}),
}


@pytest.mark.parametrize(("numbers", "meant", "landed"), AMONG_ALIKE.values(), ids=AMONG_ALIKE)
def test_among_items_with_the_same_words_numbers_decide_and_else_their_turn(
    numbers: list[object], meant: list[int], landed: dict[int, int]
) -> None:
    assert read(write(numbers, [ALIKE[item - 1] for item in meant]), ALIKE) == landed


def test_more_records_than_items_of_the_same_words_are_refused() -> None:
    records = write([None] * 3, ["refund far"] * 3)

    assert read(records, ("refund far", "refund far")) == {1: 1, 2: 2}
    assert [reason for _, reason in place([records], ["refund far"] * 2, KNOWN).refused] == [
        "more records than items about 'refund far'"
    ]


def test_a_group_that_answers_all_items_replaces_a_draft_and_a_later_record_corrects_it() -> None:
    draft, answer = write(NONE, SCENARIOS), write([1, 2, 3, 4, 5], SCENARIOS)
    placement = place([draft, [{**record, "x": 1} for record in answer], [{"about": "cancel late"}]], SCENARIOS, KNOWN)

    assert placement.replaced == draft
    assert [len(placement.answers[item]) for item in range(1, 6)] == [1, 2, 1, 1, 1]


def test_a_record_without_words_needs_numbers_that_fit_all_others() -> None:
    records = write([1, 2, 3, 4, 5], SCENARIOS)
    del records[2]["about"]
    moved = write([2, 1, 3, 4, 5], SCENARIOS)
    del moved[2]["about"]

    assert read(records) == IN_ORDER
    assert read(moved) == {1: 1, 2: 2, 4: 4, 5: 5}


SAME = {
    "refund far": [
        "Refund far",
        "refund_far",
        "REFUND-FAR",
        "far refund",
        "refunds far",
        "the refund, far",
        "Réfund far",
    ]
    + ["Item 1: refund far", "1. refund far", '"refund far"', "refund request far ahead", "refund far; voice: terse"],
    "cancel late": ["Cancel (late)", "late cancel"],
    "tech login failed": ["login failed", "Tech: login fail", "technical login failed"],
    "general parking": ["parking, general", "parking in general"],
    "complaint seating": ["seating complaint", "complaints about seating", "complaint about the seating"],
}
OTHER = ["refund mid", "refund", "far", "refund wrong date", "refund wrong day", "cancel far", "parking refund"] + [
    "parking",
    "", "1", "something else", "general transit", "complaint", "refund far cancel late", "complaint price",
    "late", "zebra",
]  # fmt: skip


@pytest.mark.parametrize(("echo", "said"), [(echo, said) for echo, several in SAME.items() for said in several])
def test_the_same_words_in_another_form_are_the_same(echo: str, said: str) -> None:
    assert EchoMatcher(SCENARIOS, KNOWN).find(said) == echo


@pytest.mark.parametrize("said", OTHER)
def test_other_words_are_none_of_them(said: str) -> None:
    assert EchoMatcher(SCENARIOS, KNOWN).find(said) is None


@pytest.mark.parametrize(
    ("asked", "said", "found"),
    [
        (("American", "Mainland Chinese (pinyin)"), "Mainland Chinese", "Mainland Chinese (pinyin)"),
        (("American", "Mainland Chinese (pinyin)"), "Chinese", "Mainland Chinese (pinyin)"),
        (("American", "British"), "Mexican and Central American", None),
        (("French", "British"), "French Canadian", None),
        (("French Canadian", "British"), "French", None),
        (("Swiss (French)", "Swiss (German)"), "Swiss", None),
        (("German and Austrian",), "Australian", None),
    ],
)
def test_cultures_are_told_apart(asked: tuple[str, ...], said: str, found: str | None) -> None:
    assert EchoMatcher(asked, get_entity("users").list_echoes(SEEDS)).find(said) == found


@pytest.mark.parametrize(
    ("asked", "said", "found"),
    [
        (("jazz trio, music", "ska, music"), "Jazz Trio", "jazz trio, music"),
        (("jazz trio, music", "ska, music"), "music", None),
        (("jazz trio, music", "ska, music"), "jazz, music", None),
        (("jazz, music", "ska, music"), "latin jazz, music", None),
        (("theater, Oakland", "theater, Berkeley"), "theater", None),
        (("theater, Oakland", "theater, Berkeley"), "Theatre (Oakland)", "theater, Oakland"),
        (("theater, Oakland", "theater, Berkeley"), "theater, San Jose", None),
    ],
)
def test_without_a_list_of_all_words_only_their_forms_are_read(
    asked: tuple[str, ...], said: str, found: str | None
) -> None:
    assert EchoMatcher(asked).find(said) == found


@pytest.mark.parametrize("entity", PULLED)
def test_no_two_echoes_are_the_same_to_the_reader(entity: str) -> None:
    known = get_entity(entity).list_echoes(SEEDS)

    assert [EchoMatcher(known, known).find(echo.upper()) for echo in known] == list(known)


def plan(entity: str, size: int) -> list[PlanItem]:
    context = PlanContext(seeds=SEEDS, seed=42, home_city_share=0.5, kinds=lambda: KINDS)
    return build_plan(entity, size, context)


PLANS = {entity: plan(entity, 25) for entity in PULLED}
POLICIES = {entity: make_policy(entity, SEEDS) for entity in PULLED}


def write_record(entity: str, at: int) -> Candidate:
    """Write a record that is valid and like no other."""
    word = "".join(chr(ord("a") + int(digit)) for digit in f"{at:02}")
    texts = {
        "users": {"full_name": f"Ann X{word}"},
        "venues": {"name": f"The {word} Hall", "address": f"{at} Main Street"},
        "events": {"title": f"Night {word}", "description": f"{f'{word} ' * 20}is on. Come and see {word}."},
        "kb_articles": {
            "title": f"About {word}",
            "tags": ["one", "two", word],
            "content": "\n\n".join([f"{word} " * 40] * 3),
        },
        "tickets": {
            "subject": f"help {word}",
            "description": f"please help with {word}",
            "follow_up": "it is that",
            "pushback": "a person please",
            "thanks": "thanks",
        },
    }
    example = {name: f"{word} {text}" for name, text in get_entity(entity).example.items() if isinstance(text, str)}
    return dict(texts.get(entity, example))


@st.composite
def replies(draw: st.DrawFn) -> tuple[str, list[PlanItem], list[Candidate]]:
    """A reply of any entity: permuted, with records dropped, doubled, renumbered, shifted, or without numbers."""
    entity = draw(st.sampled_from(PULLED))
    start = draw(st.integers(0, 15))
    items = PLANS[entity][start : start + draw(st.integers(1, 10))]
    order = draw(st.lists(st.sampled_from(range(len(items))), max_size=12) | st.permutations(range(len(items))))
    shift = draw(st.sampled_from([0, -1, 1, 10]))
    numbers: list[Any] = draw(
        st.sampled_from([[item + 1 + shift for item in order], [at + shift for at in range(1, len(order) + 1)]])
        | st.lists(
            st.none() | st.integers(-1, 12) | st.sampled_from(["1.", "x", 2.0]),
            min_size=len(order),
            max_size=len(order),
        )
    )
    name = draw(st.sampled_from(["n", "N", "id"]))
    find_echo = get_entity(entity).find_echo
    records = []
    for at, (item, number) in enumerate(zip(order, numbers, strict=True)):
        echo = find_echo(items[item].stratum, SEEDS)
        echo = draw(st.sampled_from([echo, echo, echo.upper(), echo.replace(" ", "_"), "something else"]))
        kept = {} if number is None else {name: number}
        records.append({**kept, "about": echo, **write_record(entity, at if draw(st.booleans()) else item)})
    return entity, items, records


@given(replies())
def test_a_record_never_lands_under_an_item_whose_words_it_does_not_carry(
    reply: tuple[str, list[PlanItem], list[Candidate]],
) -> None:
    entity, items, records = reply
    find_echo = get_entity(entity).find_echo
    existing = ExistingKeys(positions=(), keys=())
    result = validate_batch(read_reply(json.dumps(records), "end_turn"), items, existing, POLICIES[entity])

    model = get_entity(entity).record
    for accepted in result.accepted:
        said = [
            str(record["about"]).casefold().replace("_", " ")
            for record in records
            if model.model_validate(record, context={"slots": ()}) == accepted.record
        ]
        assert find_echo(accepted.item.stratum, SEEDS).casefold().replace("_", " ") in said
    assert len({accepted.item.position for accepted in result.accepted}) == len(result.accepted)


def test_replies_of_a_time_without_words_are_read_by_their_numbers(settings: Settings, raw_dir: Path) -> None:
    run(PullRequest(volume="test"), settings)
    before = {path.name: path.read_bytes() for path in (raw_dir / "records").iterdir()}
    for path in (raw_dir / "replies").iterdir():
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for line in lines:
            records = [{name: part for name, part in r.items() if name != "about"} for r in json.loads(line["text"])]
            line |= {"text": json.dumps(records), "prompt_version": "older-1"}
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    run(PullRequest(reparse=True), settings)

    assert {path.name: path.read_bytes() for path in (raw_dir / "records").iterdir()} == before
