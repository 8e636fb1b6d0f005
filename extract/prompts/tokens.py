"""How many tokens things take: stated before the first call, learned from every reply."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from threading import Lock

from extract.entities import get_entity
from extract.replies.parse import find_start

# So many records stand behind a stated number: a few replies outweigh it.
STATED_WEIGHT = 20
# A batch may take so much more than its average before it is cut.
HEADROOM = 1.5
TIGHT_HEADROOM = 1.1
SPARE_TOKENS = 100
# Whose fixed part is remembered.
REMEMBERED_REPLIES = 8

_CHARACTERS_PER_TOKEN = 4
# No tokenizer makes more than one token of two bytes of English and JSON; where one does, it is learned.
_STATED_TOKENS_PER_BYTE = 0.5
# Role marks and whatever else a model's template puts around a prompt.
_TEMPLATE_TOKENS = 100


def estimate_tokens(text: str) -> int:
    """Estimate the tokens of a text that nobody has counted."""
    return -(-len(text) // _CHARACTERS_PER_TOKEN)


@dataclass(frozen=True)
class Spent:
    """What the tokens of one reply went into.

    Attributes:
        fixed: those before its first record, shown or hidden: thoughts, prose.
        is_short: whether no record had begun when the reply ended.
    """

    fixed: int
    is_short: bool


def measure(text: str, tokens: int) -> Spent:
    """Tell a reply's fixed part from its records by how much of the text each takes.

    More tokens than the text can have were spent on thoughts that a service counts and does not show.
    """
    start, size = find_start(text), len(text.encode(errors="surrogatepass"))
    shown = min(tokens, size * _STATED_TOKENS_PER_BYTE)
    records = shown * len(text[start:].encode(errors="surrogatepass")) / max(size, 1)
    return Spent(round(tokens - records), start == len(text))


class OutputMeter:
    """Tokens that a reply of an entity really takes with one model: a fixed part, and a part a record."""

    def __init__(self, entity: str) -> None:
        self._tokens = float(get_entity(entity).output_tokens * STATED_WEIGHT)
        self._records = float(STATED_WEIGHT)
        self._fixed: deque[int] = deque([], REMEMBERED_REPLIES)
        # Replies in a row that were cut before their first record tell only that the fixed part is longer.
        self._least_fixed = self._short = 0
        # So many records were too many, and so many are tried now.
        self._too_many = self._most = math.inf

    @property
    def per_record(self) -> float:
        return self._tokens / self._records

    @property
    def fixed(self) -> float:
        """The fixed part of the last replies, on average: one that thinks longer is cut, and keeps whole records."""
        known = sum(self._fixed) / len(self._fixed) if self._fixed else 0.0
        return max(known, float(self._least_fixed))

    @property
    def is_searching(self) -> bool:
        """Tell whether the last replies were cut before their first record, so that nobody knows what would fit."""
        return self._short > 0

    def learn(self, tokens: int, records: int, fixed: int = 0) -> None:
        """Take in a whole reply."""
        self._tokens += tokens - fixed
        self._records += records
        self._learn_fixed(fixed)
        if records >= self._most:
            self._most = (self._most + self._too_many) // 2

    def learn_cut(self, tokens: int, records: int, fixed: int = 0) -> None:
        """Take in a reply that was cut: records are longer than was thought, so what was thought is dropped."""
        longer = max(self.per_record, (tokens - fixed) / max(records, 0.5))
        self._records = float(max(records, 1))
        self._tokens = longer * self._records
        self._learn_fixed(fixed)

    def learn_short(self, tokens: int, asked: int, is_longest: bool) -> None:
        """Take in a reply that was cut before its first record: the fixed part is longer than its tokens.

        Args:
            tokens: what it took.
            asked: how many records were asked for.
            is_longest: whether no reply may be longer, so that only fewer records can help.
        """
        self._short += 1
        if not is_longest:
            self._least_fixed = max(self._least_fixed, tokens)
        elif self._short > 1:
            # Once is a long thought; twice, there is too much to think about.
            self._too_many = min(self._too_many, asked)
            self._most = min(self._most, max(asked // 2, 1))

    def fit(self, limit: int | None, most: int) -> int:
        """Tell how many records, up to `most`, an answer of at most `limit` tokens can hold."""
        if limit is None:
            return most
        held = (limit - SPARE_TOKENS - self.fixed) / (self.per_record * TIGHT_HEADROOM)
        return max(1, int(min(most, self._most, held)))

    def reserve(self, records: int, limit: int | None) -> int:
        """Tell how many tokens to ask for: what the records need and some more, not all there is.

        Quotas count what is asked for, not what is used. All there is only where the fixed part is not known.
        """
        fixed = max(self._fixed, default=0)
        needed = math.ceil((fixed + records * self.per_record) * HEADROOM) + SPARE_TOKENS
        if limit is None:
            return needed
        return limit if self.is_searching else min(limit, needed)

    def _learn_fixed(self, fixed: int) -> None:
        self._fixed.append(fixed)
        self._least_fixed = self._short = 0


class InputMeter:
    """An upper bound on the tokens of a prompt; safe to use from several threads."""

    def __init__(self) -> None:
        self._tokens_per_byte = _STATED_TOKENS_PER_BYTE
        self._lock = Lock()

    def bound(self, prompt: str) -> int:
        """Tell the most tokens that a prompt can have."""
        return math.ceil(len(prompt.encode()) * self._tokens_per_byte) + _TEMPLATE_TOKENS

    def learn(self, prompt: str, tokens: int) -> None:
        """Raise the bound where a tokenizer made more of a prompt than any before."""
        with self._lock:
            seen = (tokens - _TEMPLATE_TOKENS) / max(len(prompt.encode()), 1)
            self._tokens_per_byte = max(self._tokens_per_byte, seen * 1.1)
