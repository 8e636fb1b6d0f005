"""Reciprocal rank fusion: one ranking of several that have no scale in common.

G. V. Cormack, C. L. A. Clarke, S. Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
Methods, SIGIR 2009, https://doi.org/10.1145/1571941.1572114. K is the paper's, and was not fitted to any ticket.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

K = 60


def fuse(rankings: Iterable[Iterable[str]]) -> list[str]:
    """Return all ids of some rankings, the best first; an id that a ranking leaves out gets nothing from it."""
    scores: defaultdict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, name in enumerate(ranking, start=1):
            scores[name] += 1 / (K + rank)
    return sorted(scores, key=lambda name: (-scores[name], name))
