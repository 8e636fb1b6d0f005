"""What the description of an event may not say in its own words: its row has a date, a time, a price and an age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.entities.texts.slots import remove_slots
from extract.entities.texts.words import MONTHS, SEVERAL, WEEKDAYS

_MONTH = rf"(?:{'|'.join(MONTHS)}|march|may)"
_FOUND = {
    "a calendar date": re.compile(
        rf"\b(?:on|this|next|every|starting|until|through|opens|opening) {WEEKDAYS}s?(?: (?:night|evening"
        rf"|afternoon|morning))?\b"
        rf"|\b(?:in|this|next|until|through|starting|early|late|mid)[ -](?:{'|'.join(MONTHS)}|(?-i:March|May))\b"
        rf"|\b{_MONTH} (?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|(?:four|fif"
        rf"|six|seven|eigh|nine)teenth|"
        r"eleventh|twelfth|thirteenth|twentieth|thirtieth|twenty-\w+|thirty-first)\b"
        r"|\b(?:tomorrow|next (?:week|month|weekend)|this weekend)\b",
        re.I,
    ),
    "a time": re.compile(
        rf"\b\d{{1,2}}(?::\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)|\b\d{{1,2}}:\d\d\b|\b(?:at|from) (?:{SEVERAL}"
        rf"|one)(?: o'?clock| sharp| in the (?:evening|afternoon|morning))",
        re.I,
    ),
    "a price": re.compile(
        r"\b(?:free (?:admission|entry|entrance|of charge|to attend)|(?:admission|entry|entrance) is free|no cover)\b",
        re.I,
    ),
    "an age": re.compile(
        r"\b(?:18|19|21)\+|\b(?:ages?|aged|over|under|at least) (?:16|18|21|eighteen|twenty-one|sixteen)\b"
        r"|\b(?:18|21|eighteen|twenty-one) (?:and|or) (?:over|older|up|above)\b",
        re.I,
    ),
}


def find_listed(text: str) -> Iterator[str]:
    """Name what a description says of date, time, price and age; its slots are open."""
    bare = remove_slots(text)
    for name, rule in _FOUND.items():
        if found := rule.search(bare):
            yield f"{name}: {found[0].strip()!r}"
