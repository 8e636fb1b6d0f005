"""One call: the plan items that it is to bring, and what limits its reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.planning.plan import PlanItem


@dataclass(frozen=True, kw_only=True)
class BatchRequest:
    """One call: records for some plan items of one entity.

    Attributes:
        entity: which record model the answer must fit.
        items: what to write; item n of the answer is the n-th of these, counted from 1.
        seed: the plan's seed.
        attempt: 1 for positions without a reply so far, one more for each reply.
        existing_keys: natural keys that are taken, oldest first.
        existing_labels: what exists of the same kind, in a few words each; a prompt asks for something else.
        reasons: why the last record for an item was refused, by the item's plan position (`PlanItem.position`);
            without those that no reply has missed yet. A prompt tells the model.
        max_tokens: how long the answer may get.
    """

    entity: str
    items: tuple[PlanItem, ...]
    seed: int
    attempt: int
    existing_keys: tuple[str, ...] = ()
    existing_labels: tuple[str, ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)
    max_tokens: int = 4096

    @property
    def batch_id(self) -> str:
        return f"{self.entity}-{self.items[0].position:05d}-{self.items[-1].position:05d}"

    @property
    def reply_id(self) -> str:
        """Unique in a landing, since a position never meets the same attempt twice."""
        return f"{self.batch_id}-a{self.attempt}"
