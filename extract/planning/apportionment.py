"""Exact shares whose every prefix is exact too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from math import gcd, lcm

from extract.planning.draws import draw_unit, draw_weighted, shuffle

# Shares that are whole together only after more rows than this are balanced in blocks of this size.
LONGEST_BLOCK = 200


def apportion(shares: Mapping[str, int], size: int) -> dict[str, int]:
    """Split a count by largest remainder; ties go to the share that stands first."""
    total = sum(shares.values())
    counts = {value: share * size // total for value, share in shares.items()}
    by_remainder = sorted(shares, key=lambda value: -(shares[value] * size % total))
    for value in by_remainder[: size - sum(counts.values())]:
        counts[value] += 1
    return counts


def apportioned_sequence(shares: Mapping[str, int], *key: object, milestones: Sequence[int] = ()) -> Iterator[str]:
    """Yield values without end so that each prefix holds its largest-remainder shares.

    Largest remainder is not monotone everywhere: one row more can mean one row fewer of some value. There the
    sequence is off by one until it has caught up. It is exact wherever the shares are whole numbers, and at
    the milestones, which it heads for from afar.

    Args:
        shares: weight by value; values of weight 0 never come.
        key: what the draws among equally due values depend on, beside the position.
        milestones: prefix lengths that must be exact, such as the named volumes, in rising order.
    """
    have = dict.fromkeys(shares, 0)
    ahead, limit = 0, dict(have)
    for position, target in enumerate(_rising_targets(shares), start=1):
        if position > ahead:
            ahead = next((milestone for milestone in milestones if milestone >= position), position)
            limit = apportion(shares, ahead)
        due = _find_due(have, target, limit)
        value = next(iter(due)) if len(due) == 1 else draw_weighted(due, *key, position)
        have[value] += 1
        yield value


def _rising_targets(shares: Mapping[str, int]) -> Iterator[Mapping[str, int]]:
    """Apportion 1, 2, 3 … rows; after as many as the shares' sum all begins again, with each share added."""
    block = []
    for size in range(1, sum(shares.values()) + 1):
        block.append(apportion(shares, size))
        yield block[-1]
    for number in count(1):
        for target in block:
            yield {value: counted + number * shares[value] for value, counted in target.items()}


def _find_due(have: Mapping[str, int], target: Mapping[str, int], limit: Mapping[str, int]) -> dict[str, int]:
    """Tell what is behind its target by how much, without passing the limit of the next milestone."""
    due = {v: target[v] - n for v, n in have.items() if n < target[v] and n < limit[v]}
    return due or {v: limit[v] - n for v, n in have.items() if n < limit[v]}


def shuffled_blocks(weights: Mapping[str, int], *key: object) -> Iterator[str]:
    """Yield values without end, in shuffled blocks that hold every weight exactly.

    Unlike in `apportioned_sequence` the order inside a block is pure chance, so it runs in step with nothing.
    """
    divisor = gcd(*weights.values())
    block = [value for value, weight in weights.items() for _ in range(weight // divisor)]
    for number in count():
        yield from shuffle(block, *key, number)


def paired_sequence(
    rows: Mapping[str, int], columns: Mapping[str, int], *key: object, milestones: Sequence[int] = ()
) -> Iterator[tuple[str, str]]:
    """Yield pairs without end: both margins hold their shares, the pairs are spread as evenly as that allows.

    Two apportioned sequences side by side run in step (every fourth row is the same region, every fifth the
    same category), so some pairs would never come. Here the first value is exact in each prefix, the second
    at the milestones and wherever the shares of both are whole; in between it is off by a row or two.

    Args:
        rows: weight by first value.
        columns: weight by second value.
        key: what the draws depend on.
        milestones: prefix lengths that must be exact, in rising order.
    """
    firsts = apportioned_sequence(rows, *key, "rows", milestones=milestones)
    seconds = apportioned_sequence(columns, *key, "columns", milestones=milestones)
    block = min(lcm(_block_size(rows), _block_size(columns)), LONGEST_BLOCK)
    have: Counter[tuple[str, str]] = Counter()
    for start, end in _segments(block, milestones):
        segment = list(islice(firsts, end - start))
        totals = Counter(islice(seconds, end - start))
        table = _fill_table(Counter(segment), totals, rows, columns, have)
        for position, row in enumerate(segment, start=start + 1):
            column = _pick_column(row, table, columns, have, position, *key)
            table[row, column] -= 1
            have[row, column] += 1
            yield row, column


def _block_size(shares: Mapping[str, int]) -> int:
    return sum(shares.values()) // gcd(*shares.values())


def _segments(block: int, milestones: Sequence[int]) -> Iterator[tuple[int, int]]:
    ends = {end for milestone in milestones for end in (milestone, milestone // block * block)} - {0}
    start = 0
    for end in sorted(ends):
        yield start, end
        start = end
    for end in count(start // block * block + block, block):
        yield start, end
        start = end


def _fill_table(
    left: Counter[str],
    totals: Counter[str],
    rows: Mapping[str, int],
    columns: Mapping[str, int],
    have: Counter[tuple[str, str]],
) -> Counter[tuple[str, str]]:
    """Assign a segment's rows to its columns, always to the pair that lags most behind its share so far."""
    table: Counter[tuple[str, str]] = Counter()
    size = have.total() + left.total()
    while left := +left:
        open_pairs = [(row, column) for row in left for column in +totals]
        pair = max(
            open_pairs,
            key=lambda p: rows[p[0]] * columns[p[1]] * size / _mass(rows, columns) - have[p] - table[p],
        )
        table[pair] += 1
        left[pair[0]] -= 1
        totals[pair[1]] -= 1
    return table


def _mass(rows: Mapping[str, int], columns: Mapping[str, int]) -> int:
    return sum(rows.values()) * sum(columns.values())


def _pick_column(
    row: str,
    table: Counter[tuple[str, str]],
    columns: Mapping[str, int],
    have: Counter[tuple[str, str]],
    position: int,
    *key: object,
) -> str:
    """Take, of the columns assigned to the row, the one that lags most; draws settle ties."""
    total = sum(columns.values())
    so_far = {column: sum(n for pair, n in have.items() if pair[1] == column) for column in columns}
    assigned = [column for column in columns if table[row, column] > 0]
    return max(
        assigned,
        key=lambda column: (
            columns[column] * position / total - so_far[column],
            draw_unit(*key, position, column),
        ),
    )
