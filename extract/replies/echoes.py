"""Which of the items asked for the words of a record name: pure, and never a guess between two."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import islice

from extract.entities.text_rules import make_key
from extract.replies.candidates import Candidate, fold_name

# What else than about a model calls the words.
_NAMES = frozenset({"about", "echo", "aboutitem", "itemabout", "itemwords"})
# Words that tell no item from another.
_SMALL_WORDS = frozenset(
    ("a", "about", "an", "and", "at", "by", "category", "culture", "for", "from", "in", "is", "item", "kind", "my")
    + ("no", "number", "of", "on", "or", "record", "scenario", "the", "their", "this", "to", "topic", "with")
)
_LONGEST = 200
# A paraphrase has most of its words in common with one echo, and clearly fewer with every other.
_LEAST_COMMON = 0.6
_LEAST_LEAD = 0.2
# Two words of which one is misspelled, or a form of the other.
_ALIKE = 0.85
_SHORTEST_STEM = 4
# So many of the echoes asked for stand in a reason.
_MOST_LISTED = 6

Words = tuple[str, ...]


def read_echo(candidate: Candidate) -> str:
    """Read the words that say which item a record answers; empty if it says none."""
    value = candidate.get("about")
    if value is None:
        named = (part for name, part in candidate.items() if fold_name(name) in _NAMES)
        value = next(named, None)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ", ".join(value)
    return value[:_LONGEST].strip() if isinstance(value, str) else ""


class EchoMatcher:
    """Tells which echo of a batch a record means.

    Args:
        asked: the echo of each item of the batch.
        known: every echo that there can be, asked for or not; without them no paraphrase is read.
    """

    def __init__(self, asked: Sequence[str], known: Collection[str] = ()) -> None:
        self._asked = tuple(dict.fromkeys(asked))
        self._known = tuple(dict.fromkeys((*self._asked, *known))) if known else ()
        self._found: dict[str, str | None] = {echo: echo for echo in self._asked}
        self._by_words = _index({echo: (split_words(echo),) for echo in self._asked})
        self._by_heads = _index({echo: _split_heads(echo) for echo in self._asked})

    def find(self, echo: str) -> str | None:
        """Find the echo asked for that is meant; None if it is none of them, or could be two."""
        if echo not in self._found:
            # Some repeat more of the item than its first words.
            readings = dict.fromkeys((echo, echo.partition(";")[0], echo.strip("\"'“”").partition('"')[0]))
            self._found[echo] = next((found for reading in readings if (found := self._find(reading))), None)
        return self._found[echo]

    def describe(self) -> str:
        """List what was asked for, as far as a reason has room for it."""
        more = ", …" if len(self._asked) > _MOST_LISTED else ""
        return ", ".join(islice(self._asked, _MOST_LISTED)) + more

    def _find(self, echo: str) -> str | None:
        words = split_words(echo)
        if not words:
            return None
        if words in self._by_words:
            return self._by_words[words]
        if self._known:
            if words in _list_known_words(self._known):
                return None
            return self._by_heads.get(words) or self._find_holder(words) or self._find_nearest(words)
        return self._by_heads.get(words) or self._find_misspelled(words)

    def _find_holder(self, words: Words) -> str | None:
        """Find the one echo, among all that there can be, that has all of these words and more."""
        holders = [echo for echo in self._known if set(words) <= set(split_words(echo))]
        return holders[0] if len(holders) == 1 and holders[0] in self._asked else None

    def _find_nearest(self, words: Words) -> str | None:
        """Find the one echo, among all that there can be, of which these words are a paraphrase."""
        scored = [(_count_common(words, split_words(echo)), echo) for echo in self._known]
        shares = sorted(
            ((2 * common / (len(words) + len(split_words(echo))), echo) for common, echo in scored), reverse=True
        )
        best, echo = shares[0]
        second = shares[1][0] if len(shares) > 1 else 0.0
        is_clear = best >= _LEAST_COMMON and best - second >= _LEAST_LEAD
        if not is_clear or echo not in self._asked:
            return None
        # Words left out or put in, but none in the place of another: that would be another matter.
        common, theirs = _count_common(words, split_words(echo)), split_words(echo)
        return echo if common == min(len(words), len(theirs)) else None

    def _find_misspelled(self, words: Words) -> str | None:
        found = [
            echo
            for echo in self._asked
            if len(split_words(echo)) == len(words) == _count_common(words, split_words(echo))
        ]
        return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def split_words(echo: str) -> Words:
    """Reduce an echo to its words: no case, accents, punctuation, order, plural, numbers or small words."""
    words = {_drop_plural(word) for word in make_key(echo).split()}
    kept = {word for word in words if word not in _SMALL_WORDS and not word.isdecimal()}
    return tuple(sorted(kept or words))


def _drop_plural(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if re.search(r"(?:ss|x|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _split_heads(echo: str) -> tuple[Words, ...]:
    """Give the words before a comma or a bracket, which may stand for the whole."""
    heads = {split_words(head) for head in (re.split(r"[(,]", echo)[0], echo.partition(",")[0])}
    return tuple(head for head in heads if head)


def _index(words_by_echo: Mapping[str, tuple[Words, ...]]) -> dict[Words, str | None]:
    """Map words to the echo that has them; None where several have."""
    index: dict[Words, str | None] = {}
    for echo, several in words_by_echo.items():
        for words in several:
            index[words] = echo if words not in index else None
    return index


@cache
def _list_known_words(known: tuple[str, ...]) -> frozenset[Words]:
    return frozenset(map(split_words, known))


def _count_common(words: Words, others: Words) -> int:
    """Count the words that two have in common, each once."""
    left = list(others)
    count = 0
    for word in words:
        other = next((other for other in left if _is_alike(word, other)), None)
        if other is not None:
            left.remove(other)
            count += 1
    return count


@lru_cache(maxsize=8192)
def _is_alike(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if len(short) < _SHORTEST_STEM:
        return False
    return long.startswith(short) or SequenceMatcher(None, short, long).ratio() >= _ALIKE
