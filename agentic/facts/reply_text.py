"""A reply, read once: its words, and the dates, times and numbers in it."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from anyascii import anyascii

from agentic.facts.moments import SpokenDate, take_dates, take_short_dates, take_times
from agentic.facts.number_words import write_digits
from agentic.facts.quantities import Quantity, Sentence, read_sentences
from agentic.policies import SEEDS

# What is in every text that holds an address, an id or a title's further date.
HAS_ADDRESS = re.compile(r"[@_]|://|www\.")
ADDRESSES = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+|\bhttps?://\S+|\bwww\.\S+|\b[a-z]+_\d+\b")
# Forms of numbers that are easier to read as another one, each behind a mark or a word that a text has to hold.
PLAINER = (
    ("(", re.compile(r"\b(\d+) ?\( ?\1 ?\)"), r"\1"),  # five (5) days
    ("(", re.compile(r"\((business|working|calendar)\)"), r"\1"),  # 5 (business) days
    ("er", re.compile(r"\b(over|under)[ -](\d+)s\b"), r"\1 \2"),  # under-16s
    ("u.s", re.compile(r"\bu\.s\. "), "us "),
    ("/", re.compile(r"\b(\d+)/(\d+)/(\d+)(?= ?(%|percent\b))"), r"\1 or \2 or \3"),  # 100/50/0 percent
    (".", re.compile(r"(?<=\d) (?=\d{3}\.\d\d\b)"), ""),  # 1 250.00
)


@dataclass(frozen=True)
class ReplyText:
    """A reply, read once for all facts."""

    reply: str

    @cached_property
    def folded(self) -> str:
        """The reply in lower-case ASCII without marks of layout."""
        return fold(self.reply)

    @cached_property
    def words(self) -> str:
        """The words of the reply, each between blanks."""
        return list_words(self.folded)

    @cached_property
    def owners(self) -> str:
        """The words of the reply without the s of a genitive."""
        return list_words(drop_genitives(self.folded))

    @cached_property
    def _taken(self) -> tuple[list[SpokenDate], list[frozenset[int]], str]:
        text = self.folded
        if HAS_ADDRESS.search(text):
            text = ADDRESSES.sub(" ", text)
        if "(" in text:
            text = _further_dates().sub(" ", text)
        text = write_digits(text)
        for mark, pattern, plainer in PLAINER:
            if mark in text:
                text = pattern.sub(plainer, text)
        dates, text = take_dates(text)
        times, text = take_times(text)
        return dates, times, text

    @property
    def dates(self) -> list[SpokenDate]:
        """The dates it names."""
        return self._taken[0]

    @property
    def times(self) -> list[frozenset[int]]:
        """The times of day it names."""
        return self._taken[1]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences, with marks for the dates and times."""
        return read_sentences(self._taken[2])

    @cached_property
    def dated_sentences(self) -> list[Sentence]:
        """Its sentences, where `3/21` is a date and no fraction."""
        return read_sentences(take_short_dates(self._taken[2], self.dates))

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers it names."""
        return [found for sentence in self.sentences for found in sentence.quantities.values()]

    def has(self, pattern: str) -> bool:
        """Whether its words hold a pattern, from word to word."""
        return re.search(rf" (?:{pattern})(?= )", self.words) is not None


read_reply = lru_cache(maxsize=64)(ReplyText)


@cache
def _further_dates() -> re.Pattern[str]:
    """Return what the title of a further date ends in, `(One More Time 5)`: its numbers count nothing."""
    with (SEEDS / "series_names.csv").open(encoding="utf-8", newline="") as file:
        names = "|".join(re.escape(fold(row["name"])) for row in csv.DictReader(file))
    return re.compile(rf"\((?:{names})(?: \d+)?\)")


def fold(text: str) -> str:
    """Return text in lower-case ASCII, without emphasis, thousands separators and odd blanks."""
    text = re.sub("[\u2028\u2029\u0085\r\v\f]", "\n", text).replace("\N{VULGAR FRACTION ONE HALF}", " half ")
    text = re.sub("[\u200b-\u200f\u00ad\u2060\ufeff]", "", text).replace("\N{DOUBLE PRIME}", '"')
    text = text.replace("\N{EURO SIGN}", " eur ").replace("\N{POUND SIGN}", " gbp ")
    if not text.isascii():
        text = anyascii(unicodedata.normalize("NFKC", text))
    text = text.lower().replace("''", '"')
    text = re.sub(r"[*`]+|(?<!\w)_+|_+(?!\w)", "", text)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


def list_words(folded: str) -> str:
    """Return the words of folded text, each between blanks; amounts keep their sign."""
    text = re.sub(r"(?<=\w)'(?=\w)", "", folded.replace("&", " and "))
    return f" {' '.join(re.findall(r'[a-z0-9]+|[$]', text))} "


def drop_genitives(folded: str) -> str:
    """Return folded text with `the artist's` as `the artist`."""
    return re.sub(r"(?<=\w)'s\b", "", folded)
