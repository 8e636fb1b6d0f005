"""What an article may not say in its own words, since a policy constant says it: numbers, spans, fees, shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.entities.texts.slots import has_digit, remove_slots
from extract.entities.texts.words import SEVERAL

# Numbers of steps and of list items are no facts; a code sent as a second factor is called 2FA.
_STEPS = re.compile(
    r"(?m)^\s*(?:\*\*|#{1,6} )?\(?\d{1,2}[.):](?=\s|\*)|\b[Ss]teps? \d{1,2}(?:(?:,| and| or| to|-"
    r"|–) ?\d{1,2})*\b|\b2FA\b"
)
_UNIT = (
    r"(?:business |calendar |working |full |more )?(?:days?|hours?|weeks?|months?|years?|minutes?|percent"
    r"|dollars|tickets?|seats?|"
    r"events?|bookings|guests|people|attempts|tries|times|transfers|inches)"
)
_CLOCK = r"\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)"
_FOUND = (
    re.compile(rf"\b(?:from |between )?{_CLOCK}(?: ?(?:to|and|until|till|-|–) ?{_CLOCK})?", re.I),
    re.compile(r"(?:[A-Za-z]+ )?[#$€£]?\d[\d.,:/]*(?:[- ]?[A-Za-z%]+)?"),
    re.compile(rf"\b(?:{SEVERAL})[ -]{_UNIT}\b", re.I),
    re.compile(
        r"\b(?:within|takes?|for|in|after|up to|at least|about|lasts?|every|last|until|than|under|over) (?:an?"
        r"|one) (?:business |full |whole |single )?(?:day|week|month|hour|year|fortnight)\b(?! (?:when|that"
        r"|in which)\b)",
        re.I,
    ),
    re.compile(
        r"\b(?:an?|one) (?:business |full |whole )?(?:day|week|month|hour|fortnight) (?:before|after|ahead"
        r"|or (?:two|more|less)|in advance|at most|at least)\b",
        re.I,
    ),
    re.compile(
        r"\bhalf (?:of )?(?:the |your |its |that )?(?:price|amount|money|total|cost|fee|value|refund|ticket"
        r"|back)\b|\b(?:half|double) price\b",
        re.I,
    ),
    re.compile(r"\b(?:half|fifty|hundred|ten|twenty) percent\b", re.I),
)
_FEES = (
    # Members pay a membership fee, and banks take fees of their own; those that are named here would be ours.
    re.compile(
        r"\b(?:processing|cancell?ation|service|handling|booking|convenience|admin(?:istrati(?:on|ve))?|change"
        r"|exchange|transfer|"
        r"rescheduling|resale|refund|restocking|late|no-show|ticket|small|extra|additional|nominal|flat"
        r"|hidden) (?:\w+ )?"
        r"(?:fees?|surcharges?)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:free of charge|for free|at no (?:extra |additional )?(?:cost|charge)|without (?:any|extra"
        r"|additional) (?:cost|charge)s?"
        r"|free (?:cancell?ations?|transfers?|refunds?|exchanges?|changes|rescheduling|parking|admission|entry)"
        r"|(?:cancell?ing|cancell?ations?|transfers?|transferring|refunds?|rescheduling|moving|exchanges|changes"
        r"|parking) (?:is|are) (?:always |completely )?free)\b",
        re.I,
    ),
)


# The rules without capitals read a text in small letters in a quarter of the time.
_LOWERED = {rule: re.compile(rule.pattern) for rule in (*_FOUND, *_FEES) if rule.flags & re.I}


def find_terms(text: str, *, is_title: bool = False) -> Iterator[str]:
    """Name what an article states on its own though the policy has a constant for it; its slots are open.

    A title holds no slot, so it may speak of fees in words.
    """
    bare = _STEPS.sub("", remove_slots(text))
    lowered = bare.lower()
    rules = _FOUND if is_title else (*_FOUND, *_FEES)
    # The first two find numbers in digits.
    for rule in rules if has_digit(bare) else rules[2:]:
        if rule in _LOWERED and not _LOWERED[rule].search(lowered):
            continue
        if found := rule.search(bare):
            yield f"a term outside a slot: {found[0].strip()!r}"
