"""The bundled provider: answers from texts and names that come with the repo, in the way a model would."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from extract.entities.strata import PlanItem, Stratum
from extract.errors import ContentExhausted
from extract.planning.seeds import Seeds
from extract.providers.base import BatchRequest, Completion
from extract.providers.bundled.content import Content
from extract.providers.bundled.text_pool import Shelf
from extract.providers.bundled.tickets import TicketComposer
from extract.providers.bundled.users import UserWriter
from extract.settings import BUNDLED

Answer = dict[str, object]


class BundledProvider:
    """Needs no account and no network; its answer depends on the request alone."""

    name = BUNDLED
    model = BUNDLED
    # One after the other, so that the same run lands the same bytes.
    workers = 1
    output_limit = None

    def __init__(self, content_dir: Path, seeds: Seeds) -> None:
        content = Content(content_dir)
        self._shelf = Shelf(content)
        self._tickets = TicketComposer(content)
        self._users = UserWriter(seeds)
        self._capacities: dict[str, Callable[[Stratum], int]] = {
            "venues": self._shelf.count,
            "events": self._shelf.count,
            "kb_articles": self._shelf.count,
            "tickets": self._tickets.count,
        }

    def check(self, entity: str, items: Iterable[PlanItem]) -> None:
        """Make sure that the content holds a text of its own for every item of the plan.

        Raises:
            ContentExhausted: it does not; the error names how many it can serve.
        """
        capacity = self._capacities.get(entity)
        if capacity is None:
            return
        for item in (items := tuple(items)):
            if item.ordinal > capacity(item.stratum):
                asked = items[-1].position
                raise ContentExhausted(entity, asked, item.position - 1, "the bundled content")

    def complete(self, request: BatchRequest) -> Completion:
        """Answer with a JSON array, one object an item, `n` saying which."""
        started = time.perf_counter()
        answers = [{"n": n, **answer} for n, answer in enumerate(self._write(request), start=1)]
        text = json.dumps(answers, ensure_ascii=False)
        latency_ms = round((time.perf_counter() - started) * 1000)
        return Completion(text, 0, 0, "end_turn", latency_ms, self.model)

    def worst_cost(self, request: BatchRequest) -> float:
        """Cost nothing."""
        return 0.0

    def stop(self) -> None:
        """Never wait for anybody."""

    def _write(self, request: BatchRequest) -> list[Answer]:
        if request.entity == "users":
            return [self._users.write(item, request.seed, request.attempt) for item in request.items]
        if request.entity == "tickets":
            return [self._tickets.write(item, request.seed, request.attempt) for item in request.items]
        return self._shelf.pick(request)
