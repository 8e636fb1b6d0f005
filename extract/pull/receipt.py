"""The receipt: what a run took and brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from extract.errors import CallFailed
from extract.landing.reasons import shorten_reason
from extract.replies.completion import Completion
from extract.replies.validate import ValidationResult


@dataclass(kw_only=True)
class Receipt:
    """What a run took and brought.

    Attributes:
        calls: replies and failed calls, by entity.
        failed: calls without a reply.
        retries: further tries of all calls.
        latency_ms: the time of all replies, one after the other.
        accepted: records that have landed.
        cost_usd: what the replies cost.
        unsure_usd: what failed calls may have cost, at most.
        is_cost_known: whether each reply had a price.
        reasons: why records were rejected, without what only one record had.
        moved: records that their words have placed elsewhere than their numbers.
        mended: records in which something was mended.
        mends: what was mended, by the name of the rule.
    """

    calls: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    latency_ms: int = 0
    accepted: int = 0
    cost_usd: float = 0.0
    unsure_usd: float = 0.0
    is_cost_known: bool = True
    reasons: Counter[str] = field(default_factory=Counter)
    moved: int = 0
    mended: int = 0
    mends: Counter[str] = field(default_factory=Counter)

    def add(self, entity: str, completion: Completion, result: ValidationResult) -> None:
        """Count a reply."""
        self.calls[entity] += 1
        self.retries += completion.tries - 1
        self.input_tokens += completion.input_tokens
        self.output_tokens += completion.output_tokens
        self.latency_ms += completion.latency_ms
        self.cost_usd += completion.cost_usd or 0.0
        self.is_cost_known = self.is_cost_known and completion.cost_usd is not None
        self.accepted += len(result.accepted)
        self.moved += sum(accepted.moved for accepted in result.accepted)
        self.mended += sum(bool(accepted.mended) for accepted in result.accepted)
        self.mends.update(rule for accepted in result.accepted for rule in accepted.mended)
        self.reasons.update(shorten_reason(refusal.reason) for refusal in result.rejected)

    def add_failure(self, entity: str, error: CallFailed, cost_usd: float | None) -> None:
        """Count a call that failed, and what it may have cost."""
        self.calls[entity] += 1
        self.failed += 1
        self.retries += error.tries - 1
        self.unsure_usd += cost_usd or 0.0

    def describe(self) -> list[str]:
        """Write the receipt, a line each."""
        cost = f"${self.cost_usd:,.4f}" if self.is_cost_known else "unknown"
        is_each_known = self.is_cost_known and self.accepted
        each = f"${self.cost_usd * 1000 / self.accepted:,.4f}" if is_each_known else "unknown"
        unsure = f" (and up to ${self.unsure_usd:,.4f} for calls that broke off)" if self.unsure_usd else ""
        lines = [
            f"calls     {self.calls.total():,} ({self.failed:,} failed), {self.retries:,} retries",
            f"tokens    {self.input_tokens:,} in, {self.output_tokens:,} out",
            f"cost      {cost}{unsure}; per 1,000 accepted records {each}",
            f"records   {self.accepted:,} accepted, {self.reasons.total():,} rejected",
        ]
        if self.moved or self.mended:
            lines.append(f"of these  {self.mended:,} mended, {self.moved:,} moved under the item that they name")
        return lines + [f"rejected  {count:>6,}  {reason}" for reason, count in self.reasons.most_common(8)]
