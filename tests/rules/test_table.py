"""The table of rules in the docs says what the sources say."""

from __future__ import annotations

from fnmatch import fnmatchcase

from tests.rules.plants import PLANTS
from tests.rules.table import (
    DOCUMENT,
    HEADINGS,
    MODELS,
    fill_document,
    find_construction,
    find_tests,
    read_constructions,
)


def test_the_document_is_up_to_date() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == fill_document(document), "Run: make integrity"


def test_every_rule_has_a_test_and_a_model_that_exists() -> None:
    rules = {plant.rule for plant in PLANTS}
    assert set(find_tests()) == rules
    assert {find_construction(rule) for rule in rules} <= {path.stem for path in MODELS.rglob("*.sql")}


def test_every_construction_is_a_rules() -> None:
    for pattern in read_constructions():
        assert any(fnmatchcase(plant.rule, pattern) for plant in PLANTS), pattern


def test_every_rule_stands_under_a_heading() -> None:
    tables = {table for tables in HEADINGS.values() for table in tables}
    assert {plant.rule.rpartition(".")[0] for plant in PLANTS} <= tables
