"""Exact shares whose every prefix is exact too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from math import gcd

from extract.draws import draw_weighted, shuffle


def apportion(shares: Mapping[str, int], size: int) -> dict[str, int]:
    """Split a count by largest remainder; ties go to the share that stands first."""
    total = sum(shares.values())
    counts = {value: share * size // total for value, share in shares.items()}
    by_remainder = sorted(shares, key=lambda value: -(shares[value] * size % total))
    for value in by_remainder[: size - sum(counts.values())]:
        counts[value] += 1
    return counts


def apportioned_sequence(
    shares: Mapping[str, int], *key: object, milestones: Sequence[int] = ()
) -> Iterator[str]:
    """Yield values without end so that each prefix holds its largest-remainder shares.

    Largest remainder is not monotone everywhere: one row more can mean one row fewer of some value. There the
    sequence is off by one until it has caught up. It is exact wherever the shares are whole numbers, and at the
    milestones, which it heads for from afar.

    Args:
        shares: weight by value; values of weight 0 never come.
        key: what the draws among equally due values depend on, beside the position.
        milestones: prefix lengths that must be exact, such as the named volumes, in rising order.
    """
    have = dict.fromkeys(shares, 0)
    for position in count(1):
        ahead = next((milestone for milestone in milestones if milestone >= position), position)
        due = _find_due(have, apportion(shares, position), apportion(shares, ahead))
        value = next(iter(due)) if len(due) == 1 else draw_weighted(due, *key, position)
        have[value] += 1
        yield value


def _find_due(
    have: Mapping[str, int], target: Mapping[str, int], limit: Mapping[str, int]
) -> dict[str, int]:
    """Tell what is behind its target by how much, without passing the limit of the next milestone."""
    due = {v: target[v] - have[v] for v in have if have[v] < min(target[v], limit[v])}
    return due or {v: limit[v] - have[v] for v in have if have[v] < limit[v]}


def shuffled_blocks(weights: Mapping[str, int], *key: object) -> Iterator[str]:
    """Yield values without end, in shuffled blocks that hold every weight exactly.

    Unlike `apportioned_sequence` the order inside a block is pure chance, so two such sequences never run in step.
    """
    divisor = gcd(*weights.values())
    block = [value for value, weight in weights.items() for _ in range(weight // divisor)]
    for number in count():
        yield from shuffle(block, *key, number)
