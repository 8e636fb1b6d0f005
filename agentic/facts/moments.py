"""Dates and times of day as people write them: `Sunday, March 21`, `3/21/2027`, `7.30 pm`, `noon`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# What was read is taken out of the text and leaves this, so that no part of a date is read as a count.
TAKEN = "\N{CURRENCY SIGN}"
# Or one of these, which tells where it stood; a reply of ASCII holds none. By number: of dates, and of times.
DATE_MARKS, TIME_MARKS = ([chr(first + place) for place in range(3000)] for first in (0xE000, 0xEC00))
NAMES = re.findall("[a-z]+", "january february march april may june july august september october november december")
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SHORT_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3} | {name[:3]: number for number, name in enumerate(DAYS)}
WEEKDAYS = SHORT_DAYS | {name: number for number, name in enumerate(DAYS)}
WEEKDAY = rf"(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b\.?"
MONTH = rf"(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in NAMES)}|sept)\b\.?"
BEFORE = rf"(?:\b(?P<before>{WEEKDAY}),?\s+(?:the\s+)?)?"
AFTER = rf"(?:,?\s+\(?(?:an?\s+)?(?P<after>{WEEKDAY})\)?)?"
# What a text holds where a date or a time is in it at all: whole patterns are tried at every character.
DIGIT = re.compile(r"\d")
DIGITS_APART = re.compile(r"\d[-/.]\d")
HAS_MONTH = re.compile("|".join(name[:3] for name in NAMES))
# A span of days, as in March 21-23, is not one date; a time may follow the dash.
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w%]|[:.]\d|\s?-\s?\d{1,2}(?![\d:.]|\s*[ap]\.?m))"
# `guests under 3 may come along` names no day.
MAY_BE = r"may\s+(?!(?:at|from|and|or|is|was|in|for|until|to|with|for)\b)[a-z]"
YEAR = r"(?:(?:,?\s+|-)(?P<year>(?:19|20)\d\d)\b)?"
WORDED_DATES = (
    re.compile(rf"{BEFORE}\b{MONTH}(?:\s+(?:the\s+)?|-){DAY}{YEAR}{AFTER}"),
    re.compile(rf"{BEFORE}(?<![\w:/.$-]){DAY}(?:\s+(?:of\s+)?|-)(?!{MAY_BE}){MONTH}{YEAR}{AFTER}"),
)
YEAR_FIRST = re.compile(
    rf"{BEFORE}(?<![\w/.-])(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?:t(?=\d)|(?![\w/-])){AFTER}"
)
YEAR_LAST = re.compile(
    rf"{BEFORE}(?<![\w/.$-])(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<year>(?:\d\d)?\d\d)"
    rf"(?![\w/-]|\.\d){AFTER}"
)
NO_YEAR = re.compile(rf"{BEFORE}(?<![\w/.$-])(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\w/%]|\.\d){AFTER}")

HALF_DAY = r"(?P<half>[ap])\.?\s?m\b\.?"
PART_OF_DAY = (
    rf"(?:(?:in the|this|that|at|tomorrow|(?:on )?{WEEKDAY}) (?P<part>morning|afternoon|evening|night)"
    r"|(?P<tonight>tonight))\b"
)
SUFFIX = rf"(?:\s*(?:o'?clock)?\s*(?:{HALF_DAY}|{PART_OF_DAY}))"
HOUR = r"(?<![\w.:$/-])(?P<hour>\d{1,2})"
HAS_PAST = re.compile("half|quarter")
HAS_SUFFIX = re.compile(r"[ap]\.?\s?m\b|morning|afternoon|evening|night")
HAS_MINUTES = re.compile(r"\d[:h][0-5]\d")
HAS_DOTTED_MINUTES = re.compile(r"\d\.[0-5]\d")
HAS_CLOCK = re.compile("clock")
HAS_HOURS = re.compile("hours|hrs")
HAS_WORD = re.compile("noon|midday|midnight")
# Two times with one suffix: 7-9 pm.
SHARED_SUFFIX = re.compile(rf"{HOUR}(?::(?P<minute>[0-5]\d))?(?=\s*(?:-|to)\s*\d{{1,2}}(?::[0-5]\d)?\s*{HALF_DAY})")
TIMES = (
    (HAS_SUFFIX, SHARED_SUFFIX),
    (
        HAS_PAST,
        re.compile(
            rf"\b(?P<past>half|(?:a\s+)?quarter)[ -](?P<way>past|after|to) {HOUR}(?:\s*o'?clock)?(?![\d:%]){SUFFIX}?"
        ),
    ),
    (HAS_SUFFIX, re.compile(rf"{HOUR}(?:[:.h ](?P<minute>[0-5]\d))?{SUFFIX}")),
    (
        HAS_MINUTES,
        re.compile(rf"{HOUR}[:h](?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\w:])(?:\s*(?:h|hrs|o'?clock)\b)?"),
    ),
    (
        HAS_DOTTED_MINUTES,
        re.compile(
            r"(?:(?<=\bat )|(?<=\bby )|(?<=\bfrom )|(?<=\buntil ))(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?![\w%]|\.\d)"
        ),
    ),
    (HAS_CLOCK, re.compile(rf"{HOUR}\s*o'?clock\b")),
    (HAS_HOURS, re.compile(r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?= ?(?:hours|hrs)\b)")),
    (HAS_WORD, re.compile(r"\b(?:12 )?(?P<word>noon|midday|midnight)\b")),
)
# An hour alone is one where the sentence leaves nothing else that it could count: doors open at 8.
LONE_HOUR = re.compile(r"\b(?:at|by|from|until|till|around) (?P<hour>[1-9]|1[0-2])(?=\s*(?:[.,;!?)\n]|$|sharp\b|on\b))")


@dataclass(frozen=True)
class SpokenDate:
    """A date as it was said, with the year and the weekday where they were."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None

    def means(self, day: date) -> bool:
        """Whether this is the day; a wrong year or weekday makes it another one."""
        said_year, said_weekday = self.year or day.year, day.weekday() if self.weekday is None else self.weekday
        return (self.month, self.day, said_year, said_weekday) == (day.month, day.day, day.year, day.weekday())


