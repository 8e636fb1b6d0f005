"""The help center's index, made once for an environment: what fits a question, and how sure the desk may be of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from agentic.confidence import Coverage, list_terms
from agentic.database import Database, Row
from agentic.embeddings import Encoder, VectorIndex
from agentic.fusion import fuse
from agentic.search_index import SearchIndex
from agentic.searches import FULL_TEXT, WITH_EMBEDDINGS

MOST_CALIBRATING = 300
SENTENCE_END = re.compile(r"(?<=[.?!])\s")


@dataclass(frozen=True, kw_only=True)
class Found:
    """An article that a search has found, with the paragraph that fits best."""

    article_id: str
    title: str
    category: str
    passage: str
    confidence: float


class Knowledge:
    """The published articles.

    Attributes:
        search_method: how they are ranked, as a score says it.
    """

    def __init__(self, database: Database, encoder: Encoder | None = None) -> None:
        """Index the articles of a database; no task changes them.

        Args:
            database: where they are.
            encoder: ranks them by embeddings, too; None for full text alone.
        """
        rows = database.find_all("select * from udahub.knowledge order by article_id")
        self._articles = {row["article_id"]: row for row in rows if row["is_published"] != 0}
        self._index = SearchIndex(
            (name, row["title"], f"{row['tags'] or ''} {row['content']}") for name, row in self._articles.items()
        )
        self.search_method = WITH_EMBEDDINGS if encoder else FULL_TEXT
        parts = ((name, list_parts(row)) for name, row in self._articles.items())
        self._vectors = VectorIndex(encoder, parts) if encoder else None
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

        The confidence is that of the desk, whatever ranks them: how much of the question's words an article covers.
        One that is found by its meaning alone has a low one.

        Args:
            question: what is asked.
            limit: how many, at most.
            measured: what the desk has measured for these very words; it is the confidence of the best.
        """
        ratings = self._coverage.rate(question)
        by_words = self._index.find(question, len(self._articles))
        by_meaning = self._vectors.rank(question) if self._vectors else {}
        # One ranking alone keeps its order.
        ranked = fuse([by_words, by_meaning])[:limit]
        found = [self._show(self._articles[name], question, ratings, by_meaning.get(name, 0)) for name in ranked]
        if measured is None or not found:
            return found
        best = max(one.confidence for one in found) or 1
        return [Found(**(vars(one) | {"confidence": round(measured * one.confidence / best, 2)})) for one in found]

    def measure(self, words: str) -> float:
        """Return what the desk measures for the words of a new ticket, by full text however articles are ranked."""
        best = self._index.find(words, 1)
        return self._coverage.rate(words).get(best[0], 0.0) if best else 0.0

    def _show(self, row: Row, question: str, ratings: dict[str, float], likest: int) -> Found:
        """Show an article with the paragraph that has most of the words; of several, the likest, or the first."""
        terms = set(list_terms(question))
        paragraphs = enumerate(_split(row["content"]), start=1)
        _, (passage, _) = max(paragraphs, key=lambda one: (len(terms & one[1][1]), one[0] == likest))
        name = row["article_id"]
        return Found(
            article_id=name,
            title=row["title"],
            category=row["category"] or "",
            passage=passage,
            confidence=ratings.get(name, 0.0),
        )


def list_parts(row: Row) -> list[str]:
    """Return what is encoded of an article: its title with its tags, and how each paragraph begins.

    First sentences find as well as whole paragraphs do, in a third of the time (docs/agents.md).
    """
    head = f"{row['title']}\n{row['tags'] or ''}".strip()
    return [head, *(SENTENCE_END.split(paragraph, 1)[0] for paragraph, _ in _split(row["content"]))]


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
