"""The table of rules in the docs says what the sources say."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.rules.plants import PLANTS
from tests.rules.table import (
    DOCUMENT,
    HEADINGS,
    MODELS,
    RULES,
    fill_document,
    find_construction,
    find_test,
    read_constructions,
)

RULES_SQL = sorted((MODELS / "rules").glob("*.sql"))
ENGINE_MACROS = MODELS.parent / "macros" / "engine"


def test_the_document_is_up_to_date() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == fill_document(document), "Run: make integrity"


def test_every_rule_has_a_test_and_a_model_that_exists() -> None:
    models = {path.stem for path in MODELS.rglob("*.sql")}
    assert {find_test(rule) for rule in RULES} == {model for model in models if model.endswith("_rules")}
    assert {find_construction(rule) for rule in RULES} <= models


def test_a_rule_that_no_model_states_is_told() -> None:
    for rule in ("users.email_is_long", "venues.email_is_unique", "users.lower_emai"):
        with pytest.raises(LookupError):
            find_test(rule)


def test_the_document_holds_no_sql() -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(rows) == len(RULES)
    assert not [row for row in rows if re.search(r"\b(select|update|delete|insert)\b.* (from|set|into)\b", row)]


def test_every_construction_is_a_rules() -> None:
    for pattern in read_constructions():
        assert any(fnmatchcase(plant.rule, pattern) for plant in PLANTS), pattern


def test_every_rule_stands_under_a_heading() -> None:
    tables = {table for tables in HEADINGS.values() for table in tables}
    assert {plant.rule.rpartition(".")[0] for plant in PLANTS} <= tables


@pytest.mark.parametrize("path", RULES_SQL, ids=[path.stem for path in RULES_SQL])
def test_no_sql_hides_from_the_linter_in_a_string(path: Path) -> None:
    """But for what the macros of an engine take: the linter reads what they make of it."""
    sql = path.read_text(encoding="utf-8")
    engine = {file.stem for file in ENGINE_MACROS.glob("*.sql")} - {"count_violations", "checked_rules"}
    blocks = re.findall(r"\{\{.*?\}\}|\{%.*?%\}", sql, re.DOTALL)
    taken = [jinja for jinja in blocks if engine.intersection(re.findall(r"(\w+)\(", jinja))]
    # A part of what such a macro takes may have a name of its own, and that part a part.
    named = {name: jinja for jinja in blocks for name in re.findall(r"\{%-? set (\w+) =", jinja)}
    for _ in named:
        taken += [named[name] for name in named if any(re.search(rf"\b{name}\b", jinja) for jinja in taken)]
        taken = list(dict.fromkeys(taken))
    literals = [
        double or single
        for jinja in blocks
        if jinja not in taken
        for double, single in re.findall(r"\"([^\"]*)\"|'([^']*)'", jinja)
    ]
    assert [literal for literal in literals if not re.fullmatch(r"[\w.]*|[{},]", literal)] == []


@pytest.mark.parametrize("path", RULES_SQL, ids=[path.stem for path in RULES_SQL])
def test_a_place_in_words_is_a_rules(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    for place in re.findall(r"'(\w+)':", "".join(re.findall(r"map \{(.*?)\} as places", sql, re.DOTALL))):
        assert re.search(rf" as {place},?$", sql, re.MULTILINE), place
