"""Venues, events and articles: ready texts, each used once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from extract.entities import get_entity
from extract.entities.events import EventStratum
from extract.entities.kb_articles import ArticleStratum
from extract.entities.text_rules import make_key
from extract.planning.batch import BatchRequest
from extract.planning.draws import shuffle
from extract.planning.plan import PlanItem, Stratum
from extract.providers.bundled.content import Content

Answer = dict[str, object]


class TextPool:
    """Ready texts, sorted by the stratum that they fit."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def count(self, stratum: Stratum) -> int:
        """Count the texts that fit a stratum."""
        return len(self._find(stratum))

    def write(self, request: BatchRequest) -> list[Answer]:
        """Give the k-th item of a stratum its k-th text in seeded order, or the next one that no other item has."""
        taken = set(request.existing_keys)
        name = get_entity(request.entity).record.natural_key or ""
        answers = []
        for item in request.items:
            answer = self._pick_one(item, request.seed, name, taken)
            taken.add(make_key(str(answer.get(name, ""))))
            answers.append(answer)
        return answers

    def _pick_one(self, item: PlanItem, seed: int, name: str, taken: set[str]) -> Answer:
        # "shelf" is part of the draws' key: by another word the same set would hold other texts.
        texts = shuffle(self._find(item.stratum), seed, "shelf", item.stratum)
        start = (item.ordinal - 1) % max(len(texts), 1)
        in_turn = [*texts[start:], *texts[:start]]
        return next((text for text in in_turn if not name or make_key(str(text[name])) not in taken), {})

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