def take_dates(text: str) -> tuple[list[SpokenDate], str]:
    """Return the dates in lower-case text, and the text without them."""
    found: list[SpokenDate] = []

    def take(match: re.Match[str]) -> str:
        said = _read_date(match.groupdict())
        if said is None:
            return match[0]
        found.append(said)
        return f" {_mark(DATE_MARKS, len(found) - 1)} "

    if not DIGIT.search(text):
        return found, text
    if DIGITS_APART.search(text):
        text = YEAR_LAST.sub(take, YEAR_FIRST.sub(take, text))
    if HAS_MONTH.search(text):
        for pattern in WORDED_DATES:
            text = pattern.sub(take, text)
    if "/" not in text:
        return found, text
    for match in NO_YEAR.finditer(text):  # may be a fraction or a share as well, so it stays
        found.extend(filter(None, [_read_short_date(match)]))
    return found, text


def take_short_dates(text: str, dates: list[SpokenDate]) -> str:
    """Take `3/21` out of text, too: for those who look for dates alone. Each is one of `dates`."""

    def take(match: re.Match[str]) -> str:
        said = _read_short_date(match)
        return f" {_mark(DATE_MARKS, dates.index(said))} " if said in dates else match[0]

    return NO_YEAR.sub(take, text)


def _mark(marks: list[str], place: int) -> str:
    return marks[place] if place < len(marks) else TAKEN


def _read_short_date(match: re.Match[str]) -> SpokenDate | None:
    return _read_date(match.groupdict()) if match[0] != "24/7" else None


def _read_date(parts: dict[str, str | None]) -> SpokenDate | None:
    if (first := parts.get("a")) is not None:
        month, day = int(first), int(parts["b"] or 0)
        # The Bay Area writes the month first, except with dots or where it cannot be one.
        if parts.get("sep") == "." or month > 12:
            month, day = day, month
    else:
        name = parts["month"] or ""
        month = int(name) if name.isdigit() else 1 + [full[:3] for full in NAMES].index(name[:3])
        day = int(parts["day"] or 0)
    year = int(parts.get("year") or 0) or None
    if year is not None and year < 100:
        year += 2000
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    weekday = parts.get("before") or parts.get("after")
    return SpokenDate(month, day, year, WEEKDAYS[weekday.rstrip(".")] if weekday else None)


def take_times(text: str) -> tuple[list[frozenset[int]], str]:
    """Return the times of day in lower-case text, and the text without them; a time is the minutes that it may mean."""
    found: list[frozenset[int]] = []

    def take(match: re.Match[str]) -> str:
        said = _read_time(match.groupdict())
        if said is None:
            return match[0]
        found.append(said)
        return f" {_mark(TIME_MARKS, len(found) - 1)} "

    for hint, pattern in TIMES:
        if hint.search(text):
            text = pattern.sub(take, text)
    for match in LONE_HOUR.finditer(text):  # may be a count as well, so it stays
        found.extend(filter(None, [_read_time(match.groupdict())]))
    return found, text


def _read_time(parts: dict[str, str | None]) -> frozenset[int] | None:
    if word := parts.get("word"):
        return frozenset([0 if word == "midnight" else 720])
    written = parts["hour"] or ""
    hour, minute = int(written), int(parts.get("minute") or 0)
    if past := parts.get("past"):
        minute = 30 if past == "half" else 15
    if hour > 23:
        return None
    is_ambiguous = 1 <= hour <= 12 and not (written.startswith("0") and not parts.get("half"))
    half = parts.get("half") or ("a" if parts.get("part") == "morning" else "p")
    is_halved = any(parts.get(name) for name in ("half", "part", "tonight"))
    if is_halved and hour <= 12:
        hours = [hour % 12 + (12 if half == "p" else 0)]
    else:
        hours = [hour % 12, hour % 12 + 12] if is_ambiguous else [hour]
    sign = -1 if parts.get("way") == "to" else 1
    return frozenset((60 * one + sign * minute) % 1440 for one in hours)
