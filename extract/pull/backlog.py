"""What is still to be asked of one entity, in batches that fit the model."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from extract.entities.strata import PlanItem
from extract.errors import ShortBatch
from extract.landing.reply_log import Reply
from extract.landing.store import EntityLanding
from extract.prompts.existing import Similar
from extract.prompts.tokens import OutputMeter
from extract.providers.base import BatchRequest, Provider
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
        reasons: why records were refused.
        calls: replies and failed calls of this run.
    """

    def __init__(self, job: Job, provider: Provider, similar_limit: int) -> None:
        self.job, self.landing = job, (landing := job.landing)
        self.in_flight = self.fruitless = self.calls = 0
        self.reasons = Counter[str]()
        self._limit, self._similar_limit = provider.output_limit, similar_limit
        self._most = job.batch_size
        self._similar = Similar(job.entity, landing.records.values())
        self._fresh = deque(position for position in job.missing if position not in landing.attempts)
        self._again = {position for position in job.missing if position in landing.attempts}
        self.meter = learn_tokens(landing, provider.model)

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

    def note(self, reply: Reply, reading: Reading, verdict: Verdict) -> None:
        """Learn from a reply that has landed."""
        self.calls += 1
        self.fruitless = 0 if verdict.accepted else self.fruitless + 1
        self.reasons.update(refusal.reason for refusal in verdict.rejected)
        found = len(reading.candidates)
        if reply.stop_reason in CUT:
            self.meter.learn_cut(reply.output_tokens, found)
        elif _is_telling(reply, found):
            self.meter.learn(reply.output_tokens, found)
        for accepted in verdict.accepted:
            self._similar.add(self.landing.records[accepted.item.position])
        self.put_back(reply.items)

    def give_up(self, attempts: int) -> ShortBatch:
        """Drop what is open; tell what was missing and why."""
        missing = sorted(self._again.union(self._fresh))
        self._fresh.clear()
        self._again.clear()
        reason = self.reasons.most_common(1)[0][0] if self.reasons else "no reply came"
        return ShortBatch(self.job.entity, missing, attempts, reason)

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
        if reply.model == model and _is_telling(reply, len(reply.items)):
            meter.learn(reply.output_tokens, len(reply.items))
    return meter


def _is_telling(reply: Reply, found: int) -> bool:
    """Tell whether a reply shows what a record takes: it was not cut, and holds most of what was asked."""
    return reply.output_tokens > 0 and reply.stop_reason in WHOLE and 2 * found >= len(reply.items)
