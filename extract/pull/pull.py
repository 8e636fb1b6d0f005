"""The pull: calls go out for several entities at once, and one thread stores, validates and lands what comes back."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from threading import Timer

from extract.errors import CallFailed, ExtractError, IncompleteEntity, Shortfall, Stopped
from extract.landing.parquet import load_polars, write_records
from extract.landing.reply_log import StoredReply
from extract.planning.batch import BatchRequest
from extract.planning.seeds import Seeds
from extract.providers import choose_model
from extract.providers.base import Provider
from extract.providers.limits import describe_caps
from extract.pull import progress
from extract.pull.backlog import Backlog
from extract.pull.budget import Budget
from extract.pull.interrupts import Interrupt
from extract.pull.jobs import Job
from extract.pull.receipt import Receipt
from extract.pull.schedule import Schedule
from extract.pull.workers import Outcome, WorkerPool
from extract.replies.completion import Completion
from extract.replies.validate import make_policy
from extract.settings import BUNDLED, Settings

# How often the line on the screen is renewed, and an interrupt noticed, while nothing comes back.
TICK_SECONDS = 0.25
# By when the first calls have been sent.
FIRST_CALLS_SECONDS = 0.1


class Pull:
    """One run's pull of several entities: dispatch, collect, store, validate, report.

    Attributes:
        receipt: what it took and brought.
    """

    def __init__(
        self, jobs: Sequence[Job], *, provider: Provider, budget: Budget, settings: Settings, seeds: Seeds
    ) -> None:
        self.receipt = Receipt()
        self._jobs, self._provider, self._budget = jobs, provider, budget
        self._settings, self._seeds = settings, seeds
        self._policies = {job.entity: make_policy(job.entity, seeds) for job in jobs}
        self._workers = WorkerPool(provider)
        self._schedule = Schedule([Backlog(job, provider, settings) for job in jobs], self._workers)
        self._end: ExtractError | None = None
        self._short: list[Shortfall] = []
        self._started = time.monotonic()

    def run(self) -> None:
        """Pull until all has landed.

        Raises:
            ExtractError: something did not; what landed stays.
            KeyboardInterrupt: somebody has stopped the run; calls in flight have landed.
        """
        if self._provider.workers > 1:
            _load_polars_soon()
        sizes = [(job.entity, job.size - len(job.missing), job.size) for job in self._jobs]
        with Interrupt(self._provider.stop) as interrupt, progress.show_progress(sizes) as screen:
            while self._schedule.is_open and not interrupt.is_set and not self._end:
                self._dispatch()
                self._take_in(self._workers.collect(TICK_SECONDS), screen)
            self._drain(interrupt, screen)
        if interrupt.is_set:
            raise KeyboardInterrupt
        if self._end:
            raise self._end
        if self._short:
            order = [job.entity for job in self._jobs]
            short = sorted(self._short, key=lambda shortfall: order.index(shortfall.entity))
            raise IncompleteEntity(short, is_bundled=self._provider.name == BUNDLED)

    def _dispatch(self) -> None:
        """Hand out calls while workers wait for some, after reserving the worst case of each."""
        while self._workers.has_room and (request := self._schedule.take()):
            cost = self._provider.worst_cost(request) if self._budget.limit is not None else None
            if self._budget.reserve(request.reply_id, cost):
                self._workers.submit(request)
                continue
            self._schedule[request.entity].put_back(request.items)
            if not self._workers.is_busy:
                # No call is in flight that could cost less than was reserved for it.
                self._end = self._budget.refuse(cost or 0.0)
            return

    def _take_in(self, outcomes: Sequence[Outcome], screen: progress.Screen) -> None:
        """Store what has come back; then validate and land it, and report."""
        replies = self._store(outcomes)
        for outcome in outcomes:
            landed = 0
            match outcome.result:
                case Completion() as completion:
                    landed = self._validate(outcome.request, replies[outcome.request.reply_id], completion)
                case CallFailed() as error:
                    self._note_failure(outcome, error)
                case error:
                    self._note_end(outcome.request, error)
            self._schedule[outcome.request.entity].put_back(outcome.request.items)
            screen.advance(outcome.request.entity, landed)
        for entity in dict.fromkeys(outcome.request.entity for outcome in outcomes):
            self._finish(self._schedule[entity])
        missing = sum(len(job.missing) for job in self._jobs)
        screen.show(progress.describe_state(self.receipt, missing, time.monotonic() - self._started))

    def _store(self, outcomes: Sequence[Outcome]) -> Mapping[str, StoredReply]:
        """Store the replies, all of them with one wait for the disk; give them by their ids."""
        replies, landings = {}, {}
        for outcome in outcomes:
            if isinstance(outcome.result, Completion):
                request = outcome.request
                landing = landings[request.entity] = self._schedule[request.entity].landing
                replies[request.reply_id] = landing.append_reply(request, outcome.result, outcome.context)
        for landing in landings.values():
            landing.sync_replies()
        return replies

    def _validate(self, request: BatchRequest, reply: StoredReply, completion: Completion) -> int:
        """Validate a reply and land its records; tell how many there were."""
        entity, backlog = request.entity, self._schedule[request.entity]
        result = backlog.landing.land(reply, self._policies[entity])
        backlog.note(request, reply, result)
        self._budget.settle(reply.reply_id, completion.cost_usd)
        self.receipt.add(entity, completion, result)
        return len(result.accepted)

    def _note_failure(self, outcome: Outcome, error: CallFailed) -> None:
        """Log a call without a reply; one that may be billed counts at its worst."""
        request, cost, backlog = outcome.request, None, self._schedule[outcome.request.entity]
        backlog.landing.append_failure(request, error, outcome.context)
        backlog.note_failure(request, error)
        if error.may_be_billed:
            cost = self._budget.find_reserved(request.reply_id) or self._provider.worst_cost(request)
        self._budget.settle(request.reply_id, cost)
        self.receipt.add_failure(request.entity, error, cost)

    def _note_end(self, request: BatchRequest, error: BaseException) -> None:
        """End the run: no other call would fare better."""
        self._budget.settle(request.reply_id, None)
        if isinstance(error, Exception):
            self._provider.stop()
        if isinstance(error, ExtractError):
            self._end = self._end or error
        elif not isinstance(error, Stopped):
            raise error  # a mistake of ours, or whatever a thread was stopped by

    def _finish(self, backlog: Backlog) -> None:
        """Report an entity that is complete, or give up one without an accepted record for too long."""
        job = backlog.job
        is_over = backlog.set_aside if backlog.is_empty else backlog.is_stuck
        if is_over and not self._workers.in_flight[job.entity]:
            model = choose_model(self._settings, self._seeds)
            advice = describe_caps(model, self._settings, self._provider.output_limit)
            self._short.append(backlog.give_up(advice))
        if backlog.is_complete:
            write_records(backlog.landing)
            progress.say_complete(job, self.receipt.calls[job.entity], time.monotonic() - self._started)

    def _drain(self, interrupt: Interrupt, screen: progress.Screen) -> None:
        """Land what is still in flight, unless it takes too long, or on a second interrupt."""
        if not self._workers.is_busy:
            return
        self._provider.stop()
        deadline = time.monotonic() + self._provider.grace_seconds
        while self._workers.is_busy and time.monotonic() < deadline and not interrupt.is_urgent:
            outcomes = self._workers.collect(TICK_SECONDS)
            self._take_in([o for o in outcomes if isinstance(o.result, Completion | CallFailed)], screen)


def _load_polars_soon() -> None:
    """Load it while there is nothing to do but wait for the first replies."""
    timer = Timer(FIRST_CALLS_SECONDS, load_polars)
    timer.daemon = True
    timer.start()
