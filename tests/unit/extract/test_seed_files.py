"""Seed files as people and spreadsheets save them: what can be meant is read, the rest is refused with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pytest

from extract.errors import SeedError
from extract.paths import REPO_ROOT, SEEDS_DIR
from extract.planning.seed_checks import HOURS, NUMBERS, PRICES
from extract.planning.seed_files import Column, read_columns, read_seed_file, write_seed_file
from extract.planning.seeds import AnyRow, Seeds, read_all, read_rows
from tests.pipeline.machine.spreadsheet import save_as_spreadsheet

COLUMNS = (
    Column("value", "varchar"),
    Column("share", "bigint", most=100),
    Column("low", "bigint", may_be_empty=True),
    Column("high", "bigint", at_least="low", may_be_empty=True),
    Column("price", "double", may_be_empty=True),
    Column("is_typed", "boolean", may_be_empty=True),
    Column("read_on", "date", may_be_empty=True),
)
DEFAULTS = {"varchar": "true", "boolean": "true", "date": "2026-06-01"}
HEADER = "value,share,low,high,price,is_typed,read_on\n"


def read(tmp_path: Path, text: str | bytes) -> list[dict[str, str]]:
    path = tmp_path / "made_up.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [cells for _, cells in read_seed_file(path, COLUMNS)]


def read_cells(tmp_path: Path, row: str) -> list[str]:
    return list(read(tmp_path, f"{HEADER}{row}\n")[0].values())


SAVED = [
    # truth values in capitals, as a text and as such
    ("TRUE,70,,,,,", ["true", "70", "", "", "", "", ""]),
    ("False,70,,,,True,", ["false", "70", "", "", "", "true", ""]),
    # everything in quotes
    ('"music","70","1","2","0.50","FALSE","2026-06-01"', ["music", "70", "1", "2", "0.50", "false", "2026-06-01"]),
    # whole numbers with a point
    ("music,70.0,1.,2.00,.5,0,", ["music", "70", "1", "2", ".5", "false", ""]),
    # blanks around a cell, and nothing else in it
    ("  San Francisco  , 70\t, , ,\u00a0,,", ["San Francisco", "70", "", "", "", "", ""]),
    # times without the first zero, or with seconds
    ("9:30,070,,,,,", ["09:30", "70", "", "", "", "", ""]),
    ("19:00:00,70,,,,,", ["19:00", "70", "", "", "", "", ""]),
    # a cell of two lines; an exponent
    ('"one, two\r\nthree",70,,,1e-3,yes,', ["one, two\nthree", "70", "", "", "1e-3", "true", ""]),
    # empty cells at the end left out, and too many of them
    ("music,70", ["music", "70", "", "", "", "", ""]),
    ("music,70,,,,,,,,", ["music", "70", "", "", "", "", ""]),
]


@pytest.mark.parametrize(("row", "cells"), SAVED)
def test_what_a_spreadsheet_makes_of_a_cell_is_read(tmp_path: Path, row: str, cells: list[str]) -> None:
    assert read_cells(tmp_path, row) == cells


NO_PERCENT = ["33.4", "-1", "101", "many", "1e1", "1,0", "1 0", "70%", "1_0", "٧", "0x10", "9" * 60]


@pytest.mark.parametrize("share", NO_PERCENT)
def test_a_share_that_is_no_whole_percent_is_refused_with_its_line(tmp_path: Path, share: str) -> None:
    text = f'{HEADER}music,50,,,,,\n,,,,,,\nart,"{share}",,,,,\n'
    with pytest.raises(SeedError, match=r"made_up\.csv:4 column share: '.* is no whole number from 0 to 100$"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",70,,,,,", "column value: it is empty"),
        ("music,,,,,,", "column share: it is empty"),
        ("music,70,-5,,,,", "column low: '-5' is no whole number of 0 or more"),
        ("music,70,7,6,,,", "column high: 6 is below low, which is 7"),
        ("music,70,,,-0.1,,", "column price: '-0.1' is no number of 0 or more, such as 0.15"),
        ('music,70,,,"0,15",,', "column price: '0,15' is no number"),
        ("music,70,,,nan,,", "column price: 'nan' is no number"),
        ("music,70,,,,perhaps,", "column is_typed: 'perhaps' is neither true nor false"),
        ("music,70,,,,,6/1/2026", "column read_on: '6/1/2026' is no day such as 2026-06-01"),
        ("music,70,,,,,2026-02-30", "column read_on: '2026-02-30' is no day"),
        ("rock, pop,70,,,,,", "column share: 'pop' is no whole number"),
        ("music,70,,,,,,one more", "has more cells than there are columns"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused_with_its_line(tmp_path: Path, row: str, problem: str) -> None:
    with pytest.raises(SeedError, match=rf"made_up\.csv:2 {re.escape(problem)}") as raised:
        read_cells(tmp_path, row)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (HEADER.replace(",", ";") + "music;70;;;;;\n", "is separated by semicolons. Save it with commas"),
        (HEADER.replace(",", "\t") + "music\t70\n", "is separated by tabs"),
        (HEADER.replace("share", "shares") + "music,70,,,,,\n", ":1 has a column 'shares' .* did you mean share?"),
        (HEADER.replace("share,", "") + "music,,,,,\n", ":1 has no column share"),
        (HEADER.replace("low", "share") + "music,70,,,,,\n", ":1 has twice the column share"),
        (HEADER.replace("\n", ",colour\n") + "music,70,,,,,,red\n", "a column 'colour' .* describe it in"),
        (HEADER + 'music,"70,,,,,\n', "cannot be read: unexpected end of data"),
        (HEADER + 'music,"7"0,,,,,\n', "cannot be read: ',' expected after"),
        (HEADER + ",,,,,,\n", "holds no rows"),
        ("", "holds no rows"),
        ((HEADER + "Zürich,70,,,,,\n").encode("latin-1"), "it is not UTF-8. Save it as CSV UTF-8"),
        ((HEADER + "music,70,,,,,\n").encode("utf-16"), "it is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, content: str | bytes, problem: str) -> None:
    with pytest.raises(SeedError, match=rf"made_up\.csv.*{problem}"):
        read(tmp_path, content)


def test_every_seed_that_a_spreadsheet_has_saved_says_what_it_said(tmp_path: Path) -> None:
    for path in SEEDS_DIR.glob("*.csv"):
        save_as_spreadsheet(path, tmp_path / path.name)
    saved, ours = read_all(tmp_path), read_all(SEEDS_DIR)
    assert {name: [cells for _, cells in rows] for name, rows in saved.items()} == {
        name: [cells for _, cells in rows] for name, rows in ours.items()
    }


def test_what_is_written_for_dbt_is_what_our_own_files_say(tmp_path: Path) -> None:
    for name, rows in read_all(SEEDS_DIR).items():
        write_seed_file(tmp_path / f"{name}.csv", read_columns()[name], rows)
        texts = [(folder / f"{name}.csv").read_text(encoding="utf-8") for folder in (tmp_path, SEEDS_DIR)]
        written, ours = (list(csv.reader(text.splitlines())) for text in texts)
        assert written == ours


def test_every_seed_is_described() -> None:
    assert set(read_columns()) == {path.stem for path in SEEDS_DIR.glob("*.csv")}


@pytest.mark.parametrize(
    ("seed", "change", "problem"),
    [
        (
            "shares",
            lambda text: text.replace("soldout,20", "soldout,33"),
            "shares of event_status .* add up to 113, not",
        ),
        (
            "ticket_splits",
            lambda text: text.replace("train,1,70", "train,1,60"),
            "shares of the splits .* add up to 90",
        ),
        (
            "policies",
            lambda text: text.replace("_percent,50,", "_percent,33.4,"),
            r":4 column value: refund_partial_percent",
        ),
        ("policies", lambda text: text.replace("_percent,50,", "_percent,150,"), "no whole number from 0 to 100"),
        ("policies", lambda text: text.replace("hold_hours,48,", "hold_hours,two days,"), "'two days', and no whole"),
        ("policies", lambda text: text.replace("8 am", "08:00"), "support_open is '08:00', and no hour such as 8 am"),
        ("policies", lambda text: text.replace(",8 am,", ",4 pm,"), "from 4 pm to 10 pm, but a set is seen at 4 pm"),
        ("policies", lambda text: text.replace(",10 pm,", ",12 am,"), "from 8 am to 12 am, but a set is seen at 4 pm"),
        (
            "policies",
            lambda text: text.replace("pending_hold_hours", "hold_hours"),
            "lacks the policy pending_hold_hours",
        ),
        ("policies", lambda text: text.replace(",$12,", ",twelve,"), "'twelve', and no price such as"),
        ("tones", lambda text: text.replace("very_negative 3", "very_negative"), "name each mood with its weight"),
        ("party_mixes", lambda text: text.replace("1,850,1000", "1,850,800"), "column up_to_2: 800 is below up_to_1"),
        (
            "share_attributes",
            lambda text: text.replace("tickets,extract", "tickets,Extract"),
            "share_attributes.csv:13 column dealt_by: 'Extract' is not extract or dbt",
        ),
        ("models", lambda text: text.replace("nova-micro,amazon", "nova-lite,amazon"), "also the alias of line 10"),
        ("models", lambda text: text.replace(",active,", ",alive,"), "'alive' is none of active, legacy, retired"),
        ("models", lambda text: text.replace(",nova-lite,Removed", ",nova,Removed"), "there is no alias 'nova'"),
        (
            "event_categories",
            lambda text: text.replace("music,90,180", "music,90,60"),
            "column duration_max: 60 is below",
        ),
    ],
)
def test_rows_that_contradict_each_other_are_refused(
    tmp_path: Path, seed: str, change: Callable[[str], str], problem: str
) -> None:
    text = (SEEDS_DIR / f"{seed}.csv").read_text(encoding="utf-8")
    assert change(text) != text
    (tmp_path / f"{seed}.csv").write_text(change(text), encoding="utf-8")
    with pytest.raises(SeedError, match=problem):
        read_rows(tmp_path / f"{seed}.csv")


def test_the_policies_that_sql_computes_with_are_checked() -> None:
    model = REPO_ROOT / "dbt_project" / "models" / "intermediate" / "parameters" / "int_policy_values.sql"
    named = re.findall(r"policy = '(\w+)'", model.read_text(encoding="utf-8"))
    assert sorted(named) == sorted([*NUMBERS, *PRICES, *HOURS])


def test_what_the_yaml_allows_extract_takes(tmp_path: Path) -> None:
    """The least number of each column is one to the models of extract, too: dbt takes no more than they do."""
    for name, columns in read_columns().items():
        bounds = {column.name: column.least for column in columns}
        least = {}
        for column in columns:
            number = max(column.least, bounds.get(column.at_least or "", 0))
            least[column.name] = str(number) if column.kind in ("bigint", "double") else DEFAULTS[column.kind]
        write_seed_file(tmp_path / f"{name}.csv", columns, [(2, least)])
    read: list[str] = []

    class LeastSeeds(Seeds):
        def read(self, name: str, model: type[AnyRow]) -> list[AnyRow]:
            read.append(name)
            rows = read_seed_file(tmp_path / f"{name}.csv", read_columns()[name])
            return [model.model_validate(cells) for _, cells in rows]

    seeds = LeastSeeds(tmp_path)
    for name, member in vars(Seeds).items():
        if isinstance(member, cached_property):
            getattr(seeds, name)
    assert len(set(read)) == 17
