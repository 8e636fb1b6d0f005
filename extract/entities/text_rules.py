"""Rules for all texts: how they are cleaned, and which invented facts are searched for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from anyascii import anyascii

# No field is longer than this after cleaning; a megabyte of text is refused before any work on it.
MAX_RAW_LENGTH = 20_000

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_INVENTED = {
    "a concrete price": re.compile(r"[$€£]\s?\d|\b\d+(?:\.\d\d)?\s?(?:dollars|bucks|usd|euros?|eur)\b", re.I),
    "a calendar date": re.compile(
        rf"\b{_MONTH}\.?,? {_ORDINAL}\b|\b{_ORDINAL} (?:of )?{_MONTH}\b|\b\d{{4}}-\d\d-\d\d\b"
        r"|\b\d{1,2}/\d{1,2}/(?:\d\d){1,2}\b|\b(?:0?[1-9]|1[0-2])/(?:0?[5-9]|[12]\d|3[01])\b",
        re.I,
    ),
    # "may" is a verb more often than a month: only its capitalized or ordinal form counts.
    "a calendar date (May)": re.compile(
        rf"\bMay {_ORDINAL}\b|\bmay \d{{1,2}}(?:st|nd|rd|th)\b|\b{_ORDINAL} (?:of )?May\b"
    ),
    "a year": re.compile(r"\b(?:19|20)\d\d\b"),
    "an order number": re.compile(
        r"\b(?:u|s|v|e|r|kb|t|m|h)_\d+\b|#\d{2,}|\b\d{5,}\b"
        r"|\b(?:order|booking|confirmation|reservation|ticket)\s+(?:number|no\.?|nr\.?|id|#)\s*:?\s*[a-z-]*\d",
        re.I,
    ),
    "an e-mail address or a link": re.compile(r"\S@\S+\.\w|https?://|\bwww\.", re.I),
    "markup": re.compile(r"<[a-z/!?]", re.I),
}
# Each rule needs one of these; most texts have none, which saves looking for each rule in turn.
_SUSPICIOUS = re.compile(r"[\d@<]|https?:|\bwww\.", re.I)
# Where a spreadsheet opens a file of ours, a cell that starts like this is run.
_FORMULA = re.compile(r"[=+@-]")
_SLOT = re.compile(r"\{([a-z_]+)\}")
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")


def clean_text(value: str) -> str:
    """Clean a text that may have several paragraphs.

    Line ends become \\n and other blanks a space; control characters, zero-width and direction marks, lone
    surrogates and private characters are dropped; the rest is NFC. At most one blank line stands in a row.

    Raises:
        ValueError: the raw text is longer than MAX_RAW_LENGTH.
    """
    if len(value) > MAX_RAW_LENGTH:
        raise ValueError(f"{len(value):,} characters are too many; the limit is {MAX_RAW_LENGTH:,}")
    if value.isascii() and value.isprintable() and "  " not in value:
        # Most texts: there is nothing to clean but the ends.
        return value.strip()
    kept = _BREAKS.sub("\n", value).translate(_CHARACTERS)
    lines = (re.sub(" +", " ", line).strip() for line in unicodedata.normalize("NFC", kept).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(value: str) -> str:
    """Clean a text that stands on one line."""
    text = clean_text(value)
    return text if "\n" not in text else re.sub(r"\s+", " ", text)


class _CharacterTable(dict[int, str]):
    """What `str.translate` puts in the place of each character; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category == "Zs" or character == "\t":
            kept = " "
        else:
            kept = character if character == "\n" or category[0] != "C" else ""
        return self.setdefault(code, kept)


_CHARACTERS = _CharacterTable()


def romanize(name: str) -> str:
    """Write a name in Latin letters; letters that are Latin already keep their accents."""
    if name.isascii():
        return name
    return "".join(letter if _is_latin(letter) else anyascii(letter) for letter in name)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ")


def make_key(value: str) -> str:
    """Reduce a natural key to what makes it the same for a reader: no case, accents or punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(value).casefold()))


def find_invention(text: str) -> str | None:
    """Name the first fact in a text that only a row may state, or None."""
    if _FORMULA.match(text):
        return f"starts like a formula: {text[0]!r}"
    if not _SUSPICIOUS.search(text):
        return None
    return next((f"{name}: {match[0]!r}" for name, rule in _INVENTED.items() if (match := rule.search(text))), None)


def find_bad_slot(text: str, allowed: Collection[str]) -> str | None:
    """Name the first slot that is not allowed, or a brace that belongs to none, or None."""
    unknown = next((name for name in _SLOT.findall(text) if name not in allowed), None)
    if unknown:
        return f"unknown slot {{{unknown}}}"
    rest = remove_slots(text)
    return "a brace outside a slot" if "{" in rest or "}" in rest else None


def remove_slots(text: str) -> str:
    """Take the slots out of a text."""
    return _SLOT.sub("", text)
