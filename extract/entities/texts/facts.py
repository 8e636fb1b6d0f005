"""Facts in words that a member's text may not state on its own: its writer does not know what the row says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from extract.entities.texts.slots import empty_slots
from extract.entities.texts.words import EVENT, MONTHS, SEVERAL, SEVERAL_WORDS, WEEKDAYS, split_words

_BESIDE = (
    r"(?:(?:more|of|the|my|our|these|those|whole|full|extra|other|different|separate|adult|child|premium|basic|vip|"
    r"business|working|calendar|long|entire|spare|additional|remaining|good|single|general|concert|show|event|game|"
    r"\{[A-Z]*\})[ -]){0,3}"
)
_SEATS = r"(?:tickets?|tix|seats?|passes|spots|places|admissions)"
_PEOPLE = r"(?:people|persons|guests|adults|attendees|heads)"
_MONEY = r"(?:dollars?|bucks|usd|euros?|pounds|quid|cents)"
_SPAN = r"(?:days?|nights?|weeks?|wks|weekends?|fortnights?|months?|hours?|hrs|years?|yrs)"
# The month or day itself, not the verb, the gait, the star or the past of sit.
_AFTER = r"(?:in|on|by|until|till|since|for|from|of|this|next|last|every|early|late|mid|before|after|around)[ -]"
_BLANK = "a blank"
_FOUND = {
    _BLANK: re.compile(r"\[[^\[\]\n]*[A-Za-z][^\[\]\n]*\]|\(insert [^()\n]*\)", re.I),
    "a number of seats": re.compile(
        rf"\b(?:{SEVERAL}|both|a (?:pair|couple)(?: of)?)[ -]{_BESIDE}{_SEATS}\b"
        rf"|\b(?:booked|bought|purchased|ordered|reserved|paid for|have|got) (?:only |just |exactly )?(?:one"
        rf"|a single|1) {_SEATS}\b",
        re.I,
    ),
    "a number of people": re.compile(
        rf"\b{SEVERAL}[ -]{_BESIDE}{_PEOPLE}\b|\b(?:for|are|were|be|all) (?:the )?{SEVERAL} of us\b"
        rf"|\b(?:party|group|family|table) (?:of|for) {SEVERAL}\b",
        re.I,
    ),
    "an amount": re.compile(rf"\b{SEVERAL}[ -]{_BESIDE}{_MONEY}\b|\ba (?:fiver|tenner|grand)\b", re.I),
    "a span of time": re.compile(
        rf"\b{SEVERAL}[ -]{_BESIDE}{_SPAN}\b|\b(?:an?|one) (?:day|week|month|year) (?:ago|from now)\b"
        r"|(?:\b(?:is|are|starts?|happens?|takes place|event|show|concert|game)|'s|\{[A-Z]*\}) (?:only "
        r"|just )?in an? (?:day|week|month|year)\b",
        re.I,
    ),
    "a month": re.compile(
        rf"\b(?:{'|'.join(MONTHS)})\b|\b{_AFTER}(?:may|march)\b(?! (?:be|have|not|also|still|as)\b)"
        rf"|\b{_AFTER}(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|(?-i:(?<=[a-z,] )(?:May|March|Jan|Feb"
        rf"|Apr|Aug|Sept?|Oct|Nov|Dec)\b)",
        re.I,
    ),
    "a weekday": re.compile(
        rf"\b{WEEKDAYS}s?\b|\b(?:on|by|until|till|since|this|next|last|every) (?:mon|tues?|wed|thur?s?|fri|sat"
        rf"|sun)\b(?! (?:down|here|there|in|at|on|and|with|for|through|next)\b)"
        rf"|(?-i:(?<=[a-z,] )(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b)",
        re.I,
    ),
    "a holiday": re.compile(
        r"\b(?:christmas|x-?mas|new year'?s?(?: eve)?|thanksgiving|halloween|easter|valentine'?s?|labor day"
        r"|memorial day|"
        r"(?:fourth|4th) of july|hanukkah|diwali|ramadan)\b",
        re.I,
    ),
    "a time": re.compile(
        rf"\b(?:one|{SEVERAL})(?: ?o'?clock| (?:am|pm|a\.m|p\.m)\b|-?thirty (?:am|pm)\b)|\bhalf past (?:one"
        rf"|{SEVERAL})\b|\bat (?:noon|midnight)\b",
        re.I,
    ),
}
_COUNTS = ("a number of seats", "a number of people")
_MADE = re.compile(
    r"\b(?:bought|booked|purchased|paid|ordered|reserved)\b[^.!?,;]{0,30}$|(?:bought|booked|purchased|ordered"
    r"|reserved)\b",
    re.I,
)
_OLD = re.compile(r"[- ](?:olds?|of age)\b", re.I)
_AGED = re.compile(r"\b(?:child|kid|baby|boy|girl|son|daughter|niece|nephew|aged?)(?: is| who is| of)? $", re.I)
# Each of these rules finds one of its words; looking for words first takes a tenth of the time.
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_DAYS = f"{_DAYS} {_DAYS.replace(' ', 's ')}s"
_HINT_WORDS = {
    "a number of seats": "ticket tickets tix seat seats passes spots places admissions",
    "a number of people": "people persons guests adults attendees heads us party group family table",
    "an amount": "dollar dollars bucks usd euro euros pound pounds quid cents fiver tenner grand",
    "a span of time": "day days night nights week weeks wk wks weekend weekends fortnight fortnights month months hour "
    "hours hr hrs year years yr yrs",
    "a month": f"{' '.join(MONTHS)} may march jan feb mar apr jun jul aug sep sept oct nov dec",
    "a weekday": f"{_DAYS} mon tue tues wed thu thur thurs fri sat sun",
    "a holiday": "christmas xmas mas new thanksgiving halloween easter valentine valentines labor memorial fourth th "
    "hanukkah diwali ramadan",
    "a time": "o oclock am pm m half noon midnight",
}
# And some find one of these beside it; beside SEVERAL_WORDS, those of their other readings.
_COUNT_WORDS = {
    "a number of seats": "both pair couple one single 1",
    "a number of people": "",
    "an amount": "fiver tenner",
    "a span of time": "ago from in",
    "a time": "one noon midnight",
}
_HINTS = {name: frozenset(words.split()) for name, words in _HINT_WORDS.items()}
_COUNT_HINTS = {name: SEVERAL_WORDS.union(words.split()) for name, words in _COUNT_WORDS.items()}
_HINTED = frozenset().union(*_HINTS.values())
# The rules read a text in small letters in a quarter of the time; those that tell capitals apart cannot.
_LOWERED = {
    name: re.compile(rule.pattern.replace("[A-Z]", "[a-z]"))
    for name, rule in _FOUND.items()
    if "(?-i:" not in rule.pattern
}
_DAY = re.compile(
    r"\b(?:tom+or+ow|tmrw?|tmw|2mor+ow|yester ?day|to-?night|tonite|2nite|last night|overmorrow"
    r"|(?:next|last|this (?:coming|past)|the (?:coming|past)|coming|past) (?:week|weekend|month|year|summer"
    r"|winter|spring|fall|autumn)"
    r"|the day (?:after tomorrow|before yesterday)|this weekend)\b(?:'s)?",
    re.I,
)
# Each of those days has one of these parts, or one of these words.
_DAY_PARTS = ("row", "yester", "tm", "night", "nite")
_DAY_WORDS = frozenset(("next", "last", "coming", "past", "weekend"))
# What the writer is going to do is true without a row, as long as it is not the event: "I will cancel it tonight".
_PLAN = re.compile(r"\b(?:I|we)(?:'ll|’ll| will| can| want to| could| sort| am going to|'m going to)\b|\bill\b", re.I)
_GOES = re.compile(
    rf"\{{EVENT\}}|\b{EVENT}s?\b|\b(?:be|come|attend|there|doors?|starts?|takes? place|go(?:ing)?(?! (?:through"
    rf"|over|back|ahead|on with|by|into)))\b",
    re.I,
)
_AGAINST = (
    r"(?:instead of|rather than|not|but|vs\.?|versus|although|though|while|whereas|than|should|supposed|"
    r"correct|wrong|however|yet|when it)"
)
_TWICE = re.compile(rf"\{{([a-z_]+)\}}[^.!?\n]*?\b{_AGAINST}\b[^.!?\n]*?\{{\1\}}", re.I)


def find_facts(text: str, allowed: Collection[str], *, has_orders: bool = False) -> Iterator[str]:
    """Name the facts that a member's text states in words, and that only its row can know.

    Args:
        text: what a member writes, with open slots.
        allowed: the slots that it may hold. Without a booking, seats and people are a wish and no fact.
        has_orders: whether it may give orders to an assistant, whose brackets are words and no blank to be filled.
    """
    bare = empty_slots(text)
    lowered = bare.lower()
    words = split_words(lowered)
    for name in _list_hinted(lowered, words):
        if name in _LOWERED and not _LOWERED[name].search(lowered):
            continue
        if found := _FOUND[name].search(bare):
            if name == _BLANK and has_orders:
                continue
            if name in _COUNTS and not _is_fact(bare, found, allowed):
                continue
            if name == "a span of time" and _is_age(bare, found):
                continue
            yield f"{name} outside a slot: {found[0].strip()!r}"
    if not _DAY_WORDS.isdisjoint(words) or any(part in lowered for part in _DAY_PARTS):
        yield from _find_days(bare)
    if text.count("{") > 1 and (found := _TWICE.search(text)):
        yield f"the same slot as two different {_KINDS.get(found[1], 'facts')}: {{{found[1]}}}"


def _list_hinted(lowered: str, words: list[str]) -> list[str]:
    """List the rules that may find something, as far as the words of a text tell."""
    names = [_BLANK] if "[" in lowered or "(" in lowered else []
    if hints := _HINTED.intersection(words):
        names += [
            name
            for name, own in _HINTS.items()
            if not hints.isdisjoint(own) and (name not in _COUNT_HINTS or not _COUNT_HINTS[name].isdisjoint(words))
        ]
    return names


def _is_fact(bare: str, found: re.Match[str], allowed: Collection[str]) -> bool:
    """Tell whether a count is of a booking: without one, it is a wish, unless it is said to have been made."""
    made = _MADE.search(bare[: found.start()]) or _MADE.match(found[0])
    return not allowed or "ticket_count" in allowed or made is not None


def _is_age(bare: str, found: re.Match[str]) -> bool:
    return bool(_OLD.match(bare[found.end() :]) or _AGED.search(bare[: found.start()]))


def _find_days(bare: str) -> Iterator[str]:
    for sentence in re.split(r"[.!?\n]+", bare) if _DAY.search(bare) else ():
        found = _DAY.search(sentence)
        if found and not (_PLAN.search(sentence) and not _GOES.search(sentence)):
            yield f"a day outside a slot: {found[0]!r}"
            return


_KINDS = {
    **dict.fromkeys(("total_price", "refund_due", "refund_outcome"), "amounts"),
    **dict.fromkeys(("event_date", "event_day", "booking_date", "member_since"), "dates"),
    **dict.fromkeys(("ticket_count", "tickets", "my_tickets", "monthly_quota"), "counts"),
}
