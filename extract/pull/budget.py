"""Money: what was spent, what may be, and the receipt."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from extract.errors import BudgetReached, CallFailed
from extract.replies.completion import Completion
from extract.replies.validate import Verdict

_DETAIL = re.compile(r"'[^']*'|\"[^\"]*\"|\{[^}]*\}|\d[\d,.]*|(?<=e-mail )\S+@|(?<=the name ).*")


class Purse:
    """What a run may spend. A call's worst case is set aside before it starts, and settled after it."""

    def __init__(self, budget: float | None) -> None:
        self.budget = budget
        self.spent = self.unsure = 0.0
        self.is_known = True
        self._set_aside = 0.0

    def reserve(self, cost: float | None) -> bool:
        """Set the worst case aside; tell whether the budget allows it."""
        if self.budget is None or cost is None:
            return True
        if self.spent + self.unsure + self._set_aside + cost > self.budget:
            return False
        self._set_aside += cost
        return True

    def settle(self, reserved: float | None, cost: float | None) -> None:
        """Replace what was set aside by what it came to."""
        self._release(reserved)
        self.spent += cost or 0.0
        self.is_known = self.is_known and cost is not None

    def settle_failure(self, reserved: float | None, error: CallFailed | None) -> None:
        """Count a call that may be billed, although no usage came back, at its worst."""
        self._release(reserved)
        if error is not None and error.may_be_billed:
            self.unsure += reserved or 0.0

    def refuse(self, cost: float) -> BudgetReached:
        """Say that the next call does not fit."""
        return BudgetReached(self.budget or 0.0, self.spent + self.unsure, cost)

    def _release(self, reserved: float | None) -> None:
        if self.budget is not None and reserved is not None:
            self._set_aside -= reserved


@dataclass
class Receipt:
    """What a run took and brought."""

    calls: int = 0
    failed: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    latency_ms: int = 0
    accepted: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, completion: Completion, verdict: Verdict) -> None:
        """Count a reply."""
        self.calls += 1
        self.retries += completion.tries - 1
        self.input_tokens += completion.input_tokens
        self.output_tokens += completion.output_tokens
        self.latency_ms += completion.latency_ms
        self.accepted += len(verdict.accepted)
        self.reasons.update(shorten_reason(refusal.reason) for refusal in verdict.rejected)

    def add_failure(self, error: CallFailed) -> None:
        """Count a call that failed."""
        self.calls += 1
        self.failed += 1
        self.retries += error.tries - 1

    def describe(self, purse: Purse) -> list[str]:
        """Write the receipt, a line each."""
        per_thousand = _divide(purse.spent, self.accepted)
        cost = f"${purse.spent:,.4f}" if purse.is_known else "unknown"
        each = f"${per_thousand:,.4f}" if purse.is_known and self.accepted else "unknown"
        unsure = f" (and up to ${purse.unsure:,.4f} for calls that broke off)" if purse.unsure else ""
        lines = [
            f"calls     {self.calls:,} ({self.failed:,} failed), {self.retries:,} retries",
            f"tokens    {self.input_tokens:,} in, {self.output_tokens:,} out",
            f"cost      {cost}{unsure}; per 1,000 accepted records {each}",
            f"records   {self.accepted:,} accepted, {self.reasons.total():,} rejected",
        ]
        return lines + [f"rejected  {count:>6,}  {reason}" for reason, count in self.reasons.most_common(8)]


def shorten_reason(reason: str) -> str:
    """Leave out of a reason what only one record had."""
    return _DETAIL.sub("…", reason)[:90]


def _divide(cost: float, records: int) -> float:
    return cost * 1000 / records if records else 0.0
