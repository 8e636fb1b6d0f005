"""Repeatable randomness: a number that depends on its key and on nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import TypeVar

Value = TypeVar("Value")


def draw_unit(*key: object) -> float:
    """Draw from [0, 1); the same key gives the same number on every machine and in every run.

    Args:
        key: seed, entity, purpose and position, for example; one purpose per decision.
    """
    digest = blake2b("|".join(map(str, key)).encode(), digest_size=8).digest()
    # 53 bits are what a float holds; more would round up to 1.0 now and then.
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def draw_one(values: Sequence[Value], *key: object) -> Value:
    """Draw one of the values, each as likely as the others."""
    return values[int(draw_unit(*key) * len(values))]


def draw_weighted(weights: Mapping[Value, int], *key: object) -> Value:
    """Draw one of the mapping's keys, in proportion to its weight."""
    mark = draw_unit(*key) * sum(weights.values())
    reached = zip(weights, accumulate(weights.values()), strict=True)
    return next(value for value, cumulated in reached if mark < cumulated)


def shuffle(values: Sequence[Value], *key: object) -> list[Value]:
    """Order the values by draw."""
    order = sorted(range(len(values)), key=lambda index: draw_unit(*key, index))
    return [values[index] for index in order]
