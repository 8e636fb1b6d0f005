"""How sure a share is: Wilson's interval, widened where tasks of one scenario fare alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import comb, sqrt

Z = 1.96  # of 95 percent


def find_interval(scores: Iterable[tuple[str, float]]) -> tuple[float, float]:
    """Return the 95 percent interval of a mean of scores between 0 and 1.

    Scores come with their cluster (the scenario). The tasks count for as many as would be as sure if they were
    independent: the variance of the clusters' sums says how many (design effect), never more than there are.
    """
    clusters: dict[str, list[float]] = defaultdict(list)
    for cluster, score in scores:
        clusters[cluster].append(score)
    count = sum(map(len, clusters.values()))
    if not count:
        return 0.0, 1.0
    mean = sum(map(sum, clusters.values())) / count
    return _find_wilson(mean, _find_effective_count(list(clusters.values()), mean, count))


def _find_effective_count(clusters: list[list[float]], mean: float, count: int) -> float:
    groups, spread = len(clusters), mean * (1 - mean)
    if groups < 2 or spread == 0:
        return count
    squares = sum((sum(scores) - mean * len(scores)) ** 2 for scores in clusters)
    variance = groups / (groups - 1) * squares / count**2
    return max(1.0, min(count, spread / variance)) if variance else count


def _find_wilson(share: float, count: float) -> tuple[float, float]:
    scale = 1 + Z**2 / count
    middle = (share + Z**2 / (2 * count)) / scale
    reach = Z * sqrt(share * (1 - share) / count + Z**2 / (4 * count**2)) / scale
    return max(0.0, middle - reach), min(1.0, middle + reach)


def estimate_all_passed(passed: int, runs: int, k: int) -> float:
    """Estimate pass^k from runs of one task: how likely k runs, drawn from those that were made, all pass."""
    return comb(passed, k) / comb(runs, k)
