from __future__ import annotations

from collections import Counter
from itertools import islice

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from extract.planning.apportionment import apportion, apportioned_sequence, paired_sequence, shuffled_blocks

SHARES = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 40), min_size=1)
CATEGORIES = {"music": 30, "theater": 20, "comedy": 15, "art": 15, "conference": 15, "sports": 5}
REGIONS = {"sf": 50, "east": 25, "south": 25}


@given(SHARES, st.integers(0, 500))
def test_apportion_gives_each_value_its_quota_to_the_row(shares: dict[str, int], size: int) -> None:
    counts = apportion(shares, size)

    assert sum(counts.values()) == size
    assert all(abs(counts[v] - share * size / sum(shares.values())) < 1 for v, share in shares.items())


def test_apportion_gives_ties_to_the_first() -> None:
    assert apportion(CATEGORIES, 8) == {
        "music": 3, "theater": 2, "comedy": 1, "art": 1, "conference": 1, "sports": 0,
    }  # fmt: skip


@given(SHARES, st.integers(0, 1000))
def test_sequence_is_exact_wherever_the_shares_are_whole(shares: dict[str, int], seed: int) -> None:
    total = sum(shares.values())

    first, second = (list(islice(apportioned_sequence(shares, seed), n * total)) for n in (1, 2))

    assert Counter(first) == Counter(shares)
    assert second[:total] == first
    assert Counter(second[total:]) == Counter(shares)


def test_sequence_is_exact_at_milestones_where_largest_remainder_is_not_monotone() -> None:
    # At 49 rows largest remainder gives sports a third row, at 50 it takes it away again.
    values = list(islice(apportioned_sequence(CATEGORIES, 42, milestones=[8, 40, 50]), 60))

    for size in (8, 20, 40, 50, 60):
        assert Counter(values[:size]) == +Counter(apportion(CATEGORIES, size))


def test_pairs_hold_both_margins_and_leave_no_pair_out() -> None:
    pairs = list(islice(paired_sequence(CATEGORIES, REGIONS, 42, milestones=[8, 40, 50]), 60))

    for size in (8, 40, 50, 60):
        assert Counter(category for category, _ in pairs[:size]) == +Counter(apportion(CATEGORIES, size))
        assert Counter(region for _, region in pairs[:size]) == +Counter(apportion(REGIONS, size))
    expected = {(c, r): CATEGORIES[c] * REGIONS[r] * 60 / 10_000 for c in CATEGORIES for r in REGIONS}
    assert all(abs(Counter(pairs)[pair] - share) <= 1 for pair, share in expected.items())


@given(SHARES, SHARES, st.integers(0, 100))
@hypothesis_settings(deadline=None, max_examples=30)
def test_pairs_grow_without_changing(rows: dict[str, int], columns: dict[str, int], seed: int) -> None:
    short = list(islice(paired_sequence(rows, columns, seed, milestones=[7, 30]), 30))

    assert list(islice(paired_sequence(rows, columns, seed, milestones=[7, 30]), 60))[:30] == short


def test_shuffled_blocks_hold_every_weight_and_differ() -> None:
    values = list(islice(shuffled_blocks({"a": 4, "b": 2}, "key"), 300))

    blocks = [tuple(values[start : start + 3]) for start in range(0, 300, 3)]
    assert all(Counter(block) == {"a": 2, "b": 1} for block in blocks)
    assert len(set(blocks)) == 3
