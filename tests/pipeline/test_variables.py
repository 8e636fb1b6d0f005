"""Every var is looked at before any work: its name, its kind and its range."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from export.dbt_plugins import workspace
from export.dbt_plugins.threads import OF_LARGE, OF_SMALL, USUAL, Threads, choose_threads
from export.dbt_plugins.variables import MOST_ROWS, NUMBERS, OTHERS, check_environment, check_vars
from export.errors import ExportError
from extract.landing.manifest import MANIFEST_FILE, Manifest, write_manifest
from tests.paths import REPO_ROOT

PROJECT = yaml.safe_load((REPO_ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
ALLOWED: list[dict[str, object]] = [
    {"users": "100", "seed": "7", "open_percent": "20"},
    {"users": 100.0, "tickets": 0},
    {"seed": -5, "users": None, "as_of": None, "exports": None},
    {"as_of": datetime.date(2026, 6, 1)},
    {"as_of": "2028-02-29", "exports": ["sqlite", "card"]},
    {"exports": [], "stop_words": "the and"},
    {"past_months": 36},
    {"past_months": "12"},
    {"parquet_rows_per_file": 1, "seats_percent_low": 100},
]
WRONG: dict[str, tuple[dict[str, object], str]] = {
    "a misspelt name": ({"useers": 100}, "there is no var useers; did you mean users?"),
    "a name in capitals": ({"As_of": "2026-06-01"}, "there is no var As_of; did you mean as_of?"),
    "a name like no other": ({"colour": "red"}, "there is no var colour; docs/reference.md lists all."),
    "a var that is a share now": (
        {"failed_once_permille": 180},
        "there is no var failed_once_permille; the shares of failed_attempts in dbt_project/seeds/shares.csv say",
    ),
    "a name that is a number": ({7: 1}, "there is no var 7; docs"),  # type: ignore[dict-item]
    "another project's": ({"dbt_utils": {"seed": 1}}, "there is no var dbt_utils"),
    "a seed in words": ({"seed": "abc"}, "var seed must be a whole number, .* Got abc"),
    "a seed of none": ({"seed": None}, "var seed must be a whole number, .* Got None"),
    "half a seed": ({"seed": 0.5}, "var seed must be .* Got 0.5"),
    "a seed that is true": ({"seed": True}, "var seed must be .* Got True"),
    "a seed in a list": ({"seed": [1]}, r"var seed must be .* Got \[1\]"),
    "a seed of too many digits": ({"seed": 10**19}, "var seed must be"),
    "fewer than none": ({"users": -1}, "users must be a whole number, 0 or more and at most 1000000000. Got -1"),
    "more than anybody has built": ({"reservations": 10**10}, "at most 1000000000. Got 10000000000"),
    "half a member": ({"users": 99.5}, "var users must be .* Got 99.5"),
    "a nested count": ({"users": {"least": 1}}, "var users must be .* Got {'least': 1}"),
    "a count with a mark": ({"users": "10,000"}, "var users must be .* Got 10,000"),
    "a power of ten": ({"users": "1e6"}, "var users must be .* Got 1e6"),
    "a percent above all": (
        {"medium_percent": 101},
        "medium_percent must be a whole number, 0 or more and at most 100",
    ),
    "more bookings of a user than bands are numbered": (
        {"most_bookings_per_blocked_user": 10_001},
        "most_bookings_per_blocked_user must be a whole number, 1 or more and at most 10000. Got 10001",
    ),
    "a past of half a month": ({"past_months": 0.5}, "past_months must be a whole number, 0 or more and at most 36"),
    "a past that is to come": ({"past_months": -1}, "past_months must be .* Got -1"),
    "a past longer than the club's": ({"past_months": 37}, "past_months must be .* Got 37"),
    "no answer about the past": ({"past_months": None}, "past_months must be .* Got None"),
    "one in none": ({"urgent_one_in": 0}, "urgent_one_in must be a whole number, 1 or more"),
    "a shape of halves": ({"popularity_of_soldout": 2.0}, "popularity_of_soldout must be a whole number"),
    "parts above the whole": ({"open_percent": 90}, "vars open_percent and in_progress_percent must add up to 100"),
    "a low above the high": ({"seats_percent_low": 90, "seats_percent_high": 80}, "Got 90 and 80"),
    "a day that is none": ({"as_of": "2026-02-30"}, "as_of must be a day from 1900-01-01 .* Got 2026-02-30"),
    "a day too early": ({"as_of": datetime.date(1, 1, 1)}, "Got 0001-01-01"),
    "a day of the week": ({"as_of": "monday"}, "Got monday"),
    "a moment": ({"as_of": datetime.datetime(2026, 6, 1, 8)}, "as_of must be a day .* Got 2026-06-01 08:00:00"),
    "a day as a number": ({"as_of": 20260601}, "as_of must be a day .* Got 20260601"),
    "an unknown kind": ({"exports": ["sqlit"]}, r"exports must be a list of .* Got \['sqlit'\]; did you mean sqlite?"),
    "a kind without a list": ({"exports": "sqlite"}, "exports must be a list of"),
    "kinds by name": ({"exports": {"sqlite": True}}, "exports must be a list of"),
    "words in a list": ({"stop_words": ["the"]}, r"stop_words must be words with blanks .* Got \['the'\]"),
    "no words": ({"stop_words": ""}, "stop_words must be words"),
    "words that end a string": ({"stop_words": "it's"}, "stop_words must be words"),
}


@pytest.mark.parametrize("stated", ALLOWED, ids=str)
def test_what_can_be_meant_is_taken(stated: dict[str, object]) -> None:
    check_vars({**PROJECT["vars"], **stated})


@pytest.mark.parametrize(("stated", "problem"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_meant_is_refused_in_one_line(stated: dict[str, object], problem: str) -> None:
    with pytest.raises(ExportError, match=problem) as raised:
        check_vars({**PROJECT["vars"], **stated})
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "said", [{}, {"EVENTHUB_THREADS": ""}, {"EVENTHUB_THREADS": "4", "EVENTHUB_MEMORY_LIMIT": "7.5 GiB"}]
)
def test_a_machine_may_be_told_of(said: dict[str, str]) -> None:
    check_environment(said)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THREADS", "0"),
        ("THREADS", "-1"),
        ("MEMORY_LIMIT", "lots"),
        ("MEMORY_LIMIT", "8"),
        ("MEMORY_LIMIT", "8GB'; --"),
    ],
)
def test_a_machine_that_cannot_be_meant_is_refused_in_one_line(name: str, value: str) -> None:
    with pytest.raises(ExportError, match=f"^EVENTHUB_{name} must be .* Got {value}$"):
        check_environment({f"EVENTHUB_{name}": value})


@pytest.mark.parametrize(
    ("pulled", "stated", "threads"),
    [
        ({}, {}, OF_SMALL),
        ({"reservations": 100_000}, {"reservations": None}, OF_SMALL),
        ({"reservations": 100_001}, {}, USUAL),
        ({"reservations": 50_000, "users": 10_000}, {"reservations": 5_000_000.0}, USUAL),
        ({"reservations": 50_000}, {"users": "200000"}, USUAL),
        ({"reservations": 50_000_000}, {"reservations": 1_000}, OF_SMALL),
        ({"reservations": 50_000}, {"reservations": 20_000_000}, USUAL),
        ({"reservations": 50_000}, {"reservations": 20_000_001}, OF_LARGE),
        ({"reservations": 20_000_001}, {}, OF_LARGE),
    ],
    ids=str,
)
def test_the_more_rows_the_fewer_models_are_built_at_a_time(
    tmp_path: Path, pulled: dict[str, int], stated: dict[str, object], threads: Threads
) -> None:
    if pulled:
        manifest = Manifest(as_of=datetime.date(2026, 6, 1), seed=42, volume="custom", counts=pulled)
        write_manifest(tmp_path / MANIFEST_FILE, manifest)
    assert choose_threads(tmp_path, stated) == threads


@pytest.mark.parametrize(("said", "used"), [(None, 1), (4, 4)])
def test_the_commands_own_threads_win(monkeypatch: pytest.MonkeyPatch, said: int | None, used: int) -> None:
    profile = SimpleNamespace(threads=said or 3)
    monkeypatch.setattr(workspace, "get_adapter_by_type", lambda _: SimpleNamespace(config=profile))
    monkeypatch.setattr(workspace, "get_flags", lambda: SimpleNamespace(THREADS=said))
    config: dict[str, object] = {}
    workspace.share_threads(OF_LARGE, config)
    assert (profile.threads, config) == (used, {})
    workspace.share_threads(OF_SMALL, config)
    assert config == {"threads": 1}


def test_a_manifest_with_a_fault_is_for_the_landings_check_to_tell(tmp_path: Path) -> None:
    (tmp_path / MANIFEST_FILE).write_text("{")
    assert choose_threads(tmp_path, {}) == OF_SMALL


def test_the_project_lists_every_var() -> None:
    assert sorted(PROJECT["vars"]) == sorted([*NUMBERS, *OTHERS])


def test_the_limits_of_sql_are_those_of_the_plugin() -> None:
    macro = (REPO_ROOT / "dbt_project/macros/numbers/most_rows.sql").read_text(encoding="utf-8")
    assert f"'users': {MOST_ROWS}, 'reservations': {MOST_ROWS}," in macro
