"""The help center's index, made once for an environment: full text, and how sure the desk may be of what it finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from agentic.confidence import Coverage, list_terms
from agentic.database import Database, Row
from agentic.search_index import SearchIndex

MOST_CALIBRATING = 300


@dataclass(frozen=True)
class Found:
    """An article that a search has found, with the paragraph that fits best."""

    article_id: str
    title: str
    category: str
    passage: str
    confidence: float


class Knowledge:
    """The published articles."""

    def __init__(self, database: Database) -> None:
        """Index the articles of a database; no task changes them."""
        rows = database.find_all("select * from udahub.knowledge order by article_id")
        self._articles = {row["article_id"]: row for row in rows if row["is_published"] != 0}
        self._index = SearchIndex(
            (name, row["title"], f"{row['tags'] or ''} {row['content']}") for name, row in self._articles.items()
        )
        self._coverage = Coverage((row["article_id"], row["title"], row["tags"] or "", row["content"]) for row in rows)
        self._coverage.calibrate(_read_measured(database))

    def find_article(self, article_id: str) -> Row | None:
        """Return an article by its id."""
        return self._articles.get(article_id)

    def list_articles(self) -> list[Row]:
        """Return all published articles."""
        return list(self._articles.values())

    def search(self, question: str, limit: int, measured: float | None = None) -> list[Found]:
        """Return the articles that fit best, the best first.

        Args:
            question: what is asked.
            limit: how many, at most.
            measured: what the desk has measured for these very words; it is the confidence of the best.
        """
        ratings = self._coverage.rate(question)
        found = [self._show(self._articles[name], question, ratings) for name in self._index.find(question, limit)]
        if measured is None or not found:
            return found
        best = max(one.confidence for one in found) or 1
        return [Found(**(vars(one) | {"confidence": round(measured * one.confidence / best, 2)})) for one in found]

    def _show(self, row: Row, question: str, ratings: dict[str, float]) -> Found:
        terms = set(list_terms(question))
        passage, _ = max(_split(row["content"]), key=lambda paragraph: len(terms & paragraph[1]))
        name = row["article_id"]
        return Found(name, row["title"], row["category"] or "", passage, ratings.get(name, 0.0))


@cache
def _split(content: str) -> list[tuple[str, frozenset[str]]]:
    """Return the paragraphs of an article, each with its terms."""
    return [(paragraph, frozenset(list_terms(paragraph))) for paragraph in re.split(r"\n\s*\n", content)]


def find_words(database: Database, ticket_id: str) -> tuple[str, float | None]:
    """Return the words of a ticket that the desk measures, and what it has measured for them."""
    row = database.find_one(
        "select subject, rag_confidence, (select content from udahub.ticket_messages"
        " where ticket_messages.ticket_id = ticket_metadata.ticket_id order by rowid limit 1) as message"
        " from udahub.ticket_metadata where ticket_id = ?",
        ticket_id,
    )
    return (f"{row['subject'] or ''} {row['message'] or ''}", row["rag_confidence"]) if row else ("", None)


def _read_measured(database: Database) -> list[tuple[str, float]]:
    rows = database.find_all(
        "select ticket_id from udahub.ticket_metadata where rag_confidence is not null order by ticket_id limit ?",
        MOST_CALIBRATING,
    )
    measured = [find_words(database, row["ticket_id"]) for row in rows]
    return [(words, confidence) for words, confidence in measured if confidence is not None]
