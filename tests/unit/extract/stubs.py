"""A provider on a string, and a reader of what landed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from extract.entities import get_entity
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanContext, PlanItem
from extract.replies.completion import Completion

Answer = dict[str, Any]


class StubProvider:
    """Answers users with a function of item and attempt; keeps the requests it got."""

    name = "stub"
    model = "stub-1"
    workers = 1
    output_limit = None
    grace_seconds = 60.0

    def __init__(self, write: Callable[[PlanItem, int], Answer | None]) -> None:
        self.write = write
        self.requests: list[BatchRequest] = []

    def check(self, entity: str, items: Iterable[PlanItem]) -> None:
        """Serve any plan."""

    def worst_cost(self, request: BatchRequest) -> float:
        """Cost nothing."""
        return 0.0

    def stop(self) -> None:
        """Never wait."""

    def complete(self, request: BatchRequest) -> Completion:
        self.requests.append(request)
        answers = [self.write(item, request.attempt) for item in request.items]
        numbered = [{"n": n, **answer} for n, answer in enumerate(answers, start=1) if answer]
        return Completion(
            text=json.dumps(numbered),
            input_tokens=10,
            output_tokens=20,
            stop_reason="end_turn",
            latency_ms=5,
            model=self.model,
        )


def write_member(item: PlanItem, attempt: int) -> Answer:
    """Write a user whose name follows from the position alone."""
    word = "".join(chr(ord("a") + int(digit)) for digit in str(item.position))
    return {"full_name": f"Ann X{word}"}


def read_jsonl(path: Path) -> list[Answer]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def build_plan(entity: str, size: int, context: PlanContext) -> list[PlanItem]:
    """Build the first positions of an entity's plan at once."""
    return list(get_entity(entity).plan(size, context))
