"""The bundled content and the seeds, read once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content
from extract.settings import Settings

Rows = list[dict[str, str]]


def read_seed(name: str) -> Rows:
    path: Path = Settings().seeds_dir / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def content() -> Content:
    """Venues, events, articles and scenarios as written."""
    return Content(Settings().content_dir)


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    """The seeds as extract reads them."""
    return Seeds(Settings().seeds_dir)


@pytest.fixture(scope="session")
def units() -> dict[str, str]:
    """The unit of each policy constant."""
    return {row["policy"]: row["unit"] for row in read_seed("policies")}
