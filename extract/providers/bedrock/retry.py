"""When a call to Bedrock is tried again, how long it waits before, and when it is given up."""

from __future__ import annotations

import random
from dataclasses import dataclass

from extract.settings import Settings


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """All numbers of retrying.

    botocore retries nothing: its own retries are hidden from the code that paces the calls, give up after its quota of
    some hundred, and would pay twice for a reply that timed out. So a retry waits in one of two ways. A call that
    was throttled waits with all others, since there were too many of them; a call that met a fault waits alone.

    Attributes:
        read_timeout_seconds: how long a reply may take. It is not tried again as it was, since it may be billed.
        outage_seconds: how long no call may succeed once one has.
        first_answer_seconds: how long no call may succeed before that.
        connect_timeout_seconds: how long a connection may take.
        connection_tries: tries to reach an endpoint that was never reached: a wrong address more often than an outage.
        first_backoff_seconds: the longest wait after a first fault; it doubles with each further one.
        longest_backoff_seconds: where that ends.
        first_pause_seconds: the pause of all calls after a throttle; it doubles until one succeeds.
        longest_pause_seconds: where that ends.
        longest_retry_after_seconds: the most of what the service itself asks to wait.
        rate_window_seconds: what the rate of answers is measured over.
        rate_growth: by how much each answer lets that rate grow.
        grace_seconds: how long calls already sent are waited for when a run ends early: they are paid for.
    """

    read_timeout_seconds: float
    outage_seconds: float
    first_answer_seconds: float
    connect_timeout_seconds: float = 10
    connection_tries: int = 4
    first_backoff_seconds: float = 0.4
    longest_backoff_seconds: float = 30
    first_pause_seconds: float = 0.05
    longest_pause_seconds: float = 20
    longest_retry_after_seconds: float = 60
    rate_window_seconds: float = 2
    rate_growth: float = 1.02
    grace_seconds: float = 60

    @classmethod
    def from_settings(cls, settings: Settings) -> RetryPolicy:
        """Take from the settings what a person may set."""
        return cls(
            read_timeout_seconds=settings.read_timeout_seconds,
            outage_seconds=settings.outage_seconds,
            first_answer_seconds=settings.first_answer_seconds,
        )

    def draw_backoff(self, tries: int) -> float:
        """Draw the seconds to wait after so many tries that met a fault: anything up to a limit that doubles."""
        limit = self.first_backoff_seconds * 2 ** min(tries - 1, 10)
        return random.uniform(0, min(limit, self.longest_backoff_seconds))
