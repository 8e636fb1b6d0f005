from __future__ import annotations

import pytest

from extract.entities import PULLED
from extract.planning.seeds import Seeds
from extract.prompts.tokens import InputMeter, OutputMeter, measure

RECORDS = '[{"n": 1, "full_name": "Mira Okafor"}]' * 100


@pytest.mark.parametrize("entity", PULLED)
def test_the_guides_batches_fit_4096_tokens(entity: str, seeds: Seeds) -> None:
    size = seeds.batch_sizes[entity]

    assert OutputMeter(entity).fit(4096, size) == size


def test_a_smaller_limit_takes_smaller_batches() -> None:
    assert OutputMeter("kb_articles").fit(800, 5) == 3
    assert OutputMeter("kb_articles").fit(100, 5) == 1


def test_what_records_took_changes_what_is_asked() -> None:
    meter = OutputMeter("venues")
    before = meter.reserve(50, 4096)

    for _ in range(20):
        meter.learn(1000, 50)

    assert meter.per_record == pytest.approx(20, rel=0.05)
    assert meter.reserve(50, 4096) < before


def test_a_cut_reply_makes_batches_smaller_at_once() -> None:
    meter = OutputMeter("venues")

    meter.learn_cut(2000, 5)

    assert meter.per_record == 400
    assert meter.fit(2048, 50) == 4


def test_without_a_limit_the_guides_batch_is_asked() -> None:
    assert OutputMeter("tickets").fit(None, 25) == 25


def test_the_bound_on_a_prompt_is_raised_by_what_it_took() -> None:
    meter, prompt = InputMeter(), "x" * 1000
    before = meter.bound(prompt)

    meter.learn(prompt, 900)

    assert before == 600
    assert meter.bound(prompt) > 900


@pytest.mark.parametrize(
    ("text", "tokens", "fixed", "is_short"),
    [
        (RECORDS, 1_000, 0, False),
        (f"<think>{'x' * (len(RECORDS) - 15)}</think>{RECORDS}", 2_000, 1_000, False),
        (f"{'x' * len(RECORDS)}{RECORDS}", 2_000, 1_000, False),
        # Thoughts that are counted and not shown: no text has more than a token of two bytes.
        (RECORDS, 3_000 + len(RECORDS) // 2, 3_000, False),
        ("<think>hm", 3_000, 3_000, True),
        ("First I think about it.", 3_000, 3_000, True),
        ("", 3_000, 3_000, True),
    ],
    ids=["none", "tags", "prose", "hidden", "open", "prose alone", "nothing"],
)
def test_what_comes_before_the_records_is_told_from_them(text: str, tokens: int, fixed: int, is_short: bool) -> None:
    spent = measure(text, tokens)

    assert spent.fixed == pytest.approx(fixed, abs=3)
    assert spent.is_short == is_short


def test_a_fixed_part_makes_batches_smaller_by_what_it_leaves_and_no_more() -> None:
    meter = OutputMeter("venues")

    meter.learn(3_000 + 10 * 34, 10, 3_000)

    assert meter.per_record == 34
    assert meter.fit(4_096, 50) == 26
    assert meter.fit(16_000, 50) == 50
    assert meter.reserve(25, 16_000) > 3_000 + 25 * 34


def test_replies_cut_before_their_first_record_are_asked_longer_then_smaller_and_grow_again() -> None:
    meter = OutputMeter("venues")

    meter.learn_short(2_800, 50, is_longest=False)
    assert (meter.is_searching, meter.reserve(31, 4_096), meter.fit(4_096, 50)) == (True, 4_096, 31)
    for asked in (30, 15, 7):
        meter.learn_short(4_096, asked, is_longest=True)
    assert meter.fit(4_096, 50) == 3
    sizes = []
    for _ in range(6):
        sizes.append(meter.fit(4_096, 50))
        meter.learn(500 + sizes[-1] * 34, sizes[-1], 500)

    # Between what was too much and what was not.
    assert sizes == [3, 5, 6, 6, 6, 6]
    assert not meter.is_searching
