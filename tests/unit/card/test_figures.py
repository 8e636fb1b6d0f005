"""Titles say what the numbers say, whatever they are."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from common.page import drawing
from common.page.drawing import draw_all
from common.page.figure import Figure
from common.page.formatting import THIN
from common.page.vega import DrawingError, draw_svg
from export.card.charts import events, tickets
from export.card.charts.content import draw_cost, draw_diversity, draw_exam
from export.card.charts.shares import draw_shares
from export.card.page import BUSINESS, HELP_DESK
from export.card.query_results import QUERIES, Row

MONDAY = date(2026, 6, 1)
DRAWERS = [*BUSINESS, *HELP_DESK, ("diversity", draw_diversity), ("models", draw_cost), ("exam", draw_exam)]


@pytest.mark.parametrize(("query", "draw"), DRAWERS, ids=[query for query, _ in DRAWERS])
def test_a_figure_without_rows_says_so(query: str, draw: Callable[[list[Row]], Figure]) -> None:
    assert (QUERIES / f"{query}.sql").exists()
    figure = draw([])
    assert figure.spec is None and figure.title.startswith("This volume holds no ")


def test_every_query_is_shown() -> None:
    others = {"baselines", "shares", "rules", "data_set", "conversations", "messages"}
    shown = {query for query, _ in DRAWERS} | others
    assert {path.stem for path in QUERIES.glob("*.sql")} == shown


def test_the_calendar_names_the_busiest_days() -> None:
    counts = {0: 1, 2: 5, 6: 2}  # Monday, Wednesday, Sunday
    rows = [
        {"day": MONDAY + timedelta(place), "weekday": place + 1, "week": 0, "events": count}
        for place, count in counts.items()
    ]
    assert events.draw_calendar(rows).title == f"Wednesdays and Sundays hold 88{THIN}% of the events"


def test_a_missed_share_is_told() -> None:
    row = {
        "entity": "users", "attribute": "user_tier", "position": 1, "value": "basic", "asked": 70, "got": 60.0,
        "asked_rows": 7, "got_rows": 6, "holds": False,
    }  # fmt: skip
    figure = draw_shares([row])[0]
    assert figure.title == "Members and venues: 1 value not exact"
    assert "10 percentage points" in figure.note


def test_the_exam_stands_beside_its_goals() -> None:
    row = {"unit": "percent", "goal_from": 3.0, "goal_to": 5.0}
    rows = [
        row | {"says": "Tickets without an article", "value": 4.0, "is_met": True},
        row | {"says": "Near copies", "value": 7.25, "goal_from": None, "is_met": False},
        row | {"says": "Facts stated", "value": None, "goal_to": None, "is_met": None},
        {"says": "Size", "unit": "bytes a character", "value": 0.36, "goal_from": 0.3, "goal_to": None, "is_met": True},
        row | {"says": "Found", "value": 38.0, "goal_from": None, "goal_to": None, "is_met": True},
    ]
    figure = draw_exam(rows)
    assert figure.title == "How the exam stands: 2 of 3 goals met"
    assert [tuple(cells[2:]) for cells in figure.rows] == [
        ("3 to 5", "yes"), ("at most 5", "no"), ("at least 3", "–"), ("at least 0.3", "yes"), ("–", "–"),
    ]  # fmt: skip


def test_cost_is_of_the_models_and_says_what_is_not_known() -> None:
    row = {
        "model": "mistral-7b", "entity": "all", "calls": 12, "retries": 0, "accepted": 500, "rejected": 3,
        "input_tokens": 9000, "output_tokens": 7000, "cost_usd": 1.5, "seconds_per_1000": 2.0,
    }  # fmt: skip
    assert draw_cost([row]).title == "12 calls of a model brought 500 records for $1.50"
    assert "at least $0.00" in draw_cost([{**row, "cost_usd": None}]).title
    assert draw_cost([{**row, "model": "bundled"}]).title.startswith("No model was called")


def test_confidence_tells_both_sides_of_the_threshold() -> None:
    rows = [
        {"percent": 35, "is_escalated": True, "tickets": 3},
        {"percent": 40, "is_escalated": True, "tickets": 1},
        {"percent": 60, "is_escalated": False, "tickets": 3},
    ]
    title = tickets.draw_confidence(rows).title
    assert title == f"Of the tickets below 0.4, 100{THIN}% are escalated; of the others, 25{THIN}%"


def test_drawing_twice_gives_the_same_bytes() -> None:
    rows = [{"category": f"kind {place}", "priority": "low", "tickets": place} for place in range(1, 4)]
    spec = tickets.draw_priorities(rows).spec
    assert spec is not None
    first, second = draw_svg(spec), draw_svg(spec)
    assert first == second and "clip" not in first and " id=" not in first


def test_many_are_drawn_as_one_is() -> None:
    rows = [{"name": "Zoë \ud800", "count": 2}]
    encoding = {"x": {"field": "count"}, "y": {"field": "name"}}
    specs = [{"data": {"values": rows}, "mark": mark, "encoding": encoding} for mark in ("bar", "point")]
    assert draw_all(specs) == [draw_svg(spec) for spec in specs]
    assert draw_all([]) == []


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("", "conversion failed: TypeError: Cannot read"),  # the library's own words
        ("import sys; sys.modules['vl_convert'] = None", "vl_convert"),
        ("import os; os.kill(os.getpid(), 9)", "the process that draws ended with -9"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, problem: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(program)
    monkeypatch.setattr(drawing, "ROOT", f"{tmp_path}{os.pathsep}{drawing.ROOT}")
    with pytest.raises(DrawingError, match=problem) as raised:
        draw_all([{"mark": {"type": "no such mark"}}])
    assert "\n" not in str(raised.value)


def test_a_long_name_is_cut_short_before_it_is_drawn() -> None:
    name = "W" * 3000
    spec = {
        "data": {"values": [{"name": name, "count": 1}]},
        "mark": "bar",
        "encoding": {"y": {"field": "name", "type": "nominal", "sort": [name]}, "x": {"field": "count"}},
    }
    svg = draw_svg(spec)
    assert name not in svg and "WWW" in svg
