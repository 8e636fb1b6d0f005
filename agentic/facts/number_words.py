"""Numbers in words turned into digits, in lower-case text: `forty-two dollars` is `42 dollars`."""

from __future__ import annotations

import re

SMALL = re.findall(
    "[a-z]+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
)
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = re.findall(
    "[a-z]+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth",
)
VALUES = (
    {word: value for value, word in enumerate(SMALL)}
    | {word: 10 * value for value, word in enumerate(TENS, start=2)}
    | {word: value for value, word in enumerate(ORDINALS, start=1)}
    | {"twentieth": 20, "thirtieth": 30, "hundred": 100, "thousand": 1000}
)
ORDINAL_WORDS = frozenset([*ORDINALS, "twentieth", "thirtieth"])
WORD = rf"(?:{'|'.join(sorted(VALUES, key=len, reverse=True))})"
LETTERS = re.compile("[a-z]+")
RUN = re.compile(rf"(?<![\w-]){WORD}(?:(?:\s+and\s+|[ -]){WORD})*(?![\w])")
# `one` is a pronoun as often as a number: it counts only before the thing that it counts.
PRONOUN = r"(?:of|who|that|which|is|was|has|can|will|would|and|or|on|in|at|to|from|for|with|by|you|we|i|it|as|if)\b"
COUNTED = re.compile(rf"\s*(?:left|more|remaining|free|additional)\b|[ -](?!{PRONOUN})[a-z]")
# `once` and `twice` count; `once you confirm` is a conjunction.
ONCE = re.compile(r"\bonce(?=\s*(?:[.,;:!?)]|$|per\b|only\b|at most\b|and\b|for free\b|without\b))")
# Each behind a word that a text has to hold: patterns that begin at a word's edge are tried at every character.
PHRASES = (
    ("twice", re.compile(r"\btwice\b"), "2 times"),
    ("thrice", re.compile(r"\bthrice\b"), "3 times"),
    (" of", re.compile(r"\ba (?:couple|pair) of\b"), "2"),
    ("both", re.compile(r"\bboth(?: of)?(?: your| the)?(?= (?:tickets|seats|places|spots|bookings)\b)"), "2"),
    ("dozen", re.compile(r"\ba dozen\b"), "12"),
    ("single", re.compile(r"\ba single\b"), "1"),
    ("fortnight", re.compile(r"\ba fortnight\b"), "2 weeks"),
    ("hundred", re.compile(r"\ba hundred\b"), "one hundred"),
    ("half", re.compile(r"\b(?:a|one) half(?=-? ?(?:hour|day)\b)|\bhalf an?(?= (?:hour|day)\b)"), "0.5"),
    ("half", re.compile(r"\bhalf-(?=(?:hour|day)\b)"), "0.5 "),
    ("quarters", re.compile(r"\b(?:3|three)[ -]quarters of an(?= hour\b)"), "0.75"),
)


def write_digits(text: str) -> str:
    """Return lower-case text with its number words as digits; ordinals become 21st."""
    if "once" in text:
        text = ONCE.sub("1 times", text)
    for word, pattern, digits in PHRASES:
        if word in text:
            text = pattern.sub(digits, text)
    if VALUES.keys().isdisjoint(LETTERS.findall(text)):
        return text
    return RUN.sub(lambda match: _write_run(match[0], text[match.end() :]), text)


def _write_run(run: str, rest: str) -> str:
    """Turn `one hundred and forty-two` into one number, and `seven thirty` into two."""
    parts = re.split(r"(\s+and\s+|[ -])", run)
    words, joints = parts[::2], parts[1::2]
    written, value, last = "", VALUES[words[0]], words[0]
    for joint, word in zip(joints, words[1:], strict=True):
        more = VALUES[word]
        joined = _extend(value, more, has_and="and" in joint)
        if joined is None or last in ORDINAL_WORDS:
            written += _write(value, last, joint + word) + (" " if joint == "-" else joint)  # seven-thirty
            value = more
        else:
            value = joined
        last = word
    return written + _write(value, last, rest)


def _extend(value: int, more: int, has_and: bool) -> int | None:
    """Return the number that two words say together, or None where they are two numbers."""
    if more == 100 and 0 < value < 10 and not has_and:
        return value * 100
    if more == 1000 and 0 < value < 1000 and not has_and:
        return value * 1000
    if value >= 100 and value % 100 == 0 and 0 < more < 100:
        return value + more
    if value >= 20 and value % 10 == 0 and value % 100 != 0 and 0 < more < 10 and not has_and:
        return value + more
    return None


def _write(value: int, last: str, rest: str) -> str:
    if last in ORDINAL_WORDS:
        ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value not in (11, 12, 13) else "th"
        return f"{value}{ending}"
    if value == 1 and not COUNTED.match(rest):
        return "one"
    return str(value)
