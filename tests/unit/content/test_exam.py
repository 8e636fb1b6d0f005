"""The measures of the exam, worked out a second time in the words of a textbook."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest

K1, B = 1.5, 0.75
STOP_WORDS = {
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of",
    "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
}  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(built: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(built / "warehouse.duckdb"), read_only=True)


def list_terms(text: str) -> list[str]:
    """What bm25s takes of a text by default."""
    words = re.findall(r"(?u)\b\w\w+\b", re.sub(r"\{[a-z_]+\}", " ", text).lower())
    return [word for word in words if word not in STOP_WORDS]


def score_bm25(question: list[str], articles: list[list[str]]) -> list[float]:
    mean = sum(map(len, articles)) / len(articles)
    scores = []
    for article in articles:
        uses, score = Counter(article), 0.0
        for term in question:
            holding = sum(term in other for other in articles)
            rarity = math.log(1 + (len(articles) - holding + 0.5) / (holding + 0.5))
            score += rarity * uses[term] / (uses[term] + K1 * (1 - B + B * len(article) / mean))
        scores.append(score)
    return scores


def test_articles_are_ranked_by_the_formula_of_bm25(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.sql(
        "select concat_ws(' ', title, content) from intermediate.int_articles__filled order by article_number"
    ).fetchall()
    articles = [list_terms(text) for (text,) in rows]
    texts = warehouse.sql("select ticket_number, subject || ' ' || description from staging.stg_tickets").fetchall()
    found: dict[int, dict[int, int]] = {}
    ranked = "select ticket_number, article_number, score from intermediate.int_ticket_texts__ranked"
    for ticket, article, score in warehouse.sql(ranked).fetchall():
        found.setdefault(ticket, {})[article] = score
    assert len(texts) == len(found) == 40
    for ticket, text in texts:
        scores = score_bm25(list_terms(text), articles)
        best = sorted(range(len(scores)), key=lambda place: -scores[place])[:10]
        wanted = {place + 1: scores[place] for place in best if scores[place] > 0}
        assert found[ticket] == pytest.approx({a: s * 1_000_000 for a, s in wanted.items()}, abs=100)


def test_every_measure_has_a_row_and_small_volumes_are_not_judged(warehouse: duckdb.DuckDBPyConnection) -> None:
    asked = warehouse.sql("select measure from seeds.exam_measures order by position").fetchall()
    report = warehouse.sql("select measure, is_judged from analytics.exam_report order by position").fetchall()
    assert [(measure, False) for (measure,) in asked] == report
    values = dict(warehouse.sql("select measure, value from analytics.exam_report").fetchall())
    assert all(values[name] > 0 for name in ("subjects_distinct", "articles_expected", "facts_stated"))


def test_the_answers_that_closed_tickets_state_every_fact(warehouse: duckdb.DuckDBPyConnection) -> None:
    silent = warehouse.sql("from intermediate.int_answers__stated where not is_stated").fetchall()
    assert silent == []


@pytest.mark.long
def test_the_exam_at_full_keeps_its_limits_and_states_every_fact(full: Path) -> None:
    with duckdb.connect(str(full / "warehouse.duckdb"), read_only=True) as warehouse:
        assert warehouse.sql("select bool_and(is_judged) from analytics.exam_report").fetchall() == [(True,)]
        broken = warehouse.sql(
            "select measure, value from analytics.exam_report where value is null "
            "or value not between coalesce(limit_from, value) and coalesce(limit_to, value)"
        ).fetchall()
        assert broken == []
        assert warehouse.sql("from intermediate.int_answers__stated where not is_stated").fetchall() == []
