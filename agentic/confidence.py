"""How well an article covers a question, on the scale of the desk's rag_confidence.

The terms, their weights and the scale are those of dbt (models int_articles__terms and int_ticket_texts__matched,
macros terms_of and rag_confidence): a word weighs the more the fewer articles use it, and the score is the share of the
question's weight that an article covers. The low score, below which a tenth of the tickets lies, stands in no database:
it is worked out from the confidence of tickets that are there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from statistics import median_low

import yaml

from agentic.policies import SEEDS

WORD = re.compile(r"[a-z]{3,}")
ENDING = re.compile(r"(ings?|ed|es|s|ly)$")
BODY, TITLE, TAGS = 40, 30, 30
LEAST_WEIGHT, UNKNOWN_WEIGHT = 1000, 500


@cache
def read_stop_words() -> frozenset[str]:
    """Return the words that count for nothing, dbt's var stop_words."""
    project = yaml.safe_load((SEEDS.parent.parent / "dbt_project.yml").read_text(encoding="utf-8"))
    return frozenset(str(project["vars"]["stop_words"]).split())


def list_terms(text: str) -> list[str]:
    """Return the terms of a text: its words but the commonest, cut to a crude stem."""
    return [ENDING.sub("", word) for word in WORD.findall(text.lower()) if word not in read_stop_words()]


class Coverage:
    """The terms of all articles."""

    def __init__(self, articles: Iterable[tuple[str, str, str, str]]) -> None:
        """Weigh the terms of articles given as id, title, tags and content."""
        self._strengths: dict[str, dict[str, int]] = {}
        count = 0
        for article_id, title, tags, content in articles:
            count += 1
            for term, strength in _weigh(title, tags, content).items():
                self._strengths.setdefault(term, {})[article_id] = strength
        self._weights = {
            term: round(LEAST_WEIGHT * (count / len(users)) ** 0.25) for term, users in self._strengths.items()
        }
        self._low_score = 1

    def score(self, question: str) -> dict[str, int]:
        """Return how much of a question each article covers, in thousandths; those that cover nothing are left out."""
        terms = set(list_terms(question))
        total = sum(self._weights.get(term, UNKNOWN_WEIGHT) for term in terms)
        covered: Counter[str] = Counter()
        for term in terms:
            for article_id, strength in self._strengths.get(term, {}).items():
                covered[article_id] += self._weights[term] * strength
        return {article_id: 1000 * weight // (100 * total) for article_id, weight in covered.items()}

    def calibrate(self, measured: Sequence[tuple[str, float]]) -> None:
        """Work out the low score from the words of tickets and the confidence that the desk has measured for them."""
        found = []
        for words, confidence in measured:
            best = max(self.score(words).values(), default=0)
            if best and 0 < confidence < 1:
                found.append(round(2 * best * (1 - confidence) / (3 * confidence)))
        self._low_score = max(1, median_low(found)) if found else 1

    def rate(self, question: str) -> dict[str, float]:
        """Return the confidence for each article that covers something of a question."""
        return {
            name: 200 * score // (2 * score + 3 * self._low_score) / 100 for name, score in self.score(question).items()
        }


def _weigh(title: str, tags: str, content: str) -> dict[str, int]:
    body, in_title, in_tags = Counter(list_terms(content)), set(list_terms(title)), set(list_terms(tags))
    return {
        term: 10 * BODY * body[term] // (10 * body[term] + 12) + TITLE * (term in in_title) + TAGS * (term in in_tags)
        for term in body.keys() | in_title | in_tags
    }
