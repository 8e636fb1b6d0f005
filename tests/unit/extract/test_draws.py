from __future__ import annotations

from collections import Counter

from extract.planning.draws import draw_one, draw_unit, draw_weighted, shuffle


def test_a_draw_depends_on_its_key_alone() -> None:
    assert draw_unit(42, "users", 1) == draw_unit(42, "users", 1)
    assert len({draw_unit(42, "users", position) for position in range(1000)}) == 1000


def test_a_draw_has_the_published_value() -> None:
    # Another value here means another data set for everybody.
    assert round(draw_unit(42, "users", 1), 12) == 0.829317032696


def test_draws_are_spread_evenly() -> None:
    tenths = Counter(int(draw_unit("spread", n) * 10) for n in range(10_000))

    assert all(900 < tenths[tenth] < 1100 for tenth in range(10))


def test_weighted_draws_follow_the_weights() -> None:
    drawn = Counter(draw_weighted({"a": 3, "b": 1, "never": 0}, "weights", n) for n in range(4000))

    assert drawn["never"] == 0
    assert 2850 < drawn["a"] < 3150


def test_shuffle_keeps_every_value() -> None:
    values = list(range(50))

    assert sorted(shuffle(values, "key")) == values
    assert shuffle(values, "key") != shuffle(values, "another key")


def test_draw_one_reaches_every_value() -> None:
    assert {draw_one("abc", "one", n) for n in range(100)} == set("abc")
