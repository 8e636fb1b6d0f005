"""Workers: threads that put requests to a provider and hand back what became of them."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from threading import Thread

from extract.landing.reply_log import CallContext
from extract.planning.batch import BatchRequest
from extract.providers.base import Provider
from extract.replies.completion import Completion


@dataclass(frozen=True)
class Outcome:
    """What became of a request: a completion or an error."""

    request: BatchRequest
    context: CallContext
    result: Completion | BaseException


class WorkerPool:
    """As many threads as the provider answers requests at once.

    They are daemons, so that a call that is given up does not hold the process.
    """

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._requests: SimpleQueue[BatchRequest] = SimpleQueue()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._threads: list[Thread] = []
        # Requests handed out whose outcome was not collected yet, by entity.
        self.in_flight = Counter[str]()

    @property
    def is_busy(self) -> bool:
        """Whether any request is in flight."""
        return self.in_flight.total() > 0

    @property
    def has_room(self) -> bool:
        """Tell whether another request may be handed out.

        Some lie ready, so that no worker waits until the replies of the others are validated. A single
        worker gets one at a time: its request follows from all that came before.
        """
        workers = self._provider.workers
        return self.in_flight.total() < (2 * workers if workers > 1 else 1)

    def submit(self, request: BatchRequest) -> None:
        """Hand out a request; a thread is hired as long as there are fewer than the provider answers."""
        self.in_flight[request.entity] += 1
        if len(self._threads) < min(self.in_flight.total(), self._provider.workers):
            self._threads.append(Thread(target=self._work, daemon=True, name="extract-worker"))
            self._threads[-1].start()
        self._requests.put(request)

    def collect(self, timeout: float) -> list[Outcome]:
        """Wait for the next outcome, and take all that are there by then; none if none came in time."""
        outcomes: list[Outcome] = []
        if not self.is_busy:
            return outcomes
        with suppress(Empty):
            outcomes.append(self._outcomes.get(timeout=timeout))
            while True:
                outcomes.append(self._outcomes.get_nowait())
        self.in_flight.subtract(outcome.request.entity for outcome in outcomes)
        return outcomes

    def _work(self) -> None:
        while True:
            request = self._requests.get()
            context = CallContext(self._provider.name, self._provider.model, _now())
            try:
                result: Completion | BaseException = self._provider.complete(request)
            except BaseException as error:  # handed to the thread that decides
                result = error
            self._outcomes.put(Outcome(request, context, result))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
