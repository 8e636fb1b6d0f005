"""Which record of a reply answers which item: the words that it repeats decide, numbers only between items alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from extract.replies.candidates import Candidate
from extract.replies.echoes import EchoMatcher, read_echo
from extract.replies.numbering import UNSURE, Placement, are_plain, drop_copies, find_number, place_by_number

_TOO_MANY = "more records than items about {!r}"
_SAME_NUMBER = f"records with the same number and the same words, while others are missing{UNSURE}"
_NO_WORDS = f"a record without about, in a reply whose numbers do not fit its other records{UNSURE}"


@dataclass(frozen=True, kw_only=True)
class _Echoed:
    """A record with the words it repeats, as they were asked for, and its number."""

    candidate: Candidate
    echo: str
    number: int | None
    turn: int


def place(blocks: Sequence[Sequence[Candidate]], asked: Sequence[str], known: Collection[str] = ()) -> Placement:
    """Place the records of a reply under the items that it was asked for.

    A record goes to an item whose words it repeats, or nowhere. Among items with the same words its number
    decides, as far as all numbers of the reply agree with the words; else its turn. A reply without such words
    is placed by its numbers alone, where they are certain.

    Args:
        blocks: the records as the reply groups them; a group that answers every item replaces those before it.
        asked: the words of each item, in order; empty where an entity has none.
        known: all words that there can be.
    """
    size = len(asked)
    records = [candidate for block in blocks for candidate in block]
    if not all(asked) or not any(map(read_echo, records)):
        return place_by_number(blocks, size)
    if are_plain([record.get("n") for record in records], size) and all(
        record.get("about") == asked[record["n"] - 1] for record in records
    ):
        # Most replies say the right words under the right numbers; there is nothing to find out.
        return Placement({record["n"]: [record] for record in records})
    return _EchoPlacer(asked, known).place(blocks)


class _EchoPlacer:
    def __init__(self, asked: Sequence[str], known: Collection[str]) -> None:
        self._size = len(asked)
        self._matcher = EchoMatcher(asked, known)
        self._asked = asked
        self._items: dict[str, list[int]] = {}
        for item, echo in enumerate(asked, start=1):
            self._items.setdefault(echo, []).append(item)
        self._placement = Placement()
        self._uncertain: set[int] = set()

    def place(self, blocks: Sequence[Sequence[Candidate]]) -> Placement:
        placement = self._placement
        kept = self._drop_drafts(drop_copies(blocks, placement))
        echoed, bare = self._match([candidate for block in kept for candidate in block])
        chosen = self._choose(echoed)
        for record in echoed:
            item = chosen.get(record.turn)
            if item is None:
                continue
            placement.answers.setdefault(item, []).append(record.candidate)
            if item != (record.turn if record.number is None else record.number):
                placement.moved.add(id(record.candidate))
        self._place_bare(bare, kept)
        return placement

    def _drop_drafts(self, blocks: list[list[Candidate]]) -> list[list[Candidate]]:
        """Leave out what stands before the last group that answers every item."""
        wanted = Counter(self._asked)
        covers = [
            at
            for at, block in enumerate(blocks)
            if not wanted - Counter(self._matcher.find(echo) or "" for echo in map(read_echo, block) if echo)
        ]
        last = covers[-1] if covers else 0
        self._placement.replaced += [candidate for block in blocks[:last] for candidate in block]
        return blocks[last:]

    def _match(self, candidates: Iterable[Candidate]) -> tuple[list[_Echoed], list[Candidate]]:
        echoed: list[_Echoed] = []
        bare: list[Candidate] = []
        for turn, candidate in enumerate(candidates, start=1):
            said = read_echo(candidate)
            echo = self._matcher.find(said) if said else None
            if echo is not None:
                echoed.append(_Echoed(candidate=candidate, echo=echo, number=find_number(candidate), turn=turn))
            elif said:
                reason = f"about {said[:60]!r} is no item of this batch; asked for were {self._matcher.describe()!r}"
                self._placement.refused.append((candidate, reason))
            else:
                bare.append(candidate)
        return echoed, bare

    def _choose(self, records: Sequence[_Echoed]) -> dict[int, int]:
        """Choose an item for each record, by its turn; a record that gets none is refused."""
        shift = self._find_shift(records)
        chosen = self._align(records) if shift is None else self._count(records, shift)
        for echo, items in self._items.items():
            settled = self._uncertain | chosen.keys()
            rest = [record for record in records if record.echo == echo and record.turn not in settled]
            taken = {chosen[record.turn] for record in records if record.turn in chosen}
            free = [item for item in items if item not in taken]
            for record in rest:
                if free:
                    chosen[record.turn] = free.pop(0)
                elif len(items) == 1:
                    chosen[record.turn] = items[0]
                else:
                    self._placement.refused.append((record.candidate, _TOO_MANY.format(echo)))
        return chosen

    def _find_shift(self, records: Sequence[_Echoed]) -> int | None:
        """Tell by how much the numbers of a reply are shifted, if all agree with the words; None if they do not."""
        numbered = [(record.number, record.echo) for record in records if record.number is not None]
        numbers = {number for number, _ in numbered}
        if not numbered or (len(numbered) > 1 and len(numbers) == 1):
            return None
        first, echo = numbered[0]
        shifts = [
            shift
            for shift in (first - item for item in self._items[echo])
            if all(number - shift in self._items[echo] for number, echo in numbered)
        ]
        if 0 in shifts:
            return 0
        # Who begins at 0 counts from 0.
        if -1 in shifts and 0 in numbers:
            return -1
        return shifts[0] if len(shifts) == 1 else None

    def _count(self, records: Sequence[_Echoed], shift: int) -> dict[int, int]:
        """Give each record the item of its number, unless two claim one and leave another of its kind open."""
        claims = {record.turn: record.number - shift for record in records if record.number is not None}
        counts = Counter(claims.values())
        chosen: dict[int, int] = {}
        for record in records:
            item = claims.get(record.turn)
            if item is None:
                continue
            if counts[item] > 1 and any(other not in counts for other in self._items[record.echo]):
                self._placement.refused.append((record.candidate, _SAME_NUMBER))
                self._uncertain.add(record.turn)
            else:
                chosen[record.turn] = item
        return chosen

    def _align(self, records: Sequence[_Echoed]) -> dict[int, int]:
        """Give records the items of their words so that as many as can be stand in the order of the items."""
        pairs = find_longest_common(self._asked, [record.echo for record in records])
        return {records[at].turn: item + 1 for item, at in pairs}

    def _place_bare(self, bare: Sequence[Candidate], blocks: Sequence[Sequence[Candidate]]) -> None:
        """Place records without words where the numbers of the whole reply are certain and fit its other records."""
        placement = self._placement
        by_number = place_by_number(blocks, self._size).answers if bare else {}
        numbered = {id(candidate): item for item, answers in by_number.items() for candidate in answers}
        placed = {item: [*answers] for item, answers in placement.answers.items()}
        agree = all(numbered.get(id(c)) == item for item, answers in placed.items() for c in answers)
        for candidate in bare:
            item = numbered.get(id(candidate)) if agree else None
            if item is not None and item not in placed:
                placement.answers.setdefault(item, []).append(candidate)
            else:
                placement.refused.append((candidate, _NO_WORDS))


def find_longest_common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Find the longest common subsequence of two lists, as pairs of indices; the first ones where several are."""
    longest = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for at in reversed(range(len(left))):
        for other in reversed(range(len(right))):
            if left[at] == right[other]:
                longest[at][other] = longest[at + 1][other + 1] + 1
            else:
                longest[at][other] = max(longest[at + 1][other], longest[at][other + 1])
    pairs, at, other = [], 0, 0
    while at < len(left) and other < len(right):
        if left[at] == right[other]:
            pairs.append((at, other))
            at, other = at + 1, other + 1
        elif longest[at + 1][other] >= longest[at][other + 1]:
            at += 1
        else:
            other += 1
    return pairs
