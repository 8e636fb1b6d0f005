"""Every clause that the project cites stands in docs/requirements.md, and every clause there is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import REPO_ROOT
from tests.rules.table import RULES

PAGE = REPO_ROOT / "docs" / "requirements.md"
KINDS = {".csv", ".css", ".j2", ".md", ".py", ".sql", ".toml", ".yaml", ".yml"}
OUTPUTS = {"data", "logs", "target"}
# What is cited in brackets, on one line: `requirements: one-booking-per-event, one-to-six-tickets`.
CITED = re.compile(r"\brequirements: ([a-z0-9][a-z0-9, -]*)|requirements\.md#([\w-]+)")
# Numbers of the texts that the page takes the place of: guide 14.6, contract §8, the guide's wide user (14.1).
BARE = re.compile(r"\b(?:guide|contract)(?:'s)?,? ?§? ?\d|\bguide\b[^.\n\"]{0,60}\(\d+\.\d", re.I)
HEADING = re.compile(r"^(#{2,3}) (.+)$", re.M)


def list_texts() -> Iterator[tuple[str, str]]:
    """List the files that people write, with their text, but for the page and this test."""
    tops = [path for path in REPO_ROOT.iterdir() if path.name not in OUTPUTS and not path.name.startswith(".")]
    for top in (*tops, REPO_ROOT / "data" / "models"):
        for path in sorted(top.rglob("*")) if top.is_dir() else (top,):
            if path.suffix in KINDS and path not in (PAGE, Path(__file__)):
                yield path.relative_to(REPO_ROOT).as_posix(), path.read_text(encoding="utf-8")


def find_citations(text: str) -> list[str]:
    """Find the names that a text cites."""
    return [name for names, link in CITED.findall(text) for name in (names.rstrip(", ") or link).split(", ")]


def name_heading(heading: str) -> str:
    """Name a heading as GitHub does; ours hold nothing but letters, digits and spaces."""
    return heading.lower().replace(" ", "-")


def find_clauses(level: int = 3) -> list[str]:
    """Find the names of the page's clauses; at level 2 those of its parts, which may be cited, too."""
    page = PAGE.read_text(encoding="utf-8")
    return [name_heading(heading) for marks, heading in HEADING.findall(page) if len(marks) == level]


def test_names_of_clauses_are_words_and_stand_once() -> None:
    names = [*find_clauses(2), *find_clauses()]
    assert len(find_clauses()) > 40 and sorted(names) == sorted(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_every_citation_finds_its_clause() -> None:
    known = {*find_clauses(2), *find_clauses()}
    cited = [(path, name) for path, text in list_texts() for name in find_citations(text)]
    assert [citation for citation in cited if citation[1] not in known] == []


def test_every_clause_is_cited() -> None:
    cited = {name for _, text in list_texts() for name in find_citations(text)}
    assert [name for name in find_clauses() if name not in cited] == []


def test_no_number_of_another_text_is_cited() -> None:
    bare = [(path, found.group()) for path, text in list_texts() for found in BARE.finditer(text)]
    assert bare == []


def test_links_within_the_page_lead_somewhere() -> None:
    links = re.findall(r"\]\(#([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert links == find_clauses(2)


def test_rules_that_the_page_names_exist() -> None:
    tables = {rule.rpartition(".")[0] for rule in RULES}
    named = re.findall(r"`([\w.]+)\.(\w+_\w+)`", PAGE.read_text(encoding="utf-8"))
    stated = [f"{table}.{rule}" for table, rule in named if table in tables]
    assert len(stated) > 40 and [rule for rule in stated if rule not in RULES] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("-- Quota (requirements: quota-follows-the-tier).", ["quota-follows-the-tier"]),
        ("(5 or 10; requirements: one-to-six-tickets, answer-key)", ["one-to-six-tickets", "answer-key"]),
        ("see [the quota](../docs/requirements.md#quota-follows-the-tier)", ["quota-follows-the-tier"]),
        ("(requirements: answer-key, and more)", ["answer-key", "and more"]),
        ("pip install -r requirements.lock", []),
    ],
)
def test_citations_are_found(text: str, names: list[str]) -> None:
    assert find_citations(text) == names


@pytest.mark.parametrize("text", ["(guide 14.6)", "contract §8", "Guide 16's table", "the guide's wide user (14.1)"])
def test_bare_numbers_are_found(text: str) -> None:
    assert BARE.search(text)
