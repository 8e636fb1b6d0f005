"""Numbers and names as pages write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
THIN = "\N{NARROW NO-BREAK SPACE}"


def number(value: float) -> str:
    """Write a whole number with commas."""
    return f"{value:,.0f}"


def percent(part: float, whole: float) -> str:
    """Write a share without decimals, but never round something down to nothing or up to all."""
    share = 100 * part / whole if whole else 0.0
    if 0 < share < 1:
        return f"under 1{THIN}%"
    if 99 < share < 100:
        return f"over 99{THIN}%"
    return f"{share:.0f}{THIN}%"


def dollars(value: float) -> str:
    """Write money without cents where there are none."""
    return f"${value:,.0f}" if value == int(value) else f"${value:,.2f}"


def counted(value: int, thing: str) -> str:
    """Write a number with its noun."""
    return f"{number(value)} {thing}{'' if value == 1 else 's'}"


def spelled(name: object) -> str:
    """Write a value of the data as words: in_progress is in progress."""
    return str(name).replace("_", " ")


def listed(words: Sequence[str]) -> str:
    """Join words with commas and a last and."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def bytes_size(size: int) -> str:
    """Write a file's size in megabytes."""
    return f"{size / 1_000_000:,.1f} MB"


def format_day(day: date) -> str:
    """Write a day: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"


def format_moment(moment: datetime) -> str:
    """Write a moment to the minute: 23 Nov 2026, 19:30."""
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def format_month(month: str) -> str:
    """Write a month: November 2026 for 2026-11."""
    return f"{date.fromisoformat(month + '-01'):%B %Y}"


def quantile(counts: Iterable[tuple[int, int]], share: float) -> int:
    """Return the value that a share of all members does not exceed.

    Args:
        counts: pairs of a value and how many members have it, in the order of the values.
        share: 0 to 1.
    """
    pairs = list(counts)
    needed = share * sum(count for _, count in pairs)
    seen = 0
    for value, count in pairs:
        seen += count
        if seen >= needed:
            return value
    return 0


def top_share(counts: Iterable[tuple[int, int]], share: float) -> float:
    """Return which share of all things belongs to the share of members that have most."""
    pairs = sorted(counts, reverse=True)
    left = share * sum(count for _, count in pairs)
    total = sum(value * count for value, count in pairs)
    taken = 0.0
    for value, count in pairs:
        taken += value * min(left, count)
        left -= min(left, count)
    return taken / total if total else 0.0
