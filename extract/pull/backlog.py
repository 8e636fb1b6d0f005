"""What is still to be asked of one entity, in batches that fit the model."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from extract.errors import CallFailed, CallTooLarge, ShortBatch
from extract.landing.reply_log import Reply
from extract.landing.store import EntityLanding
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.prompts.existing import Similar
from extract.prompts.tokens import OutputMeter, measure
from extract.providers.base import Provider
from extract.pull.jobs import Job
from extract.replies.parse import CUT, WHOLE, Reading
from extract.replies.validate import Verdict


class Backlog:
    """The open items of one entity.

    Attributes:
        job: what is to be reached.
        landing: where it lands.
        in_flight: calls that have not come back.
        fruitless: replies in a row that brought nothing.
        is_cut: whether the last reply was cut at the limit.
        reasons: why records were refused.
        calls: replies and failed calls of this run.
    """

    def __init__(self, job: Job, provider: Provider, similar_limit: int) -> None:
        self.job, self.landing = job, (landing := job.landing)
        self.in_flight = self.fruitless = self.calls = 0
        self.is_cut = False
        self.reasons = Counter[str]()
        self._provider, self._similar_limit = provider, similar_limit
        self._most = job.batch_size
        self._similar = Similar(job.entity, landing.records.values())
        self._fresh = deque(position for position in job.missing if position not in landing.attempts)
        self._again = {position for position in job.missing if position in landing.attempts}
        self.meter = learn_tokens(landing, provider.model)

    @property
    def _limit(self) -> int | None:
        # Asked each time: a service may state a lower one when it refuses a call.
        return self._provider.output_limit

    @property
    def is_empty(self) -> bool:
        return not (self._fresh or self._again)

    @property
    def is_done(self) -> bool:
        return self.is_empty and not self.in_flight

    def take(self) -> BatchRequest | None:
        """Take the next batch, if there is one.

        What is asked for the second time rides with what is fresh, so that little is left to run alone at the
        end; otherwise what is asked again waits until it fills a batch, or nothing of the entity is in flight.
        """
        if self.meter.is_searching and self.in_flight:
            # What one call does not bring, all others would not bring either.
            return None
        size = self.meter.fit(self._limit, self._most)
        if self._fresh:
            seconds = self._find_second_tries()[: size - 1]
            fresh = min(size - len(seconds), len(self._fresh))
            positions = [*seconds, *(self._fresh.popleft() for _ in range(fresh))]
            self._again.difference_update(seconds)
        elif self._again and (len(self._again) >= size or not self.in_flight):
            positions = sorted(self._again)[:size]
            self._again.difference_update(positions)
        else:
            return None
        self.in_flight += 1
        return self._make_request(self.job.pick(positions))

    def _find_second_tries(self) -> list[int]:
        # Only for a model, which does not mind what else is in a batch; the bundled texts go by the attempt.
        if self._limit is None:
            return []
        return sorted(position for position in self._again if self.landing.attempts.get(position, 0) <= 1)

    def put_back(self, items: Iterable[PlanItem]) -> None:
        """Take back what was not answered."""
        self._again |= {item.position for item in items} - self.landing.records.keys()

    def shrink(self, size: int) -> None:
        """Ask for fewer records from now on: the model could not write as many."""
        self._most = max(1, min(self._most, size))

    def is_outdated(self, request: BatchRequest) -> bool:
        """Tell whether a request was made before others have shown that it must be smaller, or its answer longer.

        That such a one brought nothing says nothing new: as many as are in flight together fail together.
        """
        size = len(request.items)
        fitting = self.meter.fit(self._limit, self._most)
        return size > fitting or request.max_tokens < self.meter.reserve(size, self._limit)

    def note(self, reply: Reply, reading: Reading, verdict: Verdict, request: BatchRequest) -> None:
        """Learn from a reply that has landed."""
        self.calls += 1
        self.reasons.update(refusal.reason for refusal in verdict.rejected)
        self.is_cut = reply.stop_reason in CUT
        if verdict.accepted:
            self.fruitless = 0
        elif not (self.is_cut and self.is_outdated(request)):
            self.fruitless += 1
        _learn(self.meter, reply, len(reading.candidates), request.max_tokens >= (self._limit or 0))
        for accepted in verdict.accepted:
            self._similar.add(self.landing.records[accepted.item.position])
        self.put_back(reply.items)

    def note_failure(self, request: BatchRequest, error: CallFailed) -> None:
        """Learn from a call that brought nothing."""
        self.calls += 1
        self.reasons[str(error)] += 1
        self.is_cut = False
        if not (isinstance(error, CallTooLarge) and self.is_outdated(request)):
            self.fruitless += 1
        if isinstance(error, CallTooLarge):
            self.shrink(len(request.items) // 2)

    def give_up(self, attempts: int, advice: str = "") -> ShortBatch:
        """Drop what is open; tell what was missing, why, and what to do."""
        missing = sorted(self._again.union(self._fresh))
        self._fresh.clear()
        self._again.clear()
        reason = self.reasons.most_common(1)[0][0] if self.reasons else "no reply came"
        return ShortBatch(self.job.entity, missing, attempts, reason, advice if self.is_cut else "")

    def _make_request(self, items: tuple[PlanItem, ...]) -> BatchRequest:
        landing = self.landing
        return BatchRequest(
            self.job.entity,
            items,
            self.job.seed,
            max(landing.attempts.get(item.position, 0) for item in items) + 1,
            tuple(landing.keys) if self._limit is None else (),
            self._similar.pick(items, self._similar_limit),
            self.meter.reserve(len(items), self._limit),
        )


def learn_tokens(landing: EntityLanding, model: str) -> OutputMeter:
    """Learn how many tokens a record takes from the replies that this model has given before."""
    meter = OutputMeter(landing.entity)
    for reply in landing.replies:
        if reply.model == model and reply.output_tokens > 0 and reply.stop_reason in WHOLE:
            _learn(meter, reply, len(reply.items))
    return meter


def _learn(meter: OutputMeter, reply: Reply, found: int, is_longest: bool = False) -> None:
    """Let a reply show what it takes, if it was cut, or holds most of what was asked."""
    asked, tokens = len(reply.items), reply.output_tokens
    is_telling = tokens > 0 and reply.stop_reason in WHOLE and 2 * found >= asked
    if not is_telling and reply.stop_reason not in CUT:
        return
    spent = measure(reply.text, tokens)
    if is_telling:
        meter.learn(tokens, found, spent.fixed)
    elif spent.is_short:
        meter.learn_short(tokens, asked, is_longest)
    else:
        meter.learn_cut(tokens, found, spent.fixed)
