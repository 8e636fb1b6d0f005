"""Names in a member's text that no slot holds: of events, venues and people, told by their capitals.

A capital after the first word of a sentence makes a name, unless the word is an ordinary one (ordinary_words.txt): so
titles in headings, names of buttons, brands and languages pass. Words all in capitals are shouted, or an abbreviation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.entities.texts.slots import empty_slots

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ASCII_CAPITAL = re.compile(r"(?<![^\W_])[A-Z][^\W_]*(?:'[^\W_]+)*")
_QUOTE_OF_A_NAME = re.compile(" [\"'“‘«]")
_SIGN = re.compile(r"[-–—~\n]")
_CONNECTS = frozenset("a an and at by de del der di for from in la le of on the to und van von vs with y".split())  # noqa: SIM905
_TITLES = frozenset("mr mrs ms dr prof st".split())  # noqa: SIM905
# A possessive or a contraction belongs to the word before it.
_TAIL = re.compile(r"['’](?:s|d|m|t|ll|re|ve)$")
# Words that are made of others: few names are.
_DERIVED = re.compile(
    r"^un\w{5,}|\w{4}(?:ings?|tions?|ments?|ities|ity|ions?|cy|[ai]ble|ed|ly|ness|[ae]nces?|ive|ous|less)$"
)
_QUOTES = "\"'“‘«„(["
_SIGNED = re.compile(
    r"(?:^|[\n,.!? ])[-–—~]{1,2} ?([A-Z][\w'’]+(?: [A-Z][\w'’.]*){0,2})\.?$"
    r"|\n[ ]*([A-Z][\w'’]+(?: [A-Z][\w'’.]*){0,2})[,.]?$"
)
_CALLED = re.compile(
    r"\b(?:called|named|titled|entitled|event|show|concert|gig|musical|opera|workshop|class|exhibition|venue)[:,]? "
    r"(?:\"([^\"{}]+)\"|“([^”{}]+)”|«([^»{}]+)»|‘([^’{}]+)’|'([^'{}]+)'(?!\w))",
    re.I,
)


@cache
def read_ordinary_words() -> frozenset[str]:
    """Read the words that may begin with a capital anywhere."""
    lines = Path(__file__).with_name("ordinary_words.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@dataclass(kw_only=True)
class _Word:
    text: str
    start: int
    end: int
    is_first: bool
    is_quoted: bool

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_name(self) -> bool:
        return _is_name(self.text)


# Cached: texts have few words of capitals, and the same ones.
@cache
def _is_name(word: str) -> bool:
    """Tell whether a word can be a name within a sentence: it has a capital, is no ordinary word and not shouted."""
    is_shouted = word.isupper() or not any(character.isalpha() for character in word)
    return word[0].isupper() and not is_shouted and not _is_ordinary(word)


@cache
def _is_ordinary(word: str) -> bool:
    word = word.lower().replace("’", "'")
    words = read_ordinary_words()
    plain = _TAIL.sub("", word)
    return plain in words or word in words or plain.removesuffix("s") in words or bool(_DERIVED.search(plain))


def find_names(text: str) -> Iterator[str]:
    """Name what in a text is a name and no slot."""
    bare = empty_slots(text).replace("{EVENT}", "{}")
    if _QUOTE_OF_A_NAME.search(bare):
        for found in _CALLED.finditer(bare):
            yield f"a name outside a slot: {next(filter(None, found.groups()))!r}"
    # Most texts hold no such word at all, which saves looking at each in its place.
    may_hold_one = any(map(_is_name, (_ASCII_CAPITAL if bare.isascii() else _WORD).findall(bare)))
    words = list(_split(bare)) if may_hold_one else []
    at = 0
    while at < len(words):
        end = _find_run(bare, words, at)
        if name := _read_run(bare, words, at, end):
            yield f"a name outside a slot: {name!r}"
        at = end
    if _SIGN.search(bare) and (signed := _SIGNED.search(bare)):
        name = signed[1] or signed[2]
        if not all(map(_is_ordinary, _WORD.findall(name))):
            yield f"a name outside a slot: {name!r}"


def _split(text: str) -> Iterator[_Word]:
    last = 0
    before = ""
    for found in _WORD.finditer(text):
        gap = text[last : found.start()]
        quoted = bool(gap) and gap[-1] in _QUOTES
        yield _Word(
            text=found[0],
            start=found.start(),
            end=found.end(),
            is_first=not last or _starts(gap, before),
            is_quoted=quoted,
        )
        last, before = found.end(), found[0].lower()


def _starts(gap: str, before: str) -> bool:
    """Tell whether a sentence begins after a gap; a quoted word may begin one."""
    if gap.startswith(".") and before in _TITLES and gap == ". ":
        return False
    marks = gap.strip(" ")
    return any(mark in ".!?…:;\n—–|/*>~" or unicodedata.category(mark) in ("So", "Sk") for mark in marks) or (
        gap.startswith(" - ") or "(" in gap or gap.endswith(" -")
    )


def _find_run(text: str, words: list[_Word], at: int) -> int:
    """Find where a run of capitals that begins at a word ends; a small word counts between two capitals."""
    if not words[at].is_capital and not words[at].text[0].isdigit():
        return at + 1
    end = at + 1
    while end < len(words):
        step = end
        while step < len(words) and step - end < 2 and words[step].text in _CONNECTS and _joins(text, words, step):
            step += 1
        if step >= len(words) or not _joins(text, words, step) or not words[step].is_capital:
            break
        end = step + 1
    return end


def _joins(text: str, words: list[_Word], at: int) -> bool:
    return not words[at].is_first and text[words[at - 1].end : words[at].start] in (" ", "-", " & ", "&", " + ", ", ")


def _read_run(text: str, words: list[_Word], at: int, end: int) -> str:
    """Read the name in a run of capitals, from its first word that is not an ordinary one."""
    run = words[at:end]
    names = [place for place, word in enumerate(run) if word.is_name and not _is_excused(run, place, words[end:])]
    if not names:
        return ""
    # What begins a sentence belongs to the name that goes on after it, and so do capitals behind it.
    first = names[0]
    while first and run[first - 1].is_name:
        first -= 1
    return text[run[first].start : run[-1].end]


def _is_excused(run: list[_Word], place: int, after: list[_Word]) -> bool:
    """Tell whether the capital is that of a sentence's first word, or of a quoted message's."""
    word = run[place]
    if word.is_first:
        return True
    is_message = word.is_quoted and place == 0 and len(run) == 1 and bool(after) and not after[0].is_capital
    # Its next word stands in the same quotes.
    return is_message and after[0].start == word.end + 1
