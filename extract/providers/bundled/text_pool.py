"""Venues, events and articles: ready texts, each used once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from extract.entities import get_entity
from extract.entities.events import EventStratum
from extract.entities.kb_articles import ArticleStratum
from extract.planning.batch import BatchRequest
from extract.planning.draws import shuffle
from extract.planning.plan import PlanItem, Stratum
from extract.providers.bundled.content import Content
from extract.providers.bundled.recording import read_recording

Answer = dict[str, object]
ReadKey = Callable[[Mapping[str, Any]], str | None]


class TextPool:
    """Ready texts, sorted by the stratum that they fit."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def count(self, stratum: Stratum) -> int:
        """Count the texts that fit a stratum."""
        return len(self._find(stratum))

    def write(self, request: BatchRequest) -> list[Answer]:
        """Give the k-th item of a stratum its k-th text in seeded order, or the next one that no other item has."""
        taken: set[str | None] = set(request.existing_keys)
        read_key = get_entity(request.entity).record.read_key
        answers = []
        for item in request.items:
            answer = self._pick_one(item, request.seed, read_key, taken)
            taken.add(read_key(answer) if answer else None)
            answers.append(answer)
        return answers

    def _pick_one(self, item: PlanItem, seed: int, read_key: ReadKey, taken: set[str | None]) -> Answer:
        # "shelf" is part of the draws' key: by another word the same set would hold other texts.
        texts = shuffle(self._find(item.stratum), seed, "shelf", item.stratum)
        start = (item.ordinal - 1) % max(len(texts), 1)
        in_turn = [*texts[start:], *texts[:start]]
        return next((text for text in in_turn if (key := read_key(text)) is None or key not in taken), {})

    def _find(self, stratum: Stratum) -> Sequence[Answer]:
        if isinstance(stratum, ArticleStratum):
            article = self._content.articles.get(stratum.topic)
            return [article.model_dump(include={"title", "tags", "content"})] if article else []
        if isinstance(stratum, EventStratum):
            return self._events.get(stratum, [])
        raise TypeError(f"{stratum} is of no entity with a folder of texts")

    @cached_property
    def _events(self) -> dict[Stratum, list[Answer]]:
        pool: dict[Stratum, list[Answer]] = {}
        for category, texts in self._content.events.items():
            for text in texts:
                answer = text.model_dump(include={"title", "description"})
                pool.setdefault(EventStratum(category, text.kind), []).append(answer)
        return pool


class RecordedPool(TextPool):
    """Recorded records, each served for what it was written for."""

    def __init__(self, content: Content, entity: str) -> None:
        super().__init__(content)
        self._recording = read_recording(content.directory, entity)

    def _find(self, stratum: Stratum) -> Sequence[Answer]:
        return self._records.get(stratum, [])

    @cached_property
    def _records(self) -> dict[Stratum, list[Answer]]:
        pool: dict[Stratum, list[Answer]] = {}
        for (stratum, _), record in self._recording.records.items():
            pool.setdefault(stratum, []).append(dict(record))
        return pool


class TablePool(TextPool):
    """Ready texts of a CSV file that is named as its entity."""

    def __init__(self, content: Content, entity: str) -> None:
        super().__init__(content)
        self._entity = get_entity(entity)

    def _find(self, stratum: Stratum) -> Sequence[Answer]:
        return self._table.get(stratum, [])

    @cached_property
    def _table(self) -> dict[Stratum, list[Answer]]:
        pool: dict[Stratum, list[Answer]] = {}
        for text in self._content.read_table(self._entity.name):
            stratum = self._entity.stratum(**text.model_dump(include={*self._entity.stratum_columns}))
            pool.setdefault(stratum, []).append(text.model_dump(include={*self._entity.record_columns}))
        return pool
