"""Whether a reply that names several values of one fact says which is the member's.

A value does not count where it is one of several that are offered for choice (`100, 50 or 0 percent`), where the same
sentence is said again with another value, and, of a refund, where it is told as a rule (`50 percent with 5 days of
notice`) or another share is claimed as well. Said once more and by itself, it counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial

from agentic.facts.mentions import REFUNDS, Mention, Told, find_mentions
from agentic.facts.quantities import join_words
from agentic.facts.reply_text import ReplyText
from agentic.facts.vocabulary import (
    BETWEEN_CHOICES,
    BETWEEN_CHOICES_WITH_OR,
    DENIALS,
    EXCLUSIVE,
    HANGS_ON_NOTICE,
    IS_A_REASON,
    IS_AN_IF,
    IS_FOR_NOW,
    IS_NO_CLAIM,
    IS_THEIRS,
    PART_OF_TICKETS,
    VALUES,
)
from agentic.policies import read_policies

# Kinds without values that exclude each other: a name may stand beside a name.
OPEN_KINDS = ("id", "name", "text", "version")
# Of what a share is taken; it tells nothing of the choice.
BASE = re.compile(
    r" (?:of|from) (?:it|that|them|this|(?:the|your) (?:full |whole |total |ticket )?(?:price|amount|total|money|sum)"
    r"|what (?:you|was) paid)(?= )"
)
# Another measure of the same: $84.00 (100 percent) or $42.00 (50 percent).
MEASURE = re.compile(r" (?:(?:us)?\$ ?[\d.]+|\d+(?:\.\d+)? (?:percent|%|pct|dollars|usd)|half)(?= )")
# Days on which money arrives, and hours until which a ticket can be handed on, are no notice.
NO_NOTICE = re.compile(
    r"(?:within|in|after|up to|takes?|by|until|at the latest)? ?(?:up to |at most |about )?\d+"
    r" (?:(?:business|working) days?|hours? (?:before|ahead)( of)?( the start)?)"
)
METHODS = EXCLUSIVE["payment_method"]
BRANDS = ("paypal", "apple", "google")
# What is told of a value after a comma.
GOES_ON = rf"{HANGS_ON_NOTICE}|with|at|for|from|because|since|as|{'|'.join(BRANDS)}"
# Between two forms of one value.
FORMS_APART = frozenset(["(", ")", ",", ":", "-", "or", "that", "which", "is", "i", "e"])
FEW = 3  # values that need no `or` between them to be a choice


def says_which(value: str, text: ReplyText, kind: str, name: str) -> bool:
    """Whether a reply that states a value does so in a way that leaves no other one.

    Args:
        value: as the key has it.
        text: the reply, which names the value.
        kind: the kind of the fact.
        name: its name.
    """
    if kind in OPEN_KINDS or (kind == "word" and name not in EXCLUSIVE):
        return True
    told = find_mentions(value, text, kind, name)
    named = [mention for sentence in told for mention in sentence.mentions]
    if len({mention.is_right for mention in named}) < 2:
        return True
    if name in read_policies():  # a rule among rules: each is said, whatever else is
        return _holds_right(_drop_choices(sentence, kind, name) for sentence in told)
    told = [_drop_choices(_drop_denied(sentence), kind, name) for sentence in told]
    told = _drop_repeated(told)
    if name == "refund_days":
        theirs = _find_methods(text)
        return _holds_right(_drop(sentence, partial(_hangs_on_method, theirs=theirs)) for sentence in told)
    is_amount = kind == "money" and Decimal(value) != 0
    if name not in REFUNDS or (is_amount and all(mention.is_right or mention.is_worded for mention in named)):
        return _holds_right(told)
    if not is_amount and any(_is_claim(sentence, mention) for sentence in told for mention in sentence.mentions):
        return False
    return _holds_right(_drop(sentence, _is_rule) for sentence in told)


def _holds_right(told: Iterable[Told]) -> bool:
    return any(mention.is_right for sentence in told for mention in sentence.mentions)


def _drop(sentence: Told, is_out: Callable[[Told, Mention], bool]) -> Told:
    return _keep(sentence, [mention for mention in sentence.mentions if not is_out(sentence, mention)])


def _keep(sentence: Told, kept: Sequence[Mention]) -> Told:
    return Told(sentence.words, list(kept))


def _drop_denied(sentence: Told) -> Told:
    """Leave out `not 50 percent`, and the price of which a share is told: `50 percent of the full price`."""
    kept: list[Mention] = []
    for mention in sentence.mentions:
        before = f" {' '.join(sentence.words[max(0, mention.first - 4) : mention.first])} ".replace("'", "")
        is_denied = re.search(
            rf" (?:{DENIALS})(?: (?:just|only|the|a|an|you|be|to|get|receive|give|offer|issue|make|pay))* $", before
        )
        is_base = (
            kept
            and mention.is_worded
            and re.fullmatch(r" of (?:the |your |a )?", _between(sentence, kept[-1], mention))
        )
        if not is_denied and not is_base:
            kept.append(mention)
    return _keep(sentence, kept)


def _between(sentence: Told, one: Mention, other: Mention) -> str:
    return f" {' '.join(sentence.words[one.last + 1 : other.first])} "


def _drop_choices(sentence: Told, kind: str, name: str) -> Told:
    """Leave out values that are offered for choice."""
    mentions = sentence.mentions
    runs: list[list[Mention]] = []
    joints: list[list[str]] = []
    for place, mention in enumerate(mentions):
        joint = _find_joint(sentence, mentions[place - 1], mention, kind) if place else None
        if joint is None:
            runs.append([mention])
            joints.append([])
        else:
            runs[-1].append(mention)
            joints[-1] += joint
    kept = [
        mention
        for run, joint in zip(runs, joints, strict=True)
        for mention in run
        if not _is_choice(sentence, run, joint, name)
    ]
    return _keep(sentence, kept)


def _find_joint(sentence: Told, one: Mention, other: Mention, kind: str) -> list[str] | None:
    """Return the words between two values where nothing but a choice is told there."""
    between = BASE.sub(" ", _between(sentence, one, other))
    without = MEASURE.sub(" ", between) if kind in ("percent", "money") else between
    words = without.split()
    has_or = "or" in words or "/" in words
    if without != between and not has_or:
        return None
    if not words or not (BETWEEN_CHOICES_WITH_OR if has_or else BETWEEN_CHOICES).issuperset(words):
        return None
    after = " ".join(sentence.words[other.last + 1 : other.last + 5])
    if kind == "money" and re.match(PART_OF_TICKETS, after):
        return None
    return words


def _is_choice(sentence: Told, run: list[Mention], joint: list[str], name: str) -> bool:
    if len({mention.value for mention in run}) < 2:
        return False
    before = sentence.words[max(0, run[0].first - 2) : run[0].first]
    if "or" in joint or "/" in joint or len(run) >= FEW:
        return "and" not in joint or "or" in joint or name in REFUNDS
    if "and" in joint:
        is_share = name == "refund_percent" or name == "refund_days"
        return is_share or ("between" in before and name not in read_policies())
    return name in REFUNDS and "from" not in before and ("-" in joint or "to" in joint)


def _drop_repeated(told: list[Told]) -> list[Told]:
    """Leave out values of a sentence that is said again with another one."""
    shapes: dict[str, set[bool]] = {}
    for sentence in told:
        for mention in sentence.mentions:
            shapes.setdefault(_draw(sentence), set()).add(mention.is_right)
    return [
        _keep(sentence, [])
        if sentence.mentions and len(shapes[_draw(sentence)]) > 1 and len({m.is_right for m in sentence.mentions}) == 1
        else sentence
        for sentence in told
    ]


def _draw(sentence: Told) -> str:
    """Return the form of a sentence, whichever numbers are in it."""
    values = {place for mention in sentence.mentions for place in range(mention.first, mention.last + 1)}
    words = [
        "#" if place in values or word[-1:].isdigit() or not word.isascii() else word
        for place, word in enumerate(sentence.words)
    ]
    return re.sub(r"#( #)+", "#", " ".join(word for word in words if word not in ("-", ",", ":")))


def _find_scope(sentence: Told, mention: Mention) -> tuple[str, str]:
    """Return the words around a value that may say for whom it holds, up to the values beside it."""
    first, last = _find_extent(sentence, mention)
    start = max([other.last + 1 for other in sentence.mentions if other.last < first], default=0)
    end = min([other.first for other in sentence.mentions if other.first > last], default=len(sentence.words))
    left, right = sentence.words[start:first], sentence.words[last + 1 : end]
    for place, word in reversed(list(enumerate(left))):
        if word in (";", "but"):
            left = left[place + 1 :]
            break
    for place, word in enumerate(right):
        following = " ".join(right[place + 1 : place + 3])
        if word in (";", "but") or (word == "," and not re.match(rf"(?:{GOES_ON})\b", following)):
            right = right[:place]
            break
    return NO_NOTICE.sub(" ", join_words(left)[0]), NO_NOTICE.sub(" ", join_words(right)[0])


def _find_extent(sentence: Told, mention: Mention) -> tuple[int, int]:
    """Return the first and the last word of a value with its other forms: `everything back (100 percent)`."""
    place = sentence.mentions.index(mention)
    first = last = place
    while first and _is_same(sentence, first - 1, first):
        first -= 1
    while last + 1 < len(sentence.mentions) and _is_same(sentence, last, last + 1):
        last += 1
    return sentence.mentions[first].first, sentence.mentions[last].last


def _is_same(sentence: Told, place: int, following: int) -> bool:
    one, other = sentence.mentions[place], sentence.mentions[following]
    between = sentence.words[one.last + 1 : other.first]
    return one.is_right == other.is_right and one.is_worded != other.is_worded and FORMS_APART.issuperset(between)


def _has(pattern: str, words: str) -> bool:
    return re.search(rf" (?:{pattern})(?= )", words) is not None


def _is_rule(sentence: Told, mention: Mention) -> bool:
    """Whether a share is told with the notice that it takes, and not as what is due now or for a reason."""
    scope = " ".join(_find_scope(sentence, mention))
    if mention.is_worded:  # a pattern may take in what follows: no refund later
        scope += join_words(sentence.words[mention.first : mention.last + 1])[0]
    if _has(IS_FOR_NOW, scope) or not _has(HANGS_ON_NOTICE, scope):
        return False
    return _has(IS_AN_IF, scope) or not (_has(IS_A_REASON, scope) and _has(IS_THEIRS, scope))


def _is_claim(sentence: Told, mention: Mention) -> bool:
    """Whether another share is promised, too."""
    scope = " ".join(_find_scope(sentence, mention))
    return not mention.is_right and mention.is_share and not _has(f"{HANGS_ON_NOTICE}|{IS_NO_CLAIM}", scope)


def _find_methods(text: ReplyText) -> set[str]:
    """Return the ways of payment that a reply calls the member's."""
    paid = r"you (?:have |had )?paid(?: \w+){0,12}? (?:by|with|through|via)(?: an?| the| your)?"
    return {
        method
        for method in METHODS
        if text.has(f"your(?: own)? (?:{VALUES[method]})") or text.has(f"{paid} (?:{_name_method(method)})")
    }


def _name_method(method: str) -> str:
    return rf"{VALUES[method]}|cards?" if method == "credit_card" else rf"{VALUES[method]}|wallets?"


def _hangs_on_method(sentence: Told, mention: Mention, theirs: set[str]) -> bool:
    """Whether the days are those of a way of payment that the reply does not call the member's."""
    left, right = _find_scope(sentence, mention)
    counted = sentence.words[mention.first : mention.last + 1]
    if counted[-1:] in (["days"], ["day"]) and len(counted) == 2 and _has(HANGS_ON_NOTICE, left + right):  # of notice
        return True
    is_led = re.match(rf" (?:for|on|with|to|by|via|through|in|{'|'.join(map(_name_method, METHODS))}) ", right)
    sides = [right, left] if is_led else [left]
    for side in sides:
        if re.search(r" (?:your|you paid) ", side):
            return False
        named = {method for method in METHODS if re.search(rf" (?:{_name_method(method)})(?= )", side)}
        if named:
            return not named & theirs
    return False
