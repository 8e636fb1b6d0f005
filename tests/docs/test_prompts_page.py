"""The page of prompts shows what the code makes."""

from __future__ import annotations

from docs.prompts import PAGE, SHOWN, fill
from extract.entities import PULLED


def test_the_page_shows_what_the_code_makes() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert fill(page) == page, "run: python -m docs.prompts"


def test_every_entity_has_a_prompt_on_the_page() -> None:
    shown = [(entity, part) for _, entity, _, part, _ in SHOWN.findall(PAGE.read_text(encoding="utf-8"))]

    assert {(entity, "text") for entity in PULLED} <= set(shown)
    assert "schema" in dict(map(reversed, shown))
