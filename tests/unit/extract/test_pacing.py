from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from extract.errors import Stopped
from extract.providers.bedrock.rate_limiter import RateLimiter
from extract.providers.bedrock.retry import RetryPolicy

POLICY = RetryPolicy(read_timeout_seconds=300, outage_seconds=900, first_answer_seconds=60)


def make(workers: int = 8) -> RateLimiter:
    return RateLimiter(workers, POLICY)


def test_a_throttle_halves_the_limit_once_for_all_calls_in_flight() -> None:
    limiter = make()
    began = [limiter.begin() for _ in range(8)]

    for at in began:
        limiter.throttle(at)

    assert limiter.limit == 4


def test_the_limit_grows_slowly_and_not_beyond_the_workers() -> None:
    limiter = make()
    limiter.throttle(limiter.begin())

    limits = []
    for _ in range(60):
        limiter.begin()
        limiter.succeed()
        limits.append(limiter.limit)

    assert limits[0] == 4.25 and limits[-1] == 8
    assert all(after - before <= 0.25 for before, after in zip(limits, limits[1:], strict=False))


def test_at_least_one_call_may_run() -> None:
    limiter = make(2)

    for _ in range(4):
        limiter.throttle(limiter.begin())

    assert limiter.limit == 1


def test_pauses_double_until_something_succeeds() -> None:
    limiter = make()
    started = time.monotonic()
    for _ in range(4):
        limiter.throttle(limiter.begin())

    limiter.begin()

    # 0.05 + 0.1 + 0.2 + 0.4, each half to one and a half times as long.
    assert 0.37 <= time.monotonic() - started < 1.3


def test_stopping_wakes_who_waits() -> None:
    limiter = make(1)
    limiter.begin()
    threading.Timer(0.05, limiter.stop).start()

    with pytest.raises(Stopped):
        limiter.begin()


def test_hope_ends_with_the_time_that_nothing_has_succeeded_for() -> None:
    limiter = RateLimiter(1, replace(POLICY, outage_seconds=0.2, first_answer_seconds=0.05))
    started = time.monotonic()
    assert not limiter.is_hopeless(started)
    limiter.begin()
    limiter.succeed()
    time.sleep(0.1)

    assert not limiter.is_hopeless(started)
    time.sleep(0.15)
    assert limiter.is_hopeless(started)


def test_a_wait_that_the_service_asks_for_has_an_end() -> None:
    limiter = RateLimiter(8, replace(POLICY, longest_retry_after_seconds=0.1))
    started = time.monotonic()
    limiter.throttle(limiter.begin(), retry_after=3600)

    limiter.begin()

    assert 0.1 <= time.monotonic() - started < 1.0


def test_backoffs_double_up_to_their_limit() -> None:
    draws = {tries: [POLICY.draw_backoff(tries) for _ in range(200)] for tries in (1, 2, 3, 50)}

    assert [max(draw) <= limit for draw, limit in zip(draws.values(), (0.4, 0.8, 1.6, 30), strict=True)] == [True] * 4
    assert max(draws[50]) > 15 and min(draws[50]) < 15
