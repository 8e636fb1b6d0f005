"""What a provider is asked and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.strata import PlanItem


@dataclass(frozen=True)
class BatchRequest:
    """One call: records for some plan items of one entity.

    Attributes:
        entity: which record model the answer must fit.
        items: what to write; item n of the answer is the n-th of these, counted from 1.
        seed: the plan's seed.
        attempt: 1 for positions that nobody was asked for yet, one more for each reply before.
        avoid: natural keys that are taken, oldest first; a prompt lists only the last few.
    """

    entity: str
    items: tuple[PlanItem, ...]
    seed: int
    attempt: int
    avoid: tuple[str, ...] = ()

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
        stop_reason: why it ended, in the provider's words.
        latency_ms: milliseconds from request to answer.
        model: the id of the model that answered.
    """

    text: str
    input_tokens: int
    output_tokens: int
    stop_reason: str
    latency_ms: int
    model: str


class Provider(Protocol):
    """Whoever writes."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    def check(self, entity: str, items: Sequence[PlanItem]) -> None:
        """Raise before the first call if the whole plan up to its last item cannot be served."""
        ...

    def complete(self, request: BatchRequest) -> Completion:
        """Answer one request."""
        ...
