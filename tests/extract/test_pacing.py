from __future__ import annotations

import threading
import time

import pytest

from extract.errors import Stopped
from extract.providers.bedrock.rate_limiter import Pacer


def make(workers: int = 8) -> Pacer:
    return Pacer(workers, outage_seconds=900, first_answer_seconds=60)


def test_a_throttle_halves_the_limit_once_for_all_calls_in_flight() -> None:
    pacer = make()
    began = [pacer.begin() for _ in range(8)]

    for at in began:
        pacer.throttle(at)

    assert pacer.limit == 4


def test_the_limit_grows_slowly_and_not_beyond_the_workers() -> None:
    pacer = make()
    pacer.throttle(pacer.begin())

    limits = []
    for _ in range(60):
        pacer.begin()
        pacer.succeed()
        limits.append(pacer.limit)

    assert limits[0] == 4.25 and limits[-1] == 8
    assert all(after - before <= 0.25 for before, after in zip(limits, limits[1:], strict=False))


def test_at_least_one_call_may_fly() -> None:
    pacer = make(2)

    for _ in range(4):
        pacer.throttle(pacer.begin())

    assert pacer.limit == 1


def test_pauses_double_until_something_succeeds() -> None:
    pacer = make()
    started = time.monotonic()
    for _ in range(4):
        pacer.throttle(pacer.begin())

    pacer.begin()

    # 0.05 + 0.1 + 0.2 + 0.4, each half to one and a half times as long.
    assert 0.37 <= time.monotonic() - started < 1.3


def test_stopping_wakes_who_waits() -> None:
    pacer = make(1)
    pacer.begin()
    threading.Timer(0.05, pacer.stop).start()

    with pytest.raises(Stopped):
        pacer.begin()


def test_hope_ends_with_the_time_that_nothing_has_succeeded_for() -> None:
    pacer = Pacer(1, outage_seconds=0.2, first_answer_seconds=0.05)
    started = time.monotonic()
    assert not pacer.is_hopeless(started)
    pacer.begin()
    pacer.succeed()
    time.sleep(0.1)

    assert not pacer.is_hopeless(started)
    time.sleep(0.15)
    assert pacer.is_hopeless(started)
