"""The pull: calls in flight across entities, and one writer who judges and lands what comes back."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from threading import Timer

from extract.entities import get_entity
from extract.errors import CallFailed, ExtractError, Stopped
from extract.landing.parquet import load_polars, write_records
from extract.landing.reply_log import Reply
from extract.landing.store import EntityLanding
from extract.planning.batch import BatchRequest
from extract.planning.seeds import Seeds
from extract.providers import choose_model
from extract.providers.base import Provider
from extract.providers.limits import describe_caps
from extract.pull import progress
from extract.pull.backlog import Backlog
from extract.pull.budget import Purse, Receipt
from extract.pull.interrupts import Interrupt
from extract.pull.jobs import Job
from extract.pull.workers import Outcome, WorkerPool
from extract.replies.completion import Completion
from extract.replies.parse import Reading, read_reply
from extract.replies.validate import Rules, Verdict, judge
from extract.settings import Settings

# How often the line on the screen is renewed, and an interrupt noticed, while nothing comes back.
TICK_SECONDS = 0.25
# By when the first calls have been sent.
FIRST_CALLS_SECONDS = 0.1
# How long calls in flight are waited for when the run ends early: they are paid for.
GRACE_SECONDS = 60.0


class Pull:
    """One run's pull of several entities."""

    def __init__(self, jobs: Sequence[Job], provider: Provider, settings: Settings, seeds: Seeds, purse: Purse) -> None:
        self.receipt, self.purse = Receipt(), purse
        self._provider, self._settings, self._seeds = provider, settings, seeds
        self._workers = WorkerPool(provider)
        self._backlogs = [Backlog(job, provider, settings.avoid_limit) for job in jobs]
        self._by_entity = {backlog.job.entity: backlog for backlog in self._backlogs}
        self._next, self._asked = 0, sum(len(job.missing) for job in jobs)
        self._reserved: dict[str, float | None] = {}
        self._given_up: list[ExtractError] = []
        self._stop: ExtractError | None = None
        self._started = time.monotonic()

    def run(self) -> None:
        """Pull until all has landed.

        Raises:
            ExtractError: something did not; what landed stays.
            KeyboardInterrupt: somebody has stopped the run; calls in flight have landed.
        """
        sizes = [(b.job.entity, b.job.size - len(b.job.missing), b.job.size) for b in self._backlogs]
        if self._provider.workers > 1:
            _load_polars_soon()
        with Interrupt(self._provider.stop) as interrupt, progress.show_progress(sizes) as screen:
            while not self._is_over(interrupt):
                self._hand_out()
                self._take_in(self._workers.collect(TICK_SECONDS) if self._workers.busy else [], screen)
            self._drain(interrupt, screen)
        if interrupt.is_set:
            raise KeyboardInterrupt
        for error in (self._stop, *self._given_up):
            if error:
                raise error

    def _is_over(self, interrupt: Interrupt) -> bool:
        if interrupt.is_set or self._stop:
            return True
        return not self._workers.busy and not any(True for _ in self._find_open())

    def _find_open(self) -> Iterator[Backlog]:
        """Find the entities that have something to ask, whose upstream has landed; each in its turn."""
        turn = self._backlogs[self._next :] + self._backlogs[: self._next]
        for backlog in turn:
            upstream = self._by_entity.get(get_entity(backlog.job.entity).upstream)
            if not (backlog.is_empty or self._is_stuck(backlog)) and (upstream is None or upstream.is_done):
                yield backlog

    def _is_stuck(self, backlog: Backlog) -> bool:
        """Tell whether an entity brings nothing any more, unless what is in flight does."""
        return backlog.fruitless >= self._settings.max_attempts

    def _hand_out(self) -> None:
        while self._workers.has_room and not self._stop:
            request = next((r for backlog in self._find_open() if (r := self._take(backlog))), None)
            if request is None:
                return
            if not self._reserve(request):
                self._return(request)
                return
            self._workers.submit(request)

    def _take(self, backlog: Backlog) -> BatchRequest | None:
        self._next = (self._backlogs.index(backlog) + 1) % len(self._backlogs)
        return backlog.take()

    def _reserve(self, request: BatchRequest) -> bool:
        """Set the call's worst case aside; stop the run if nothing that is in flight can make room for it."""
        cost = self._provider.worst_cost(request) if self.purse.budget is not None else None
        if self.purse.reserve(cost):
            self._reserved[request.reply_id] = cost
            return True
        if not self._workers.busy:
            self._stop = self.purse.refuse(cost or 0.0)
        return False

    def _return(self, request: BatchRequest) -> None:
        backlog = self._by_entity[request.entity]
        backlog.in_flight -= 1
        backlog.put_back(request.items)

    def _take_in(self, outcomes: Sequence[Outcome], screen: progress.Screen) -> None:
        """Store what has come back, all of it with one wait for the disk; then judge and land each."""
        replies = [self._store(outcome) for outcome in outcomes]
        for entity in {outcome.request.entity for outcome in outcomes if isinstance(outcome.result, Completion)}:
            self._by_entity[entity].landing.sync_replies()
        for outcome, reply in zip(outcomes, replies, strict=True):
            screen.advance(outcome.request.entity, self._handle(outcome, reply))
        screen.show(self._describe_state())

    def _store(self, outcome: Outcome) -> Reply | None:
        landing = self._by_entity[outcome.request.entity].landing
        if not isinstance(outcome.result, Completion):
            return None
        return landing.append_reply(outcome.request, outcome.result, outcome.sent)

    def _handle(self, outcome: Outcome, reply: Reply | None) -> int:
        """Land an outcome; tell how many records it brought."""
        backlog = self._by_entity[outcome.request.entity]
        reserved = self._reserved.pop(outcome.request.reply_id, None)
        backlog.in_flight -= 1
        if reply and isinstance(outcome.result, Completion):
            self.purse.settle(reserved, outcome.result.cost_usd)
            return self._land(reply, outcome, outcome.result)
        failure = outcome.result if isinstance(outcome.result, CallFailed) else None
        if failure and failure.may_be_billed and reserved is None:
            reserved = self._provider.worst_cost(outcome.request)
        self.purse.settle_failure(reserved, failure)
        backlog.put_back(outcome.request.items)
        self._note_failure(outcome, backlog)
        return 0

    def _land(self, reply: Reply, outcome: Outcome, completion: Completion) -> int:
        backlog = self._by_entity[outcome.request.entity]
        reading, verdict = land(reply, backlog.landing, self._settings, self._seeds)
        backlog.note(reply, reading, verdict, outcome.request)
        self.receipt.add(completion, verdict)
        self._finish(backlog)
        return len(verdict.accepted)

    def _note_failure(self, outcome: Outcome, backlog: Backlog) -> None:
        error = outcome.result
        if not isinstance(error, CallFailed):
            if not isinstance(error, Exception):
                raise error  # type: ignore[misc]  # a thread hands over whatever it was stopped by
            self._end(error)
            return
        backlog.landing.append_failure(outcome.request, error, outcome.sent)
        backlog.note_failure(outcome.request, error)
        self.receipt.add_failure(error)
        self._finish(backlog)

    def _end(self, error: Exception) -> None:
        """End the run: no other call would fare better."""
        self._provider.stop()
        if isinstance(error, Stopped):
            return
        if not isinstance(error, ExtractError):
            raise error
        self._stop = self._stop or error

    def _finish(self, backlog: Backlog) -> None:
        """Report an entity that is complete, or give up one that brings nothing any more."""
        if self._is_stuck(backlog) and not backlog.is_empty and not backlog.in_flight:
            advice = describe_caps(
                choose_model(self._settings, self._seeds), self._settings, self._provider.output_limit
            )
            self._given_up.append(backlog.give_up(self._settings.max_attempts, advice))
        if not backlog.is_done or not backlog.landing.records.keys() >= set(backlog.job.missing):
            return
        write_records(backlog.landing)
        seconds = time.monotonic() - self._started
        calls = f"{backlog.calls:,} call{'' if backlog.calls == 1 else 's'}"
        new = f"{len(backlog.job.missing):,} new, {calls}, {seconds:.1f} s"
        progress.say(backlog.job.entity, f"{backlog.job.size:,} of {backlog.job.size:,} landed ({new})")

    def _drain(self, interrupt: Interrupt, screen: progress.Screen) -> None:
        """Land what is still in flight, unless it takes too long or somebody insists."""
        if not self._workers.busy:
            return
        self._provider.stop()
        deadline = time.monotonic() + GRACE_SECONDS
        while self._workers.busy and time.monotonic() < deadline and not interrupt.is_urgent:
            outcomes = self._workers.collect(TICK_SECONDS)
            self._take_in([o for o in outcomes if isinstance(o.result, Completion | CallFailed)], screen)

    def _describe_state(self) -> str:
        landed = self.receipt.accepted
        seconds = max(time.monotonic() - self._started, 0.001)
        left = self._asked - landed
        return progress.describe_money(self.purse.spent, self.purse.is_known, landed, left, seconds)


def _load_polars_soon() -> None:
    """Load it while there is nothing to do but wait for the first replies."""
    timer = Timer(FIRST_CALLS_SECONDS, load_polars)
    timer.daemon = True
    timer.start()


def land(reply: Reply, landing: EntityLanding, settings: Settings, seeds: Seeds) -> tuple[Reading, Verdict]:
    """Judge a stored reply and land what it holds."""
    find_slots = get_entity(landing.entity).find_slots
    rules = Rules(landing.entity, settings.email_domains, lambda stratum: find_slots(stratum, seeds))
    reading = read_reply(reply.text, reply.stop_reason)
    taken, problem, blocks = landing.taken, reading.problem, reading.blocks
    verdict = judge(reading.candidates, reply.items, taken, rules, reply.attempt, problem, blocks)
    landing.append_verdict(reply, verdict)
    return reading, verdict
