"""Search by meaning: texts are alike where the vectors of an encoder are, whatever words they use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Likenesses that differ by less are one: the last digits depend on the processor, and the order must not.
DIGITS = 5
MOST_KEPT = 1024


class Encoder(Protocol):
    """Turns texts into vectors of length 1, whose products tell how alike they are."""

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return a row for each text."""
        ...

    def __hash__(self) -> int:
        """Tell one from another, since vectors are kept by who has made them."""
        ...


class VectorIndex:
    """Texts to be found by what they mean; each is as like a question as the likest of its parts."""

    def __init__(self, encoder: Encoder, texts: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Index texts given as id and parts; vectors are made at the first question."""
        self._encoder = encoder
        listed = [((text_id, place), part) for text_id, parts in texts for place, part in enumerate(parts)]
        self._owners = [owner for owner, _ in listed]
        self._parts = tuple(part for _, part in listed)

    def rank(self, question: str) -> dict[str, int]:
        """Return all texts, the likest first: the id of each, and which of its parts is the likest.

        There is none where the question holds no letter and no digit.
        """
        if not self._parts or not any(map(str.isalnum, question)):
            return {}
        likenesses = _encode_all(self._encoder, self._parts) @ _encode_one(self._encoder, question)
        found = sorted(
            (-round(likeness, DIGITS), *owner)
            for owner, likeness in zip(self._owners, likenesses.tolist(), strict=True)
        )
        likest: dict[str, int] = {}
        for _, text_id, place in found:
            likest.setdefault(text_id, place)
        return likest


@lru_cache(maxsize=8)
def _encode_all(encoder: Encoder, parts: tuple[str, ...]) -> NDArray[Any]:
    """Encode the parts of an index once a process: many environments have the same articles."""
    return encoder.encode(parts)


@lru_cache(maxsize=MOST_KEPT)
def _encode_one(encoder: Encoder, question: str) -> NDArray[Any]:
    row: NDArray[Any] = encoder.encode([question])[0]
    return row
