"""The budget: the most that the calls of a run may cost."""

from __future__ import annotations

from extract.errors import BudgetReached


class Budget:
    """What may be spent. A call's worst case is reserved before it is sent, and replaced by its cost afterwards.

    Args:
        limit: most USD; None for no limit.
    """

    def __init__(self, limit: float | None) -> None:
        self.limit = limit
        self._spent = 0.0
        self._reserved: dict[str, float] = {}

    def reserve(self, call_id: str, cost: float | None) -> bool:
        """Reserve the worst case of a call; tell whether the limit allows it."""
        if self.limit is None or cost is None:
            return True
        if self._spent + sum(self._reserved.values()) + cost > self.limit:
            return False
        self._reserved[call_id] = cost
        return True

    def find_reserved(self, call_id: str) -> float | None:
        """Find what is reserved for a call."""
        return self._reserved.get(call_id)

    def settle(self, call_id: str, cost: float | None) -> None:
        """Replace what was reserved for a call by what it cost, or may have cost."""
        self._reserved.pop(call_id, None)
        self._spent += cost or 0.0

    def refuse(self, cost: float) -> BudgetReached:
        """Say that the next call does not fit."""
        return BudgetReached(self.limit or 0.0, self._spent, cost)
