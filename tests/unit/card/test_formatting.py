"""Numbers in words, and the shapes that titles speak of."""

from __future__ import annotations

import pytest

from common.page import formatting
from export.card.charts.bookings import binned, capped

THIN = formatting.THIN


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 2, "50"), (0, 9, "0"), (9, 9, "100"), (1, 1000, "under 1"), (999, 1000, "over 99"), (0, 0, "0")],
)
def test_a_percentage_never_rounds_to_nothing_or_all(part: int, whole: int, said: str) -> None:
    assert formatting.percent(part, whole) == f"{said}{THIN}%"


def test_words_are_joined_and_counted() -> None:
    assert formatting.listed(["a", "b", "c"]) == "a, b and c"
    assert formatting.listed(["a"]) == "a" and formatting.listed([]) == ""
    assert formatting.counted(1, "event") == "1 event" and formatting.counted(2000, "event") == "2,000 events"


def test_quantile_is_the_first_value_that_enough_members_do_not_exceed() -> None:
    counts = [(0, 5), (1, 3), (9, 2)]
    assert [formatting.quantile(counts, share) for share in (0.5, 0.6, 0.8, 1.0)] == [0, 1, 1, 9]
    assert formatting.quantile([], 0.5) == 0


def test_top_share_takes_part_of_a_value_where_the_cut_falls() -> None:
    assert formatting.top_share([(1, 8), (6, 2)], 0.1) == pytest.approx(6 / 20)
    assert formatting.top_share([(1, 10)], 0.25) == pytest.approx(0.25)
    assert formatting.top_share([(0, 10)], 0.1) == 0


def test_no_member_and_no_event_is_lost_between_the_bars() -> None:
    counts = [(0, 3), (1, 4), (25, 2), (26, 1), (160, 5)]
    assert sum(bar["count"] for bar in capped(counts)) == sum(bar["count"] for bar in binned(counts)) == 15
    assert capped(counts)[-1] == {"label": "25+", "count": 8}
    assert len(binned(counts)) <= 20
    assert binned([(3, 1)])[-1]["range"] == "3"
    assert len(binned([(7, 1), (4_000_000, 1)])) <= 21
