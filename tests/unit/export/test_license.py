"""One licence, said alike in every place where somebody looks for it."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from export import license as data_license
from tests.paths import REPO_ROOT


def test_the_texts_are_whole() -> None:
    code, data = ((REPO_ROOT / name).read_text(encoding="utf-8") for name in ("LICENSE", "LICENSE-DATA"))
    assert "Version 2.0, January 2004" in code and "END OF TERMS AND CONDITIONS" in code
    assert data_license.NAME in data and "Section 8 – Interpretation." in data


def test_the_project_names_both() -> None:
    project = tomllib.loads((REPO_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == f"Apache-2.0 AND {data_license.NAME}"
    assert all((REPO_ROOT / name).is_file() for name in project["license-files"])


@pytest.mark.parametrize("name", ["LICENSE-DATA", "THIRD_PARTY.md", "README.md"])
def test_people_read_what_is_allowed(name: str) -> None:
    words = " ".join((REPO_ROOT / name).read_text(encoding="utf-8").split()).lower()
    assert data_license.NAME.lower() in words and "training" in words and "evaluation" in words and "invented" in words


def test_the_databases_name_it(built: Path) -> None:
    for name in ("eventhub.db", "udahub.db"):
        with closing(sqlite3.connect(built / name)) as connection:
            assert connection.execute("select license from data_set").fetchall() == [(data_license.NAME,)]


def test_the_descriptors_name_it(built: Path) -> None:
    package = json.loads((built / "generated" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [
        {"name": data_license.NAME, "path": data_license.URL, "title": data_license.TITLE},
    ]
    assert data_license.SENTENCE in package["description"]
    metadata = json.loads((built / "metadata.json").read_text(encoding="utf-8"))
    assert (metadata["license"], metadata["license_url"]) == (data_license.NAME, data_license.URL)


def test_the_card_names_it(built: Path) -> None:
    card = (built / "data_card.html").read_text(encoding="utf-8")
    assert data_license.NAME in card and data_license.SENTENCE in card
