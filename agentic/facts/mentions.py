"""Where a reply names values of one fact: the right one, and others that exclude it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from agentic.facts.counted import MINUTES, MONTHS, counts, is_age, is_money, is_priced
from agentic.facts.moments import DATE_MARKS, TIME_MARKS, take_times
from agentic.facts.quantities import Quantity, Sentence
from agentic.facts.reply_text import ReplyText
from agentic.facts.vocabulary import EXCLUSIVE, LEFT, NO_MONEY, SHARES, UNITS, VALUES
from agentic.policies import read_policies

OR_NOTHING = r"(?<= or )(?:nothing|none|nil)"
NUMBER = re.compile(r"\d+(\.\d+)?")

# Facts of which the policy has several values, one of which is the member's.
REFUNDS = frozenset(["refund_percent", "refund_due", "one_ticket_refund"])
# A number beside a date or a time may be another one: March 21 or 22, 7 or 8 pm.
HIGHEST_BESIDE = {"date": 31, "time of day": 24}


@dataclass(frozen=True)
class Mention:
    """A value of the fact in a sentence.

    Attributes:
        first: the place of its first word in the sentence.
        last: the place of its last one.
        is_right: whether it is the value of the key.
        value: what tells it from another one.
        is_share: whether it is a number of percent.
        is_worded: whether it is said in words, as in `a full refund`.
    """

    first: int
    last: int
    is_right: bool
    value: str
    is_share: bool = False
    is_worded: bool = False


@dataclass(frozen=True)
class Told:
    """A sentence and the values of the fact in it, in their order."""

    words: list[str]
    mentions: list[Mention]


def find_mentions(value: str, text: ReplyText, kind: str, name: str) -> list[Told]:
    """Return the sentences of a reply with the values of a fact that they name."""
    sentences = text.dated_sentences if kind == "date" else text.sentences
    read = _choose_reader(value, kind, name)
    patterns = _list_patterns(value, kind, name)
    told = []
    for sentence in sentences:
        found = [*_find_numbers(sentence, read), *_find_patterns(sentence, patterns)]
        if kind in HIGHEST_BESIDE:
            found += _find_moments(value, sentence, text, kind)
        told.append(Told(sentence.words, _drop_overlaps(found)))
    return told


def _choose_reader(value: str, kind: str, name: str) -> Callable[[Quantity], bool | None]:
    """Return what tells of a number whether it is the value, another one of the fact, or neither."""
    if kind in ("word", "date", "time of day"):
        return lambda found: None
    wanted = Decimal(value.lstrip("$"))
    is_nothing = name in REFUNDS and wanted == 0
    beside = _find_values_beside(name)

    def read(found: Quantity) -> bool | None:
        is_right = judge(found)
        return None if is_right is False and found.value in beside else is_right

    def judge(found: Quantity) -> bool | None:
        if kind == "percent" or (is_nothing and "percent" in found.units):
            is_share = "percent" in found.units or (found.value == 0 and found.is_bare)  # zero, said for no refund
            return found.value == wanted if is_share else None
        if kind == "money":
            is_right = found.value == wanted
            # A bare number in a sentence about money may be the amount, but it denies none: titles have numbers.
            return is_right if is_priced(found) or (is_right and is_money(found)) else None
        if kind == "age":
            return found.value == wanted if is_age(found) else None
        if kind == "booking left":
            is_left = not LEFT.isdisjoint(found.sentence) and counts(found, found.value, "booking")
            return found.value == wanted if is_left else None
        if counts(found, wanted, kind):
            return True
        units = found.units | found.may_count
        scale = next((scale for scale in (MINUTES, MONTHS) if kind in scale), {kind: 1})
        return None if found.is_low_end or units.isdisjoint(scale) else False

    return read


@cache
def _find_values_beside(name: str) -> frozenset[Decimal]:
    """Return what rules of the same kind have for others: `$12 or $29` names the price of both plans."""
    words = name.split("_")
    beside = set()
    for other, policy in read_policies().items():
        others = other.split("_")
        is_beside = len(words) == len(others) and sum(map(operator.ne, words, others)) == 1
        if is_beside and name in read_policies() and NUMBER.fullmatch(policy.value.lstrip("$")):
            beside.add(Decimal(policy.value.lstrip("$")))
    return frozenset(beside)


def _list_patterns(value: str, kind: str, name: str) -> list[tuple[str, bool]]:
    """Return patterns of values that are said in words, and whether each is the right one."""
    if name in EXCLUSIVE:
        values = [*EXCLUSIVE[name], *([] if value in EXCLUSIVE[name] else [value])]
        return [(VALUES.get(one, one.replace("_", " ")), one == value) for one in values]
    if kind not in ("percent", "money") or (kind == "money" and name not in REFUNDS):
        return []
    wanted = Decimal(value.lstrip("$"))
    patterns = [(NO_MONEY, wanted == 0), (OR_NOTHING, wanted == 0)]
    if kind == "percent" or wanted == 0:
        patterns += [(pattern, share == wanted and kind == "percent") for share, pattern in SHARES.items()]
    return patterns


def _find_numbers(sentence: Sentence, read: Callable[[Quantity], bool | None]) -> Iterator[Mention]:
    for place, found in sentence.quantities.items():
        is_right = read(found)
        if is_right is not None:
            end, value = _find_end(sentence.words, place, found), "" if is_right else str(found.value.normalize())
            yield Mention(place, end, is_right, value, "percent" in found.units)


def _find_end(words: list[str], place: int, found: Quantity) -> int:
    """Return the place of the noun that a number counts; its own where the noun follows another number."""
    end = place
    if found.units and not words[place].startswith(("$", "us$")):
        for following in range(place + 1, min(place + 4, len(words))):
            if not (words[following][:1].isalpha() or words[following] in ("%", "-")):
                break
            if words[following] in UNITS:
                return following
    return end


def _find_patterns(sentence: Sentence, patterns: list[tuple[str, bool]]) -> Iterator[Mention]:
    if not patterns:
        return
    joined, places = sentence.joined
    for pattern, is_right in patterns:
        for match in _compile_between_blanks(pattern).finditer(joined):
            first, last = joined.count(" ", 0, match.start()) - 1, joined.count(" ", 0, match.end()) - 1
            yield Mention(places[first], places[last], is_right, "" if is_right else pattern, is_worded=True)


@lru_cache(maxsize=1024)
def _compile_between_blanks(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{pattern})(?= )")


def _find_moments(value: str, sentence: Sentence, text: ReplyText, kind: str) -> list[Mention]:
    """Return dates or times, with the numbers beside them that may be others."""
    marks = DATE_MARKS if kind == "date" else TIME_MARKS
    found = {}
    for place, word in enumerate(sentence.words):
        if len(word) == 1 and marks[0] <= word <= marks[-1]:
            found[place] = _is_moment(value, text, kind, ord(word) - ord(marks[0]))
    for place, quantity in sentence.quantities.items():
        beside = {place - 2, place + 2, place - 3, place + 3} & found.keys()
        is_joined = any(
            {",", "or", "/"} >= set(sentence.words[min(place, other) + 1 : max(place, other)]) for other in beside
        )
        if is_joined and not quantity.units and quantity.value <= HIGHEST_BESIDE[kind]:
            found[place] = False
    return [
        Mention(place, place, is_right, "" if is_right else sentence.words[place]) for place, is_right in found.items()
    ]


def _is_moment(value: str, text: ReplyText, kind: str, number: int) -> bool:
    if kind == "date":
        return text.dates[number].means(date.fromisoformat(value))
    return is_time(value, text.times[number])


def is_time(value: str, spoken: frozenset[int]) -> bool:
    """Whether a time that was said may be the value, which is of 24 hours or as people say it."""
    clock = re.fullmatch(r"(\d\d):(\d\d)", value)
    wanted = frozenset([60 * int(clock[1]) + int(clock[2])]) if clock else take_times(value)[0][0]
    return bool(wanted & spoken)


def _drop_overlaps(found: list[Mention]) -> list[Mention]:
    """Of mentions that share words, keep the longest; of two as long, the right one."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.first - one.last, not one.is_right)):
        if all(mention.last < other.first or mention.first > other.last for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda one: one.first)
