"""The vars of a build: which there are, and what each may be. They are looked at before anything is built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from export.errors import ExportError
from export.settings import read_settings

# Ten times the largest set that was ever built. The macro most_rows has it, too, and lower limits of other entities.
MOST_ROWS = 1_000_000_000
LARGEST = 2**63 - 1
DAYS = ("1900-01-01", "2999-12-31")


@dataclass(frozen=True)
class Whole:
    """A whole number; digits in quotes are one, too.

    Attributes:
        least: the least.
        most: the greatest.
        may_be_missing: whether null stands for what the manifest says; such a number may end in .0.
    """

    least: int
    most: int
    may_be_missing: bool = False


COUNT = Whole(0, MOST_ROWS, may_be_missing=True)
DAY_SPAN = Whole(0, 3650)
AGE = Whole(0, 700)  # accounts are up to 729 days old
PERCENT = Whole(0, 100)
SEATS_PERCENT = Whole(1, 100)
PERMILLE = Whole(0, 1000)
FACTOR = Whole(1, 1000)
ONE_IN = Whole(1, 1_000_000)
PAST_MONTHS = Whole(0, 36)  # members joined in the last 24: before that nobody booked
MOST_BANDS = Whole(1, 10_000)  # a band for each booking of one user; int_numbers counts them

NUMBERS: Mapping[str, Whole] = {
    "seed": Whole(-LARGEST, LARGEST),
    "users": COUNT,
    "venues": COUNT,
    "events": COUNT,
    "reservations": COUNT,
    "kb_articles": COUNT,
    "tickets": COUNT,
    "youngest_active_days": AGE,
    "youngest_ended_days": AGE,
    "subscription_delay_days": DAY_SPAN,
    "latest_endings_days": DAY_SPAN,
    "latest_blocks_days": DAY_SPAN,
    "namesakes_per_10000": Whole(0, 10_000),
    "reservations_per_event": ONE_IN,
    "events_per_venue": ONE_IN,
    "seats_percent_low": SEATS_PERCENT,
    "seats_percent_high": SEATS_PERCENT,
    "least_tickets": Whole(1, 100_000),
    "outside_sales_percent": PERCENT,
    "popularity_of_soldout": FACTOR,
    "popularity_of_premium": FACTOR,
    "popularity_horizon_days": Whole(1, 100_000),
    "dearest_loses_percent": PERCENT,
    "basic_seats_percent": PERCENT,
    "booking_reach_days": DAY_SPAN,
    "booking_reach_per_day_ahead": DAY_SPAN,
    "attended_percent": PERCENT,
    "urgent_one_in": ONE_IN,
    "pressure_within_3_days": PERMILLE,
    "pressure_within_10_days": PERMILLE,
    "pressure_of_very_negative": PERMILLE,
    "pressure_of_negative": PERMILLE,
    "medium_percent": PERCENT,
    "shared_question_one_in": ONE_IN,
    "open_percent": PERCENT,
    "in_progress_percent": PERCENT,
    "most_bookings_per_user": MOST_BANDS,
    "most_bookings_per_blocked_user": MOST_BANDS,
    "past_months": PAST_MONTHS,
    "parquet_rows_per_file": Whole(1, LARGEST),
}
OTHERS = ("as_of", "exports", "stop_words")
# Parts of one whole: what they add up to at most.
SUMS = ((("open_percent", "in_progress_percent"), 100),)
# Vars of earlier versions, and what says it now.
MOVED = dict.fromkeys(
    ("failed_once_permille", "failed_twice_permille"),
    "the shares of failed_attempts in dbt_project/seeds/shares.csv say",
)
# A low and a high end.
ENDS = (("seats_percent_low", "seats_percent_high"),)

# Patterns of what DuckDB takes, and Spark.
ENVIRONMENT = {
    "EVENTHUB_THREADS": ("[1-9][0-9]{0,3}", "a whole number from 1 to 9999"),
    "EVENTHUB_MEMORY_LIMIT": (r"[0-9]+(\.[0-9]+)? ?[KMGT]i?B", "a size such as 8GB"),
    "EVENTHUB_SPARK_MEMORY": ("[1-9][0-9]*[mg]", "a size such as 4g"),
    "EVENTHUB_SPARK_PARTITIONS": ("[1-9][0-9]{0,4}", "a whole number from 1 to 99999"),
}


def check_vars(stated: Mapping[str, object]) -> None:
    """Check vars by name, those of dbt_project.yml and of the command line together.

    Raises:
        ExportError: in one line, which var cannot be meant, and what it may be.
    """
    for name, value in stated.items():
        _check_name(name)
        if name in NUMBERS:
            _check_number(name, value)
    _check_day(stated.get("as_of"))
    _check_words(stated.get("stop_words", "the"))
    read_settings(stated.get("exports"), None)
    numbers = {name: int(str(value)) for name, value in stated.items() if name in NUMBERS and _is_plain(value)}
    for names, most in SUMS:
        if sum(numbers.get(name, 0) for name in names) > most:
            raise ExportError(f"vars {' and '.join(names)} must add up to {most} at most")
    for low, high in ENDS:
        if numbers.get(low, 0) > numbers.get(high, LARGEST):
            raise ExportError(f"var {low} must be {high} at most. Got {numbers[low]} and {numbers[high]}")


def check_environment(environment: Mapping[str, str]) -> None:
    """Check what the environment says of the machine; nothing is said by an empty variable.

    Raises:
        ExportError: in one line, which variable cannot be meant, and what it may be.
    """
    for name, (pattern, example) in ENVIRONMENT.items():
        value = environment.get(name, "")
        if value and not re.fullmatch(pattern, value, re.IGNORECASE):
            raise ExportError(f"{name} must be {example}. Got {_show(value)}")


def _check_name(name: str) -> None:
    known = [*NUMBERS, *OTHERS]
    if name not in known:
        close = get_close_matches(str(name), known, 1)
        hint = MOVED.get(name) or (f"did you mean {close[0]}?" if close else "docs/reference.md lists all.")
        raise ExportError(f"there is no var {name}; {hint}")


def _check_number(name: str, value: object) -> None:
    kind = NUMBERS[name]
    if value is None and kind.may_be_missing:
        return
    if isinstance(value, float) and value.is_integer() and kind.may_be_missing:
        value = int(value)
    if not _is_plain(value) or not kind.least <= int(str(value)) <= kind.most:
        bounds = f"{kind.least} or more and at most {kind.most}"
        raise ExportError(f"var {name} must be a whole number, {bounds}. Got {_show(value)}")


def _is_plain(value: object) -> bool:
    """Tell whether it is a whole number, or digits: both are the same in SQL."""
    if isinstance(value, str):
        return re.fullmatch("-?[0-9]{1,19}", value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def _check_day(value: object) -> None:
    if value is None:
        return
    first, last = map(date.fromisoformat, DAYS)
    try:
        # A datetime is a date, too, and not a day.
        stated = value if isinstance(value, date) and not isinstance(value, datetime) else None
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            stated = date.fromisoformat(value)
    except ValueError:
        stated = None
    if stated is None or not first <= stated <= last:
        days = f"{first} to {last}"
        raise ExportError(f"var as_of must be a day from {days}, such as 2026-06-01. Got {_show(value)}")


def _check_words(value: object) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"\s*\w+(\s+\w+)*\s*", value):
        raise ExportError(f"var stop_words must be words with blanks between them. Got {_show(value)}")


def _show(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:60]} …"
