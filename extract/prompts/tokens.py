"""How many tokens things take: stated before the first call, learned from every reply."""

from __future__ import annotations

import math
from threading import Lock

# Tokens of one record as JSON: the bundled content at four characters a token; names and addresses take more
# tokens than English does.
STATED_OUTPUT_TOKENS = {"users": 36, "venues": 34, "events": 85, "kb_articles": 450, "tickets": 140}
# So many records stand behind a stated number: a few replies outweigh it.
STATED_WEIGHT = 20
# A batch may take so much more than its average before it is cut.
HEADROOM = 1.5
TIGHT_HEADROOM = 1.1
SPARE_TOKENS = 100

_CHARACTERS_PER_TOKEN = 4
# No tokenizer makes more than one token of two bytes of English and JSON; where one does, it is learned.
_STATED_TOKENS_PER_BYTE = 0.5
# Role marks and whatever else a model's template puts around a prompt.
_TEMPLATE_TOKENS = 100


def estimate_tokens(text: str) -> int:
    """Estimate the tokens of a text that nobody has counted."""
    return -(-len(text) // _CHARACTERS_PER_TOKEN)


class OutputMeter:
    """Tokens that one record of an entity really takes, with one model."""

    def __init__(self, entity: str) -> None:
        self._tokens = float(STATED_OUTPUT_TOKENS[entity] * STATED_WEIGHT)
        self._records = float(STATED_WEIGHT)

    @property
    def per_record(self) -> float:
        return self._tokens / self._records

    def learn(self, tokens: int, records: int) -> None:
        """Take in one reply."""
        self._tokens += tokens
        self._records += records

    def learn_cut(self, tokens: int, records: int) -> None:
        """Take in a reply that was cut: records are longer than was thought, so what was thought is dropped."""
        longer = max(self.per_record, tokens / max(records, 0.5))
        self._records = float(max(records, 1))
        self._tokens = longer * self._records

    def fit(self, limit: int | None, most: int) -> int:
        """Tell how many records, up to `most`, an answer of at most `limit` tokens can hold."""
        if limit is None:
            return most
        held = (limit - SPARE_TOKENS) / (self.per_record * TIGHT_HEADROOM)
        return max(1, min(most, int(held)))

    def reserve(self, records: int, limit: int | None) -> int:
        """Tell how many tokens to ask for: what the records need and some more, not all there is.

        Quotas count what is asked for, not what is used.
        """
        needed = math.ceil(records * self.per_record * HEADROOM) + SPARE_TOKENS
        return needed if limit is None else min(limit, needed)


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
