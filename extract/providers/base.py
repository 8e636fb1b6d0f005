"""What every provider can do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.replies.completion import Completion


class Provider(Protocol):
    """Writes records: the bundled content, or a language model."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def workers(self) -> int:
        """How many requests it answers at once."""
        ...

    @property
    def grace_seconds(self) -> float:
        """How long calls already sent are waited for when a run ends early."""
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
            CallFailed: this request failed, but another may succeed.
            ExtractError: no request will.
        """
        ...

    def worst_cost(self, request: BatchRequest) -> float | None:
        """Tell the most that a request can cost in USD; None where no price is known."""
        ...

    def stop(self) -> None:
        """Give up waiting for a service that is busy: the run is ending."""
        ...
