"""The recipes of CONTRIBUTING can be followed: their steps count, and what the documents name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.paths import REPO_ROOT

PAGES = [REPO_ROOT / "README.md", REPO_ROOT / "CONTRIBUTING.md", *sorted((REPO_ROOT / "docs").glob("*.md"))]
SOURCES = ["agentic", "bench", "common", "data/models", "dbt_project", "docs", "export", "extract", "tests", "tools"]
# A path from the root, in backquotes or in a command, unless the reader is to fill in a part of it.
PATH = re.compile(rf"(?<![\w./<-])(?:{'|'.join(SOURCES)})(?:/[\w.-]*\w)+(?![\w<*-])")
NAME = re.compile(r"`(\w[\w-]*\.(?:csv|j2|md|py|sql|tsv|yaml|yml))`")


def read_recipes() -> dict[str, str]:
    parts = (REPO_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.splitlines()[0]: part for part in parts}


@pytest.mark.parametrize("recipe", read_recipes().values(), ids=read_recipes())
def test_the_steps_of_a_recipe_count_from_one(recipe: str) -> None:
    steps = [int(step) for step in re.findall(r"^(\d+)\. ", recipe, re.M)]

    assert steps == list(range(1, len(steps) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_path_that_a_page_names_exists(page: Path) -> None:
    named = set(PATH.findall(page.read_text(encoding="utf-8")))

    assert sorted(path for path in named if not (REPO_ROOT / path).exists()) == []


def test_a_file_that_a_recipe_names_without_its_folder_exists() -> None:
    there = {path.name for path in REPO_ROOT.glob("*.*")}
    there |= {path.name for source in SOURCES for path in (REPO_ROOT / source).rglob("*.*")}
    named = {name for recipe in read_recipes().values() for name in NAME.findall(recipe)}

    assert len(named) > 20 and sorted(named - there) == []
