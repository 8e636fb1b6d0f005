"""The bundled provider: answers from texts and names that come with the repo, in the way a model would."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

from extract.entities import PULLED, get_entity
from extract.errors import ContentExhausted
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem, Stratum
from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content
from extract.providers.bundled.text_pool import RecordedPool, TablePool, TextPool
from extract.providers.bundled.users import UserWriter
from extract.replies.completion import Completion
from extract.settings import BUNDLED

Answer = dict[str, object]


class Writer(Protocol):
    """Writes the records of an entity from what the repo holds."""

    def write(self, request: BatchRequest) -> list[Answer]:
        """Write one record an item, without `n`."""
        ...


@runtime_checkable
class FiniteWriter(Writer, Protocol):
    """Writes from texts that can run out."""

    def count(self, stratum: Stratum) -> int:
        """Count the different records of a stratum."""
        ...


class BundledProvider:
    """Needs no account and no network; its answer depends on the request alone."""

    name = BUNDLED
    model = BUNDLED
    # One after the other, so that the same run lands the same bytes.
    workers = 1
    output_limit = None
    # No call takes as long.
    grace_seconds = 60.0

    def __init__(self, content_dir: Path, seeds: Seeds) -> None:
        content = Content(content_dir)
        pool = TextPool(content)
        self._seeds = seeds
        # An entity that is not named here has its texts in a CSV file of its own name.
        writers: Mapping[str, Writer] = {
            "users": UserWriter(seeds),
            "events": pool,
            "kb_articles": pool,
            "tickets": RecordedPool(content, "tickets"),
        }
        self._writers = {name: writers.get(name) or TablePool(content, name) for name in PULLED}

    def check(self, entity: str, items: Iterable[PlanItem]) -> None:
        """Make sure that the content holds a text of its own for every item of the plan.

        Raises:
            ContentExhausted: it does not; the error names how many it can serve.
        """
        writer = self._writers[entity]
        if not isinstance(writer, FiniteWriter):
            return
        for item in (items := tuple(items)):
            if item.ordinal > writer.count(item.stratum):
                requested = items[-1].position
                raise ContentExhausted(entity, requested=requested, held=item.position - 1, where="the bundled content")

    def complete(self, request: BatchRequest) -> Completion:
        """Answer with a JSON array, one object an item, `n` and `about` saying which."""
        started = time.perf_counter()
        find_echo = get_entity(request.entity).find_echo
        answers = [
            {"n": n, "about": find_echo(item.stratum, self._seeds), **answer}
            for n, (item, answer) in enumerate(
                zip(request.items, self._writers[request.entity].write(request), strict=True), start=1
            )
        ]
        text = json.dumps(answers, ensure_ascii=False)
        latency_ms = round((time.perf_counter() - started) * 1000)
        return Completion(
            text=text, input_tokens=0, output_tokens=0, stop_reason="end_turn", latency_ms=latency_ms, model=self.model
        )

    def worst_cost(self, request: BatchRequest) -> float:
        """Cost nothing."""
        return 0.0

    def stop(self) -> None:
        """Never wait for anybody."""
