"""The vars of the export are checked; without them the size decides."""

from __future__ import annotations

import pytest

from export.errors import ExportError
from export.settings import PARQUET_ROWS_PER_FILE, read_settings
from export.writers.jsonl import MOST_RESERVATIONS_AS_JSONL

WRONG = {
    "an unknown kind": (
        ["sqlite", "toy"],
        None,
        r"exports must be a list of default, sqlite, jsonl, .*Got \['sqlite', 'toy'\]",
    ),
    "not a list": ("parquet", None, "exports must be a list of .*Got 'parquet'"),
    "a list in a list": ([["sqlite"]], None, "exports must be a list"),
    "no rows": (None, 0, "parquet_rows_per_file must be a whole number, 1 or more. Got 0"),
    "rows in words": (None, "many", "parquet_rows_per_file .* Got 'many'"),
    "rows that are true": (None, True, "parquet_rows_per_file .* Got True"),
    "half a row": (None, 0.5, "parquet_rows_per_file .* Got 0.5"),
}


@pytest.mark.parametrize(("exports", "rows", "message"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_var_is_told_in_one_line(exports: object, rows: object, message: str) -> None:
    with pytest.raises(ExportError, match=message) as raised:
        read_settings(exports, rows)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("reservations", "kinds"),
    [
        (MOST_RESERVATIONS_AS_JSONL, {"sqlite", "jsonl", "warehouse", "card", "retrieval"}),
        (MOST_RESERVATIONS_AS_JSONL + 1, {"sqlite", "parquet", "warehouse", "card"}),
    ],
)
def test_by_default_the_size_decides(reservations: int, kinds: set[str]) -> None:
    settings = read_settings(None, None)
    assert settings.choose_kinds(reservations) == kinds
    assert settings.parquet_rows_per_file == PARQUET_ROWS_PER_FILE


@pytest.mark.parametrize("asked", [[], ["jsonl"], ["jsonl", "parquet", "sqlite", "warehouse"]])
def test_what_is_asked_for_holds_at_any_size(asked: list[str]) -> None:
    settings = read_settings(asked, 7)
    assert settings.choose_kinds(10) == settings.choose_kinds(10**8) == set(asked)
    assert settings.parquet_rows_per_file == 7
