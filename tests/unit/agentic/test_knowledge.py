"""A search is as sure as the desk is: for a ticket's own words exactly, for other words on the same scale."""

from __future__ import annotations

from statistics import mean

import pytest

from agentic.confidence import Coverage, list_terms, read_stop_words
from agentic.environment import Environment
from agentic.knowledge import find_words


def test_terms_are_those_of_dbt() -> None:
    assert list_terms("Where ARE my Refunds? I cancelled bookings twice, kindly") == [
        "refund",
        "cancell",
        "book",
        "twice",
        "kind",
    ]
    assert {"the", "where", "let"} <= read_stop_words()


def test_more_of_the_words_covered_is_more_confidence() -> None:
    coverage = Coverage([("kb_1", "Refunds", "money", "How refunds work."), ("kb_2", "Parking", "", "Garages nearby.")])
    coverage.calibrate([("refund money", 0.5)])
    assert coverage.rate("refund money")["kb_1"] == pytest.approx(0.5, abs=0.01)
    assert coverage.rate("refund")["kb_1"] >= coverage.rate("refund giraffe")["kb_1"] > 0
    assert coverage.rate("giraffe") == {} and coverage.rate("") == {}


def test_a_tickets_own_words_have_its_own_confidence(environment: Environment) -> None:
    for task in environment.tasks.values():
        desk = environment.reset(task.task_id)
        words, measured = find_words(environment.state.database, task.task_id)
        found = desk.search_knowledge(words, 10)
        assert max(one["confidence"] for one in found) == measured, task.task_id


def test_other_words_are_rated_on_the_same_scale(environment: Environment) -> None:
    """Without the slots that are filled the same words get nearly the same confidence."""
    near = []
    for ticket_id in environment.labels:
        words, measured = find_words(environment.state.database, ticket_id)
        rated = environment.knowledge.search(environment.read_words(ticket_id), 10)
        assert measured is not None
        near.append(abs(max((one.confidence for one in rated), default=0) - measured))
    assert mean(near) < 0.06


def test_the_passage_is_a_paragraph_of_the_article(environment: Environment) -> None:
    desk = environment.reset(next(iter(environment.tasks)))
    for found in desk.search_knowledge("How do I get a refund for my booking?", 5):
        assert found["passage"] in desk.read_article(found["article_id"])["content"]
        assert 0 <= found["confidence"] <= 1
    assert desk.search_knowledge("!!") == []
