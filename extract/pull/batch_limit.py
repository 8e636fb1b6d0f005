"""How many records a call asks for: fewer while too few of them land, more again when they do."""

from __future__ import annotations

from collections import deque

# Replies of which less lands have been asked for too much at once.
LEAST_LANDED = 0.7
# So many replies are seen together: one that went wrong among others that did not says nothing of their size.
REMEMBERED_REPLIES = 4
# What is left over in smaller batches says nothing of how many records are too many.
LEAST_TELLING = 5


class BatchLimit:
    """The most records that the next batch may have.

    Args:
        size: how many it starts with, and never exceeds.
    """

    def __init__(self, size: int) -> None:
        self.size = self._most = size
        self._replies: deque[tuple[int, int]] = deque(maxlen=REMEMBERED_REPLIES)

    def learn(self, asked: int, landed: int) -> bool:
        """Learn from a reply that was whole; tell whether too little of it has landed."""
        if asked >= min(self.size, LEAST_TELLING):
            self._replies.append((asked, landed))
            if sum(landed for _, landed in self._replies) < LEAST_LANDED * sum(asked for asked, _ in self._replies):
                self.size = max(1, min(self.size, asked // 2))
                self._replies.clear()
            elif asked >= self.size and landed >= LEAST_LANDED * asked:
                self.size = min(self._most, 2 * self.size)
        return landed < LEAST_LANDED * asked and asked >= min(self.size, LEAST_TELLING)

    def lower(self, asked: int) -> None:
        """Never ask for as many again: the model could not write them in time."""
        self._most = max(1, min(self._most, asked // 2))
        self.size = min(self.size, self._most)
