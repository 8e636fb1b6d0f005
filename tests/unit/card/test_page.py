"""The card that a build leaves: whole, self-contained, readable without seeing, and true to the warehouse."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from export.card.page import BUSINESS, HELP_DESK
from export.card.query_results import run_queries
from tests.unit.card.reading import Reading, read

SECTIONS = [
    "databases", "shares", "business", "help-desk", "conversations", "rules", "content", "limits", "provenance",
]  # fmt: skip
FIGURES = {
    "shares-of-members-and-venues", "shares-of-events-and-bookings", "shares-of-articles-and-tickets",
    *(query.replace("_", "-") for query, _ in (*BUSINESS, *HELP_DESK)),
    "diversity", "exam", "baselines", "cost",
}  # fmt: skip


@pytest.fixture(scope="module")
def card(built: Path) -> Reading:
    """The card of the test volume."""
    return read(built / "data_card.html")


@pytest.fixture(scope="module")
def warehouse(built: Path) -> duckdb.DuckDBPyConnection:
    """The warehouse beside it."""
    return duckdb.connect(str(built / "warehouse.duckdb"), read_only=True)


def test_every_section_and_figure_is_there(card: Reading) -> None:
    assert [attributes["id"] for attributes in card.find("section")] == SECTIONS
    assert {attributes["id"] for attributes in card.find("figure")} == FIGURES


def test_retrieval_is_told_once_a_category(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = run_queries(warehouse)["retrieval"]
    categories = [row["category"] for row in rows]
    found = warehouse.execute("select count(*) from main.tickets").fetchone()
    assert categories[0] == "all" and len(set(categories)) == len(categories)
    assert found and rows[0]["tickets"] == found[0] == sum(row["tickets"] for row in rows[1:])


def test_every_chart_is_drawn_and_told_in_words(card: Reading) -> None:
    charts = [attributes for attributes in card.find("div") if attributes.get("class") == "chart"]
    assert len(charts) == len(card.find("svg")) == len(FIGURES - {"cost", "exam", "baselines"})
    assert all(chart["role"] == "img" and len(chart["aria-label"] or "") > 20 for chart in charts)


def test_the_page_needs_nothing_but_itself(built: Path, card: Reading) -> None:
    links = [
        value or "" for _, attributes in card.tags for name, value in attributes.items() if name in ("href", "src")
    ]
    assert links and all(link.startswith("#") for link in links)
    assert not re.search(r"https?:|//\w|@import|url\(|javascript:", (built / "data_card.html").read_text())
    assert not card.find("script", "img", "link", "iframe", "object")


def test_anchors_are_unique_and_links_lead_to_them(card: Reading) -> None:
    anchors = [attributes["id"] for _, attributes in card.tags if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    assert {(link["href"] or "")[1:] for link in card.find("a")} <= set(anchors)


def test_headings_descend_one_by_one(card: Reading) -> None:
    levels = [int(tag[1]) for tag, _ in card.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_tables_have_headers_and_a_way_to_scroll(card: Reading) -> None:
    assert all(attributes["scope"] in ("col", "row") for attributes in card.find("th"))
    regions = [attributes for attributes in card.find("div") if attributes.get("class") == "scroll"]
    assert len(regions) == len(card.find("table"))
    assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions)


def test_every_rule_and_share_is_told(card: Reading, warehouse: duckdb.DuckDBPyConnection) -> None:
    rules = warehouse.execute("select replace(rule, '_', ' ') from analytics.rules_checked").fetchall()
    assert {rule for (rule,) in rules} <= set(card.texts)
    shares = warehouse.execute("select count(*) from analytics.share_report").fetchone()
    assert shares and f"All {shares[0]} shares are exact" in card.text
    assert f"{len(rules)} rules, 0 violations" in card.text


def test_every_file_is_listed_with_its_hash(card: Reading, warehouse: duckdb.DuckDBPyConnection) -> None:
    lines = warehouse.execute("select distinct content_hash from analytics.exported_files").fetchall()
    assert len(lines) > 10
    assert {digest for (digest,) in lines} <= set(card.texts)


def test_three_conversations_are_shown_whole(card: Reading, warehouse: duckdb.DuckDBPyConnection) -> None:
    said = warehouse.execute(
        "select content from udahub.ticket_messages join analytics.drawn_tickets using (ticket_id)"
    ).fetchall()
    assert warehouse.execute("select count(*) from analytics.drawn_tickets").fetchone() == (3,)
    assert {content for (content,) in said} <= set(card.texts)


def test_no_test_ticket_is_given_away(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select distinct split from analytics.ticket_labels join analytics.drawn_tickets using (ticket_id)"
    assert warehouse.execute(query).fetchall() == [("train",)]
