"""How all texts are cleaned, and what makes two of them the same."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

# No field is longer than this after cleaning; a megabyte of text is refused before any work on it.
MAX_RAW_LENGTH = 20_000

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
