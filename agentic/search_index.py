"""Full-text search with SQLite's FTS5: one index of texts by id, ranked by BM25."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

WORD = re.compile(r"[a-z]{3,}")
# Words that say nothing of what a request is about.
STOP_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "the and for are you your our with that this can not but was has have had its from they them then there will"
        " what when where how who which why his her him one any all out now get got just into than too very been were"
        " also does did about would could should please thanks hello dear hey want need like still even know tell",
    )
)


class SearchIndex:
    """Texts to be found by their words; titles count threefold."""

    def __init__(self, texts: Iterable[tuple[str, str, str]]) -> None:
        """Index texts given as id, title and body."""
        # A harness may share one index among its threads; SQLite itself lets one at a time in.
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.execute(
            "create virtual table texts using fts5(id unindexed, title, body, tokenize = 'porter unicode61')"
        )
        self._connection.executemany("insert into texts values (?, ?, ?)", texts)

    def find(self, question: str, limit: int) -> list[str]:
        """Return the ids of the texts that fit best, the best first."""
        words = sorted(set(WORD.findall(question.lower())) - STOP_WORDS)
        if not words:
            return []
        rows = self._connection.execute(
            "select id from texts where texts match ? order by bm25(texts, 0, 3, 1), id limit ?",
            [" OR ".join(words), limit],
        )
        return [text_id for (text_id,) in rows]
