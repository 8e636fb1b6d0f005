from __future__ import annotations

import pytest

from extract.entities import PULLED
from extract.planning.seeds import Seeds
from extract.prompts.tokens import STATED_OUTPUT_TOKENS, InputMeter, OutputMeter


def test_every_entity_has_a_stated_number() -> None:
    assert set(STATED_OUTPUT_TOKENS) == set(PULLED)


@pytest.mark.parametrize("entity", PULLED)
def test_the_guides_batches_fit_4096_tokens(entity: str, seeds: Seeds) -> None:
    size = seeds.batch_sizes[entity]

    assert OutputMeter(entity).fit(4096, size) == size


def test_a_smaller_limit_takes_smaller_batches() -> None:
    assert OutputMeter("kb_articles").fit(2048, 5) == 3
    assert OutputMeter("kb_articles").fit(100, 5) == 1


def test_what_records_took_changes_what_is_asked() -> None:
    meter = OutputMeter("users")
    before = meter.reserve(50, 4096)

    for _ in range(20):
        meter.learn(1000, 50)

    assert meter.per_record == pytest.approx(20, rel=0.05)
    assert meter.reserve(50, 4096) < before


def test_a_cut_reply_makes_batches_smaller_at_once() -> None:
    meter = OutputMeter("users")

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
