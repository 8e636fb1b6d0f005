"""Numbers in a reply with what they count: `5 business days`, `$42`, `half`, `two of your ten bookings`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from agentic.facts.vocabulary import AFTER_ELLIPSIS, BEFORE_ELLIPSIS, BRIDGES, JOINTS, LABELS, LINKS, UNITS

NUMBER = r"\d+(?:\.\d+)?"
TOKEN = re.compile(r"(?:us)?\$ ?\d[\d.]*|\d[\w./%+\"'-]*|[a-z][a-z'-]*|\n|[^\w\s]|\w+")
WORD = re.compile(r"[a-z0-9]+|[$]")
LIST = re.compile(r"^\s{0,9}1[.)] ", re.M)
POINT = re.compile(r"^\s{0,9}\d{1,2}[.)] ", re.M)
MONEY = re.compile(rf"(?:us)?\$ ?({NUMBER})")
SUFFIXED = re.compile(rf"({NUMBER})-?([a-z%\"+'].*)")
NO_UNITS: frozenset[str] = frozenset()
SPANS = frozenset(["minute", "hour", "day", "week", "month", "year"])
DAYS = frozenset(["business day", "calendar day"])
WORKDAYS = frozenset(["weekday", "weekdays", "workday", "workdays"])
CURRENCIES = {
    "usd": frozenset(["dollar"]),
    "eur": frozenset(["other currency"]),
    "gbp": frozenset(["other currency"]),
}
MOST_MODIFIERS = 3  # five wrong sign-in attempts
COUNTED = SPANS | DAYS | {"booking", "ticket", "attempt", "time"}
NEAR = 40  # words around a number that are looked at
SHORT = 4  # words of a sentence that is no more than an answer
PARTIES = [[noun, "of"] for noun in ("party", "parties", "group", "groups", "table")]


@dataclass(slots=True)
class Token:
    """A word, a mark or a number."""

    text: str
    value: Decimal | None = None
    is_money: bool = False


@dataclass
class Quantity:
    """A number, what it counts, and the words around it.

    Attributes:
        value: the number.
        units: what it counts; empty where it stands alone or before a noun that counts nothing we know.
        may_count: what the numbers before it count, where it stands alone: `5 days on a card or 2 with a wallet`.
        is_bare: no noun follows.
        is_low_end: it opens a range, so that it says less than the number that closes it.
        before: the words before it in its sentence, the nearest last.
        after: the words after it, the nearest first.
    """

    value: Decimal
    units: frozenset[str] = NO_UNITS
    may_count: frozenset[str] = NO_UNITS
    is_bare: bool = False
    is_low_end: bool = False
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    @property
    def is_alone(self) -> bool:
        """Whether nothing says what it counts but the sentence as a whole."""
        return self.is_bare and not self.may_count

    @property
    def sentence(self) -> frozenset[str]:
        """The words of its sentence."""
        return frozenset([*self.before, *self.after])


@dataclass(frozen=True)
class Sentence:
    """The words and marks of a sentence, and the numbers among them by their place."""

    words: list[str]
    quantities: dict[int, Quantity]

    @cached_property
    def joined(self) -> tuple[str, list[int]]:
        """Its words as `join_words` returns them: several facts are looked for in one reply."""
        return join_words(self.words)


def join_words(words: list[str]) -> tuple[str, list[int]]:
    """Return words without marks, each between blanks, and the place of each in the sentence."""
    parts = [
        (part, place)
        for place, word in enumerate(words)
        for part in ([word] if word.isalpha() and word.isascii() else WORD.findall(word.replace("'", "")))
    ]
    return f" {' '.join(part for part, _ in parts)} ", [place for _, place in parts]


def read_sentences(text: str) -> list[Sentence]:
    """Return the sentences of lower-case text, its number words being digits already."""
    if LIST.search(text):
        text = POINT.sub("", text)
    read: list[Sentence] = []
    earlier = NO_UNITS
    sentences = _split(_read_tokens(text))
    for place, sentence in enumerate(sentences):
        counted = _count(sentence)
        earlier = _inherit_from_earlier(sentence, counted, earlier)
        if len(sentence) <= SHORT and place + 1 < len(sentences):  # `3, Priya. That is what is left.`
            for quantity in counted.values():
                quantity.after += [word.text for word in sentences[place + 1][:NEAR]]
        read.append(Sentence([token.text for token in sentence], counted))
    return read


def _read_tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for found in TOKEN.findall(text):
        if found[0].isdigit() or "$" in found:
            tokens += _read_token(found)
        else:
            tokens.append(Token(found))
    return tokens


def _read_token(text: str) -> list[Token]:
    """Take `14-day`, `3-5`, `50%` and `$42.` apart; what is no number stays one word."""
    if money := MONEY.fullmatch(text.rstrip(".")):
        return [Token(text, Decimal(money[1]), is_money=True), *_read_end(text)]
    if not text[0].isdigit():
        return [Token(text)]
    core = text.rstrip(".-/'")
    if re.fullmatch(NUMBER, core):
        return [Token(core, Decimal(core)), *_read_end(text)]
    if pair := re.fullmatch(rf"({NUMBER})([-/])({NUMBER})", core):
        first, mark, second = pair.groups()
        joint = Token("-" if mark == "-" else "of")
        return [Token(first, Decimal(first)), joint, Token(second, Decimal(second)), *_read_end(text)]
    if core.endswith("+") and re.fullmatch(NUMBER, core[:-1]):
        return [Token(core[:-1], Decimal(core[:-1])), Token("+"), *_read_end(text)]
    if parts := SUFFIXED.fullmatch(text.rstrip(".-")):
        nouns = [parts[2]] if parts[2] in UNITS else parts[2].split("-")
        if not UNITS.keys().isdisjoint(nouns):  # 14-day, 5-business-day, 16-year-old
            return [Token(parts[1], Decimal(parts[1])), *(Token(noun) for noun in nouns), *_read_end(text)]
    return [Token(text)]


def _read_end(text: str) -> list[Token]:
    return [Token(".")] if text.endswith(".") else []


def _split(tokens: list[Token]) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in (".", "!", "?", "\n"):
            sentences.append([])
        else:
            sentences[-1].append(token)
    return sentences


def _count(tokens: list[Token]) -> dict[int, Quantity]:
    """Return the numbers of a sentence by their place."""
    found: dict[int, Quantity] = {}
    words = [token.text for token in tokens]
    for place, token in enumerate(tokens):
        if token.value is not None:
            units, is_bare = _find_units(tokens, place)
            if not units and words[max(0, place - 2) : place] in PARTIES:
                units, is_bare = frozenset(["ticket"]), False
            is_bare = is_bare and not _is_label(tokens, place)
            before, after = words[max(0, place - NEAR) : place], words[place + 1 : place + 1 + NEAR]
            found[place] = Quantity(token.value, units, is_bare=is_bare, before=before, after=after)
    _inherit_from_next(words, found)
    _add_cents(found)
    return found


def _find_units(tokens: list[Token], place: int) -> tuple[frozenset[str], bool]:
    """Return what a number counts, and whether it stands alone."""
    before = tokens[place - 1].text if place else ""
    if tokens[place].is_money or before in CURRENCIES:
        return CURRENCIES.get(before, frozenset(["dollar"])), False
    following = [token.text if token.value is None else "" for token in tokens[place + 1 : place + 7]]
    if following[:1] and following[0] in ("a", "an", "per", "each", "every"):
        if following[1:2] == ["cent"]:
            return frozenset(["percent"]), False
        if following[1:2] and following[1] in SPANS:
            return frozenset(["rate"]), False
    modifiers: list[str] = []
    for word in following:
        noun = word.rstrip("'").removesuffix("'s")
        *first, last = [noun] if noun in UNITS else noun.split("-")  # working-days
        if last in UNITS:
            return _modify(UNITS[last], [*modifiers, *first]), False
        if last in WORKDAYS:
            return frozenset(["business day"]), False
        if (word in LINKS or word == "+") and not modifiers:
            continue
        if word in JOINTS or not word[:1].isalpha() or len(modifiers) == MOST_MODIFIERS:
            break
        modifiers.append(word)
    return NO_UNITS, not modifiers


def _modify(units: frozenset[str], modifiers: list[str]) -> frozenset[str]:
    """Tell business days and calendar days from days."""
    if "day" in units and not {"business", "working", "banking", "work"}.isdisjoint(modifiers):
        return frozenset(["business day"])
    if "day" in units and "calendar" in modifiers:
        return frozenset(["calendar day"])
    return units


def _is_label(tokens: list[Token], place: int) -> bool:
    """Whether a number names a thing, as in `gate 4`, or a point of a list, as in `2) tap Cancel`."""
    before = [token.text for token in tokens[max(0, place - 3) : place]]
    is_point = [token.text for token in tokens[place + 1 : place + 2]] == [")"] and "(" not in before
    return is_point or (bool(before) and before[-1] in LABELS and not _is_verb(tokens, place - 1))


def _is_verb(tokens: list[Token], place: int) -> bool:
    """Whether `number` says how many there are, as in `the tickets in yours number 2`; `ticket number 2` is a name."""
    before = [token.text for token in tokens[max(0, place - 3) : place]]
    return tokens[place].text == "number" and any(word in UNITS and word.endswith("s") for word in before)


def _inherit_from_next(words: list[str], found: dict[int, Quantity]) -> None:
    """Give the 14 of `14 and 5 days` the days; of `3 to 5 days`, only the 5 says how many."""
    places = sorted(found)
    for place, following in reversed(list(zip(places, places[1:], strict=False))):
        between, quantity, other = words[place + 1 : following], found[place], found[following]
        if quantity.units or not between or len(between) > 3 or not BRIDGES.issuperset(between):
            continue
        quantity.units, quantity.is_bare = other.units, quantity.is_bare and not other.units
        is_range = between in (["to"], ["-"]) and "between" not in quantity.before[-2:]
        quantity.is_low_end = is_range and not quantity.units.isdisjoint(SPANS | DAYS)


def _inherit_from_earlier(tokens: list[Token], found: dict[int, Quantity], earlier: frozenset[str]) -> frozenset[str]:
    """Tell numbers alone what those before them count, here and in the sentence before; return what is counted here."""
    here = NO_UNITS
    for place, token in enumerate(tokens):
        quantity = found.get(place)
        if quantity is None:
            units = UNITS.get(token.text)
            if units and token.text.endswith("s") and units & SPANS:  # the days between the two dates: 14 or more ...
                is_business = place > 0 and tokens[place - 1].text in ("business", "working")
                here |= {"business day"} if is_business else units
        elif quantity.is_bare and _is_ellipsis(quantity):
            quantity.may_count = here | earlier
        else:
            here |= quantity.units & COUNTED
    return here


def _is_ellipsis(quantity: Quantity) -> bool:
    before, after = quantity.before[-1:], quantity.after[:1]
    return BEFORE_ELLIPSIS.issuperset(before) and bool(before) and AFTER_ELLIPSIS.issuperset(after)


def _add_cents(found: dict[int, Quantity]) -> None:
    """Read `42 dollars and 50 cents` as one amount."""
    places = sorted(found)
    for place, following in zip(places, places[1:], strict=False):
        dollars, cents = found[place], found[following]
        if dollars.units == {"dollar"} and cents.units == {"cent"} and following - place <= 3:
            dollars.value += cents.value / 100
