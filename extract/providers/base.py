"""What a provider is asked and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from extract.planning.plan import PlanItem


@dataclass(frozen=True)
class BatchRequest:
    """One call: records for some plan items of one entity.

    Attributes:
        entity: which record model the answer must fit.
        items: what to write; item n of the answer is the n-th of these, counted from 1.
        seed: the plan's seed.
        attempt: 1 for positions that nobody was asked for yet, one more for each reply before.
        avoid: natural keys that are taken, oldest first.
        similar: what exists of the same kind, in a few words each; a prompt asks for something else.
        max_tokens: how long the answer may get.
    """

    entity: str
    items: tuple[PlanItem, ...]
    seed: int
    attempt: int
    avoid: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    max_tokens: int = 4096

    @property
    def batch_id(self) -> str:
        return f"{self.entity}-{self.items[0].position:05d}-{self.items[-1].position:05d}"

    @property
    def reply_id(self) -> str:
        """Unique in a landing, since a position never meets the same attempt twice."""
        return f"{self.batch_id}-a{self.attempt}"


@dataclass(frozen=True)
class Completion:
    """An answer, verbatim, with what it took.

    Attributes:
        text: what was said, to be read by `replies.parse_candidates`.
        input_tokens: tokens of the prompt; 0 for the bundled content.
        output_tokens: tokens of the answer; 0 for the bundled content.
        stop_reason: why it ended, in the words of Converse.
        latency_ms: milliseconds from request to answer.
        model: the id of the model that answered.
        tries: how often the request was sent until it was answered.
        cost_usd: what it cost; None where no price is known.
    """

    text: str
    input_tokens: int
    output_tokens: int
    stop_reason: str
    latency_ms: int
    model: str
    tries: int = 1
    cost_usd: float | None = 0.0


class Provider(Protocol):
    """Whoever writes."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def workers(self) -> int:
        """How many requests it answers at once."""
        ...

    @property
    def output_limit(self) -> int | None:
        """Most tokens of one answer; None where answers have any length."""
        ...

    def check(self, entity: str, items: Iterable[PlanItem]) -> None:
        """Raise before the first call if the whole plan up to its last item cannot be served."""
        ...

    def complete(self, request: BatchRequest) -> Completion:
        """Answer one request; called from as many threads as there are workers.

        Raises:
            CallFailed: this request brought nothing, but another may.
            ExtractError: no request will.
        """
        ...

    def worst_cost(self, request: BatchRequest) -> float | None:
        """Tell the most that a request can cost in USD; None where no price is known."""
        ...

    def stop(self) -> None:
        """Give up waiting for a service that is busy: the run is ending."""
        ...
