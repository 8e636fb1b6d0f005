"""How many records a call asks for: fewer while too few of them land, more again when they do."""

from __future__ import annotations

# A reply of which less lands has been asked for too much at once.
LEAST_LANDED = 0.7
# What is left over in smaller batches says nothing of how many records are too many.
LEAST_TELLING = 5


class BatchLimit:
    """The most records that the next batch may have.

    Args:
        size: how many it starts with, and never exceeds.
    """

    def __init__(self, size: int) -> None:
        self.size = self._most = size

    def learn(self, asked: int, landed: int) -> bool:
        """Learn from a reply that was whole; tell whether too little of it has landed."""
        is_telling = asked >= min(self.size, LEAST_TELLING)
        if landed < LEAST_LANDED * asked and is_telling:
            self.size = max(1, min(self.size, asked // 2))
            return True
        if asked >= self.size:
            self.size = min(self._most, 2 * self.size)
        return False

    def lower(self, asked: int) -> None:
        """Never ask for as many again: the model could not write them in time."""
        self._most = max(1, min(self._most, asked // 2))
        self.size = min(self.size, self._most)
