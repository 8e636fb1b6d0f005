"""Draws of users and bookings are columns, which an engine computes once.

DuckDB computes a subexpression that repeats once a column, but anew each time within the condition of a join and within
a case. A draw repeats itself sixteen times; that took a fifth of the time of naming a million users.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.paths import REPO_ROOT

MODELS = REPO_ROOT / "dbt_project" / "models" / "intermediate"
FILES = sorted(path for folder in ("users", "bookings") for path in (MODELS / folder).rglob("*.sql"))
REPEATED = re.compile(
    r"^\s*(?:on|and|or|where)\b.*\{\{\s*draw|\b(?:case|when|then|else)\b.*\{\{\s*draw(?:_\w+)?\(", re.MULTILINE
)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_draw_stands_in_a_condition_or_a_case(path: Path) -> None:
    assert REPEATED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "sql",
    [
        "    on cards.card = {{ draw_below('habit', 'users.user_number', 100) }}",
        "        and cards.card = {{ draw_below('habit', 'users.user_number', 100) }}",
        "case when is_cancelled then {{ draw('delay', 'booking_number') }} else 0 end",
    ],
)
def test_one_that_is_planted_is_found(sql: str) -> None:
    assert REPEATED.search(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "    {{ draw_below('habit', 'users.user_number', 100) }} as habit_card,",
        "case when is_cancelled then {{ drawn_once(purpose, 'booking_number') }} else 0 end",
    ],
)
def test_a_column_and_one_round_are_not(sql: str) -> None:
    assert not REPEATED.search(sql)
