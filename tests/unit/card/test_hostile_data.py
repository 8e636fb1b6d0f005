"""Whatever a title or a name says, on the card it is text."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from export.card.data_card import DataCard
from tests.unit.card.reading import read

SCRIPT = "<script>alert(1)</script>"
TITLES = {
    "script": SCRIPT,
    "attribute": '"><img src=x onerror=alert(1)>',
    "closing": "</bdi></p></section></main><style>body{display:none}</style>",
    "template": "{{ 7 * 7 }}{% raw %}",
    "right to left": "\u202eelttit \u05e9\u05dc\u05d5\u05dd\u200f",
    "long": "W" * 3000,
    "entity": "Fish &amp; Chips &lt;b&gt;",
}
PLANTED = """
    update main.tickets set subject = $title;
    update main.events set title = $title, venue_name = $title;
    update main.users set full_name = $title, city = $title;
    update main.kb_articles set title = $title;
    update udahub.ticket_messages set content = $title;
"""
# Names that reach the charts and tables; the seeds are a person's to change.
PLANTED_NAMES = """
    update main.venues set neighborhood = $title, region = $title, category = $title;
    update main.events set category = $title;
    update main.tickets set category = $title;
    update udahub.ticket_metadata set category = $title;
    update analytics.retrieval_report set category = $title where category != 'all';
    update analytics.support_times set channel = $title where channel != 'all';
    update analytics.share_report set value = $title where position = 1;
    update analytics.content_diversity set field = $title;
    update analytics.exam_report set says = $title;
    update analytics.model_comparison set model = $title;
    update analytics.rules_checked set rule = $title;
    update analytics.ticket_labels set escalation_reasons = [$title] where should_escalate;
    update analytics.data_set set models = [$title];
"""


def draw_planted(built: Path, directory: Path, statements: str, title: str) -> Path:
    """Draw the card of a warehouse in which texts are replaced."""
    copy = directory / "warehouse.duckdb"
    shutil.copy(built / "warehouse.duckdb", copy)
    with duckdb.connect(str(copy)) as connection:
        for statement in filter(str.strip, statements.split(";")):
            connection.execute(statement, {"title": title})
        DataCard.gather(connection).draw().write(directory / "data_card.html", [])
    return directory / "data_card.html"


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_a_hostile_title_stays_text(built: Path, tmp_path: Path, title: str) -> None:
    card = read(draw_planted(built, tmp_path, PLANTED, title))
    assert card.texts.count(title) > 10
    assert not card.find("script", "img") and len(card.find("style")) == 1


@pytest.mark.parametrize("title", [SCRIPT, TITLES["attribute"], TITLES["closing"]])
def test_a_hostile_name_stays_text_in_charts_and_tables(built: Path, tmp_path: Path, title: str) -> None:
    card = read(draw_planted(built, tmp_path, PLANTED_NAMES, title))
    assert any(title in text for text in card.texts)
    assert not card.find("script", "img") and len(card.find("style")) == 1


def test_control_characters_are_replaced(built: Path, tmp_path: Path) -> None:
    page = draw_planted(built, tmp_path, PLANTED, "bell \x07 and nothing \x01").read_text(encoding="utf-8")
    assert "bell \ufffd and nothing \ufffd" in page
    assert not set(page) & {chr(code) for code in (*range(9), *range(11, 32))}
