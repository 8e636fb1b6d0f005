"""Models, rules and data tests say nothing that only DuckDB knows: macros of macros/engine do, for each engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.paths import REPO_ROOT

PROJECT = REPO_ROOT / "dbt_project"
FILES = sorted([*(PROJECT / "models").rglob("*.sql"), *(PROJECT / "tests").rglob("*.sql")])
MACROS = sorted(
    path for path in (PROJECT / "macros").rglob("*.sql") if path.parent.name not in ("engine", "dbt_overrides")
)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"--[^\n]*")
TEXT = re.compile(r"'(?:[^']|'')*'")

# Words that mean nothing to Spark, or something else, also in strings of Jinja; behind each, what to write.
WORDS = {
    r"\bqualify\b": "a rank in a CTE, and where",
    r"\bexclude \(": "columns_except",
    r"\blambda \w+:": "array_filter or array_transform",
    r"::varchar\b": "::string",
    r"::enum\b": "enum_value",
    r"\bhugeint\b": "wide_integer",
    r"\bxor\(": "exclusive_or",
    r"\bunnest\(": "unnested",
    r"\blist_\w+\(": "an array macro, or array_contains, array_sort, array_distinct",
    r"(?<![\w.])list\(": "array_collect",
    r"(?<![\w.])len\(": "array_size, or length of a text",
    r"\barray_to_string\(": "array_join",
    r"\bstruct_pack\(": "struct_of",
    r"\bstring_split\w*\(": "split, or regex_split",
    r"\bstring_agg\(": "text_collect",
    r"\bregexp_(?:matches|full_match)\(": "regex_matches or regex_matches_whole",
    r"\bstrip_accents\(": "without_accents",
    r"\bstrpos\(": "instr",
    r"\bends_with\(": "right",
    r"\btry_?strp?time\(|\bstrptime\(|\bstrftime\(": "format_moment or a cast",
    r"\bdate_diff\(": "days_between or seconds_between",
    r"\bdate_trunc\(": "start_of",
    r"\bto_(?:seconds|minutes|hours|days)\(": "seconds_after",
    r"\bepoch_us\(": "epoch_seconds",
    r"\bisodow\(": "iso_weekday",
    r"\bquantile_\w+\(": "percentile_disc",
    r"\bunpivot\b|\bcolumns\(": "count_violations",
    r"(?<![\w.])hash\(": "row_hash",
    r"\bmd5_number\w*\(": "table_hash",
    r"(?<=[\s(,])e'\\": "chr(10)",
}
# These have another meaning in Jinja, and are looked for in plain SQL alone.
SIGNS = {r"//": "int_div", r"\[(?!''\]|split_part\()": "array_of, array_get or array_slice"}
# Windows without a partition gather all rows in one task. Those of these models see a few rows or those of tickets,
# or what has landed; int_refunds numbers one booking in ten (docs/spark_scale.md).
WINDOW = re.compile(r"over \(\s*(?:order by|\))")
OF_FEW_ROWS = {
    "days_rules",
    "drawn_tickets",
    "int_answers__closing",
    "int_articles__filled",
    "int_booking_bands",
    "int_booking_classes",
    "int_bookings__priced",
    "int_events__named",
    "int_replies",
    "int_texts__sampled",
    "int_ticket_candidates",
    "int_ticket_premises",
    "int_ticket_texts__matched",
    "int_ticket_texts__split",
    "int_tickets__text_chosen",
    "int_users__named",
    "int_users__renamed",
    "int_venues__named",
    "life_shapes",
    "refunds_rules",
}


def find_foreign_words(sql: str) -> list[str]:
    """Find what only DuckDB knows, with what to write in its place."""
    code = COMMENT.sub("", re.sub(r"\{#.*?#\}", "", sql, flags=re.DOTALL))
    found = [f"{match[0]} -> {cure}" for word, cure in WORDS.items() for match in re.finditer(word, code)]
    plain = TEXT.sub("''", JINJA.sub("", code))
    return found + [f"{match[0]} -> {cure}" for sign, cure in SIGNS.items() for match in re.finditer(sign, plain)]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_word_is_duckdbs_alone(path: Path) -> None:
    assert find_foreign_words(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "sql",
    [
        "select a // b from c",
        "select * exclude (a) from c",
        "select list_sort(a) from c",
        "select [1, 2] from c",
        "select a[1] from c",
        "select a::varchar from c",
        "select {{ ref('c') }}.a from c qualify row_number() over (order by a) = 1",
        "select {{ array_size('list_filter(a, lambda b: b > 1)') }} from c",
        "select strftime(a, '%Y') from c",
        "select unnest(range(3))",
    ],
)
def test_a_word_that_is_planted_is_found(sql: str) -> None:
    assert find_foreign_words(sql)


def test_what_both_know_is_not_found() -> None:
    sql = "-- a // b, list_sort\nselect split(a, '//')::string, {{ int_div('a', 2 // 1) }} from b where c like '%[%'"
    assert find_foreign_words(sql) == []


def test_no_model_asks_for_its_engine() -> None:
    asking = re.compile(r"target\.(?:type|name)")
    assert [path.name for path in [*FILES, *MACROS] if asking.search(path.read_text(encoding="utf-8"))] == []


def test_no_window_gathers_members_bookings_or_events() -> None:
    found = {
        path.stem for path in FILES if WINDOW.search(path.read_text(encoding="utf-8")) and "macros" not in path.parts
    }
    assert found <= OF_FEW_ROWS, found - OF_FEW_ROWS
