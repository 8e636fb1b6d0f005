"""Venues, events and articles: ready texts, each used once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from extract.entities import get_entity
from extract.entities.events import EventStratum
from extract.entities.kb_articles import ArticleStratum
from extract.entities.text_rules import make_key
from extract.entities.venues import VenueStratum
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
        return next((text for text in in_turn if make_key(str(text[name])) not in taken), {})

    def _find(self, stratum: Stratum) -> Sequence[Answer]:
        if isinstance(stratum, ArticleStratum):
            article = self._content.articles.get(stratum.topic)
            return [article.model_dump(include={"title", "tags", "content"})] if article else []
        if isinstance(stratum, EventStratum):
            return self._events.get(stratum, [])
        return self._venues.get(stratum, [])

    @cached_property
    def _events(self) -> dict[Stratum, list[Answer]]:
        pool: dict[Stratum, list[Answer]] = {}
        for category, texts in self._content.events.items():
            for text in texts:
                answer = text.model_dump(include={"title", "description"})
                pool.setdefault(EventStratum(category, text.kind), []).append(answer)
        return pool

    @cached_property
    def _venues(self) -> dict[Stratum, list[Answer]]:
        pool: dict[Stratum, list[Answer]] = {}
        for text in self._content.venues:
            stratum = VenueStratum(
                category=text.category, region=text.region, city=text.city, neighborhood=text.neighborhood
            )
            pool.setdefault(stratum, []).append(text.model_dump(include={"name", "address"}))
        return pool
