"""Whatever can be asked of the program is named in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import yaml

from agentic.commands.parser import make_parser
from agentic.mcp import make_parser as make_mcp_parser
from extract.cli import build_compare_parser, build_parser
from extract.entities.texts.mends import MENDS
from extract.settings import Settings
from tests.paths import REPO_ROOT
from tests.pipeline.commands import run_extract

REFERENCE = (REPO_ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
README = (REPO_ROOT / "README.md").read_text(encoding="utf-8")


def list_flags() -> set[str]:
    commands = next(iter(make_parser()._subparsers._group_actions)).choices  # type: ignore[union-attr]
    app = [action for parser in dict(commands or {}).values() for action in parser._actions]
    actions = [*build_parser()._actions, *build_compare_parser()._actions, *make_mcp_parser()._actions, *app]
    return {flag for action in actions for flag in action.option_strings if flag.startswith("--")} - {"--help"}


def list_recipes() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (REPO_ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def list_vars() -> set[str]:
    """Vars with a default, and those that a model, macro or YAML asks for."""
    asked = re.compile(r"\bvar(?:_or_null)?\(\s*'(\w+)'")
    files = [file for kind in ("sql", "yml", "py") for file in (REPO_ROOT / "dbt_project").rglob(f"*.{kind}")]
    named = {name for file in files for name in asked.findall(file.read_text(encoding="utf-8"))}
    return named | set(yaml.safe_load((REPO_ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"])


def list_variables() -> set[str]:
    profile = (REPO_ROOT / "profiles.yml").read_text(encoding="utf-8")
    return {f"EVENTHUB_{name.upper()}" for name in Settings.model_fields} | set(
        re.findall(r"EVENTHUB_[A-Z_]+", profile)
    )


def names(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


@pytest.mark.parametrize("list_words", [list_flags, list_recipes, list_vars, list_variables])
def test_the_reference_names_everything_that_can_be_asked(list_words: object) -> None:
    words = list_words()  # type: ignore[operator]
    assert len(words) > 5
    assert [word for word in sorted(words) if not names(REFERENCE, word)] == []


def test_a_name_within_another_is_not_taken_for_it() -> None:
    assert not names("`--test-long`", "--test") and names("(`--test`)", "--test")


@pytest.mark.parametrize(
    "page", sorted([*REPO_ROOT.glob("*.md"), *REPO_ROOT.glob("docs/*.md")]), ids=lambda path: path.name
)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_is_read_in_a_minute() -> None:
    assert len(README.splitlines()) <= 120


def test_the_readme_states_how_many_rules_there_are(built: Path) -> None:
    with duckdb.connect(str(built / "warehouse.duckdb"), read_only=True) as connection:
        rules = connection.execute("select count(*) from analytics.rules_checked").fetchall()[0][0]
    assert set(re.findall(r"(\d+) rules", README)) == {str(rules)}


PLANS = re.findall(r"^\| (\S+) \| ([\d,-]+) \| ([\d,K-]+)K \| \$([\d.-]+) \|$", README, re.M)


def test_the_readme_has_a_plan_for_four_models() -> None:
    assert len(PLANS) == 4


def read_numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"[\d,.]+", text)]


@pytest.mark.parametrize(("model", "calls", "tokens", "cost"), PLANS)
def test_a_plan_of_the_readme_is_what_the_dry_run_says(
    data_dir: Path, model: str, calls: str, tokens: str, cost: str
) -> None:
    told = run_extract(data_dir, "--dry-run", "--model", model).stdout
    now = re.findall(r"^total .* ([\d,-]+) +([\d,K-]+)K +~\$([\d.-]+)$", told, re.M)
    assert len(now) == 1
    numbers, stated = (read_numbers(" ".join(row)) for row in (now[0], (calls, tokens, cost)))
    # Each from the best to what is expected.
    assert len(numbers) == 6
    assert numbers == pytest.approx(stated, rel=0.05)  # a word more in a prompt is not worth a new table


def test_every_mend_is_a_line_of_the_table_with_its_example() -> None:
    table = REFERENCE.partition("## What is mended")[2]
    for mend in MENDS:
        before, after = (f"`{text}`".replace("\n\n", " ¶ ") for text in (mend.before, mend.after))
        assert f"| {mend.name} | {mend.does} | {before} | {after} |" in table
    assert table.count("\n| ") == len(MENDS) + 1
