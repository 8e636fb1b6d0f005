"""What is still to be pulled of one entity, in batches that fit the model."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable

from extract.errors import CallFailed, CallTooLarge, Shortfall
from extract.landing.reasons import Reasons, show_sample
from extract.landing.reply_log import StoredReply
from extract.landing.store import EntityLanding
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.prompts.existing import ExistingLabels
from extract.prompts.tokens import OutputMeter, measure
from extract.providers.base import Provider
from extract.pull.batch_limit import BatchLimit
from extract.pull.jobs import Job
from extract.replies.parse import CUT, WHOLE
from extract.replies.validate import REPEAT, ValidationResult
from extract.settings import BUNDLED, Settings


class Backlog:
    """The open items of one entity.

    Args:
        job: what is to be reached.
        provider: who writes.
        settings: how many names a prompt lists, how many replies may be empty, and how often an item may fail.

    Attributes:
        job: what is to be reached.
        landing: where it lands.
        empty_replies: replies and failed calls in a row without an accepted record.
        is_cut: whether the last reply was cut at the limit.
        reasons: why records were refused and calls failed.
        set_aside: positions that have failed too often to be asked for again in this run.
        sample: how the last reply begins that held no record.
    """

    def __init__(self, job: Job, provider: Provider, settings: Settings) -> None:
        self.job, self.landing = job, (landing := job.landing)
        self.empty_replies = 0
        self.is_cut = False
        self.reasons = Reasons()
        self.set_aside = set[int]()
        self.sample = ""
        self._failures = Counter[int]()
        self._provider, self._settings = provider, settings
        # The bundled content has another text at each attempt, and its batches decide which: they stay as they are.
        self._learns = provider.name != BUNDLED
        self._limit = BatchLimit(job.batch_size)
        self._existing = ExistingLabels(job.entity, landing.records.values())
        self._new = deque(position for position in job.missing if position not in landing.attempts)
        self._retry = {position for position in job.missing if position in landing.attempts}
        self._last_reasons = _read_last_reasons(landing, self._retry)
        self.meter = learn_tokens(landing, provider.model)

    @property
    def _output_limit(self) -> int | None:
        # Asked each time: a service may state a lower one when it refuses a call.
        return self._provider.output_limit

    @property
    def is_empty(self) -> bool:
        return not (self._new or self._retry)

    @property
    def is_stuck(self) -> bool:
        """Whether no reply has brought a record for too long, unless what is in flight does."""
        return self.empty_replies >= self._settings.max_attempts

    @property
    def is_complete(self) -> bool:
        """Whether all that was missing has landed."""
        return self.is_empty and all(position in self.landing.records for position in self.job.missing)

    def take(self, is_alone: bool) -> BatchRequest | None:
        """Take the next batch, if there is one.

        Positions that one reply missed go with new ones, so that few calls are left for them alone at the end;
        other retries wait until they fill a batch, or nothing of the entity is in flight.

        Args:
            is_alone: whether nothing of the entity is in flight.
        """
        if self.meter.is_searching and not is_alone:
            # What one call does not bring, all others would not bring either.
            return None
        size = self.meter.fit(self._output_limit, self._limit.size)
        if self._new:
            seconds = self._find_second_tries()[: size - 1]
            fresh = min(size - len(seconds), len(self._new))
            positions = [*seconds, *(self._new.popleft() for _ in range(fresh))]
            self._retry.difference_update(seconds)
        elif self._retry and (len(self._retry) >= size or is_alone):
            positions = sorted(self._retry)[:size]
            self._retry.difference_update(positions)
        else:
            return None
        return self._make_request(self.job.pick(positions))

    def _find_second_tries(self) -> list[int]:
        # Only for a model, which does not mind what else is in a batch; the bundled texts go by the attempt.
        if self._output_limit is None:
            return []
        return sorted(position for position in self._retry if self.landing.attempts.get(position, 0) <= 1)

    def put_back(self, items: Iterable[PlanItem]) -> None:
        """Take back what was not answered, but for what has failed too often."""
        left = {item.position for item in items} - self.landing.records.keys()
        failed = {position for position in left if self._failures[position] >= self._settings.item_attempts}
        self.set_aside |= failed
        self._retry |= left - failed

    def is_outdated(self, request: BatchRequest) -> bool:
        """Tell whether a request was made before others have shown that it must be smaller, or its answer longer.

        That such a one brought nothing says nothing new: as many as are in flight together fail together.
        """
        size = len(request.items)
        fitting = self.meter.fit(self._output_limit, self._limit.size)
        return size > fitting or request.max_tokens < self.meter.reserve(size, self._output_limit)

    def note(self, request: BatchRequest, reply: StoredReply, result: ValidationResult) -> None:
        """Learn from a reply that has landed."""
        for refusal in result.rejected:
            self.reasons.add(refusal.reason)
        self._last_reasons |= {r.position: r.reason for r in result.rejected if r.position is not None}
        if not result.found:
            self.sample = show_sample(reply) or self.sample
        self.is_cut = reply.stop_reason in CUT
        if result.accepted:
            self.empty_replies = 0
        elif not (self.is_cut and self.is_outdated(request)):
            self.empty_replies += 1
        if self._learns and not self.is_cut:
            self._count_failures(request, result)
        _learn(self.meter, reply, result.found, request.max_tokens >= (self._output_limit or 0))
        for accepted in result.accepted:
            self._existing.add(self.landing.records[accepted.item.position])

    def note_failure(self, request: BatchRequest, error: CallFailed) -> None:
        """Learn from a call that failed."""
        self.reasons.add(str(error))
        self.is_cut = False
        if not (isinstance(error, CallTooLarge) and self.is_outdated(request)):
            self.empty_replies += 1
        if isinstance(error, CallTooLarge):
            self._limit.lower(len(request.items))

    def _count_failures(self, request: BatchRequest, result: ValidationResult) -> None:
        """Count the items that a reply failed: what it refused by its words, and what it left out beside others.

        A reply of which too little lands says more of the batch than of its items.
        """
        asked, landed = len(request.items), {accepted.item.position for accepted in result.accepted}
        refused = {r.position for r in result.rejected if r.raw is not None}
        # What repeats another record would do so in any batch.
        repeated = {r.position for r in result.rejected if r.position is not None and r.reason.startswith(REPEAT)}
        shrinks = self._limit.learn(asked, len(landed | repeated))
        is_telling = asked == 1 or (landed and not shrinks)
        for item in request.items:
            if item.position not in landed and (item.position in refused or is_telling):
                self._failures[item.position] += 1

    def give_up(self, advice: str = "") -> Shortfall:
        """Drop what is open; tell what is missing, why, and what to do."""
        is_stuck = not self.is_empty
        missing = sorted({*self._retry, *self._new, *self.set_aside})
        self._new.clear()
        self._retry.clear()
        self.set_aside.clear()
        attempts = self._settings.max_attempts if is_stuck else self._settings.item_attempts
        return Shortfall(
            entity=self.job.entity,
            positions=missing,
            attempts=f"after {attempts} attempts{'' if is_stuck else ' each'}",
            reasons=self.reasons.list_commonest(),
            sample=self.sample,
            advice=advice if self.is_cut else "",
        )

    def _make_request(self, items: tuple[PlanItem, ...]) -> BatchRequest:
        landing, is_bundled = self.landing, self._output_limit is None
        return BatchRequest(
            entity=self.job.entity,
            items=items,
            seed=self.job.seed,
            attempt=max(landing.attempts.get(item.position, 0) for item in items) + 1,
            existing_keys=tuple(landing.keys) if is_bundled else (),
            # The bundled texts read no prompt.
            existing_labels=() if is_bundled else self._existing.pick(items, self._settings.avoid_limit),
            reasons={i.position: self._last_reasons[i.position] for i in items if i.position in self._last_reasons},
            max_tokens=self.meter.reserve(len(items), self._output_limit),
        )


def _read_last_reasons(landing: EntityLanding, positions: Collection[int]) -> dict[int, str]:
    """Read why the last record for each position was refused in an earlier run."""
    if not positions:
        return {}
    rejects = ((line["position"], str(line["reason"])) for line in landing.read_rejects())
    return {position: reason for position, reason in rejects if position in positions}


def learn_tokens(landing: EntityLanding, model: str) -> OutputMeter:
    """Learn how many tokens a record takes from the replies that this model has given before."""
    meter = OutputMeter(landing.entity)
    for reply in landing.replies:
        if reply.model == model and reply.output_tokens > 0 and reply.stop_reason in WHOLE:
            _learn(meter, reply, len(reply.items))
    return meter


def _learn(meter: OutputMeter, reply: StoredReply, found: int, is_longest: bool = False) -> None:
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
