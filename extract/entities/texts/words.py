"""Parts of patterns that several rules on words share."""

from __future__ import annotations

from string import ascii_lowercase

SMALL = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = "|".join(SMALL[:9])
_TEN = rf"(?:{'|'.join(TENS)})(?:[ -](?:{_UNITS}))?"
# Two and more; "one" is an article as often as a number.
SEVERAL = (
    rf"(?:(?:(?:an?|half an?|{'|'.join(SMALL)}|{_TEN}) )?(?:hundred|thousand|dozen|grand)(?:s of"
    rf"| and (?:{_UNITS}|{_TEN}))?"
    rf"|{_TEN}|{'|'.join(SMALL[1:])})"
)
# The words of which each such number has one.
SEVERAL_WORDS = frozenset(
    (*SMALL[1:], *TENS, *(f"{word}{end}" for word in ("hundred", "thousand", "dozen", "grand") for end in ("", "s")))
)
MONTHS = (
    "january", "february", "april", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
EVENT = (
    r"(?:event|show|concert|gig|game|match|class|workshop|play|performance|exhibition|exhibit|festival|musical|opera|"
    r"recital|screening|party|session|tour|talk|course|seminar|lecture|race|tournament)"
)


def spell(number: int) -> str | None:
    """Write a number below a hundred in words, or say that it is too great."""
    if 1 <= number < 20:
        return SMALL[number - 1]
    if not 20 <= number < 100:
        return None
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{SMALL[ones - 1]}" if ones else "")


class _LetterTable(dict[int, str]):
    """What `str.translate` puts in the place of each character; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = character if character in ascii_lowercase else f" {character} " if character.isdecimal() else " "
        return self.setdefault(code, kept)


_LETTERS = _LetterTable()


def split_words(lowered: str) -> list[str]:
    """Split a text in small letters into its runs of letters from a to z and its digits, each of them alone."""
    # Several times as fast as looking for `[a-z]+|\d`.
    return lowered.translate(_LETTERS).split()
