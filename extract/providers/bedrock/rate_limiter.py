"""How many calls run at once, by additive increase and multiplicative decrease (AIMD): halved when throttled."""

from __future__ import annotations

import random
import time
from collections import deque
from threading import Condition

from extract.errors import Stopped
from extract.providers.bedrock.retry import RetryPolicy


class RateLimiter:
    """Shared by all workers of a run; every method may be called from any thread.

    A throttled call halves the limit, once for all calls that were in flight together, and holds back every
    call for a pause, which doubles until something succeeds again. From then on calls start evenly, at the
    rate that was answered before the throttle: a few at once are what a limit per second or minute refuses
    first, however few they are on average.

    Args:
        workers: most calls at once.
        policy: how long to pause, and how long nothing may succeed.

    Attributes:
        limit: calls that may run at once now, from 1 to `workers`; the part behind the point is progress to one more.
    """

    def __init__(self, workers: int, policy: RetryPolicy) -> None:
        self.workers, self.limit = workers, float(workers)
        self._policy = policy
        self._changed = Condition()
        self._active = 0
        self._pause, self._resume_at, self._cut_at = policy.first_pause_seconds, 0.0, 0.0
        self._last_success = 0.0
        self._answered: deque[float] = deque(maxlen=1000)
        self._interval = self._next_start = 0.0
        self._stopped = False
        self._random = random.Random(0)

    def begin(self) -> float:
        """Wait until a call may start.

        Returns:
            When it started, in seconds of `time.monotonic`, for `throttle`.

        Raises:
            Stopped: it may not, because the run is ending.
        """
        with self._changed:
            while not self._stopped:
                now = time.monotonic()
                start = max(self._resume_at, self._next_start)
                if self._active < int(self.limit) and now >= start:
                    self._active += 1
                    # A thread wakes a little late; its delay is not passed on to the next ones.
                    self._next_start = max(self._next_start, now - self._interval) + self._interval
                    return now
                self._changed.wait(max(start - now, 0.0) or None)
            raise Stopped

    def succeed(self) -> None:
        """Note an answer: after about as many answers as the limit, one more call may run at once."""
        with self._changed:
            self._active -= 1
            self._pause = self._policy.first_pause_seconds
            self._last_success = time.monotonic()
            self._answered.append(self._last_success)
            self._interval /= self._policy.rate_growth
            self.limit = min(float(self.workers), self.limit + 1 / self.limit)
            self._changed.notify_all()

    def fail(self) -> None:
        """Note a call that failed, for other reasons than its rate."""
        with self._changed:
            self._active -= 1
            self._changed.notify_all()

    def throttle(self, began: float, retry_after: float = 0.0) -> None:
        """Note a call that the service refused as one too many.

        Args:
            began: what `begin` gave for it; calls that began before the last cut do not cut again.
            retry_after: seconds that the service asks to wait; 0 where it names none.
        """
        with self._changed:
            self._active -= 1
            now = time.monotonic()
            if began >= self._cut_at:
                self.limit = max(1.0, self.limit / 2)
                self._cut_at = now
                self._interval = self._measure_interval(now)
                asked = min(retry_after, self._policy.longest_retry_after_seconds)
                pause = self._pause * self._random.uniform(0.5, 1.5)
                self._resume_at = max(self._resume_at, now + max(asked, pause))
                self._pause = min(self._pause * 2, self._policy.longest_pause_seconds)
            self._changed.notify_all()

    def _measure_interval(self, now: float) -> float:
        """Tell how many seconds apart the answers of the last seconds were; where there are too few, as before."""
        recent = [at for at in self._answered if now - at < self._policy.rate_window_seconds]
        return (now - recent[0]) / len(recent) if len(recent) > 4 else self._interval

    def wait(self, seconds: float) -> None:
        """Sleep, unless the run is ending."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped, seconds)

    def stop(self) -> None:
        """Let nothing more start, and wake who waits."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def has_answered(self) -> bool:
        """Tell whether any call has succeeded yet."""
        return self._last_success > 0

    def is_hopeless(self, failing_since: float) -> bool:
        """Tell whether a call has failed for too long while no other succeeded.

        Args:
            failing_since: when it failed first, in seconds of `time.monotonic`.
        """
        policy = self._policy
        patience = policy.outage_seconds if self.has_answered() else policy.first_answer_seconds
        return time.monotonic() - max(failing_since, self._last_success) > patience
