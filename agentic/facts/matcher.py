"""Whether a reply states a fact of the answer key, in whichever form people say it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from agentic.facts.alternatives import says_which
from agentic.facts.counted import MINUTES, MONTHS, counts, is_age, is_money, is_version_of
from agentic.facts.mentions import is_time
from agentic.facts.quantities import SPANS
from agentic.facts.reply_text import ReplyText, drop_genitives, fold, list_words, read_reply
from agentic.facts.vocabulary import LEFT, NO_BOOKINGS_LEFT, NO_MONEY, SHARES, STOP_WORDS, VALUES
from agentic.policies import read_policies

# Kinds of the facts that are no policy constants; those have a unit in policies.csv.
KINDS = {
    "user_id": "id",
    "email": "id",
    "reservation_id": "id",
    "plan": "word",
    "next_tier": "word",
    "cancelled_state": "word",
    "paused_state": "word",
    "event_status": "word",
    "event_category": "word",
    "reservation_status": "word",
    "payment_method": "word",
    "escalation_reasons": "word",
    "monthly_quota": "booking",
    "remaining_quota": "booking left",
    "event_title": "name",
    "venue_name": "name",
    "neighborhood": "name",
    "city": "name",
    "venue_parking": "text",
    "event_date": "date",
    "booking_date": "date",
    "start_time": "time of day",
    "youngest_guest_age": "age",
    "with_adult_below_age": "age",
    "no_ticket_below_age": "age",
    "ticket_count": "ticket",
    "one_ticket_less": "ticket",
    "total_price": "money",
    "refund_due": "money",
    "one_ticket_refund": "money",
    "refund_percent": "percent",
    "refund_days": "business day",
}
# Kinds by the unit of a policy constant.
UNIT_KINDS = {
    "business days": "business day",
    "days": "day",
    "hours": "hour",
    "minutes": "minute",
    "months": "month",
    "years": "year",
    "percent": "percent",
    "events": "booking",
    "tickets": "ticket",
    "ticket": "ticket",
    "attempts": "attempt",
    "times": "time",
    "time": "time",
    "inches": "inch",
    "version": "version",
    "dollars": "money",
    "dollars a month": "money",
    "Pacific time": "time of day",
    "text": "text",
}
# Forms of the values, by kind; all others are numbers.
NUMBER = re.compile(r"\d+(\.\d+)?")
ANY = re.compile(r".*", re.S)
FORMS = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "time of day": re.compile(r"\d\d:\d\d|\d{1,2}(:\d\d)? [ap]m"),
    "number": re.compile(r"\d+"),
    "money": re.compile(r"\$?\d+(\.\d+)?"),
    "id": re.compile(r"[a-z]+_\d+|\S+@\S+"),
    "word": ANY,
    "name": ANY,
    "text": ANY,
}
WITH_UNIT = re.compile(rf"(\d+) ({'|'.join(unit for unit in UNIT_KINDS if unit not in ('text', 'version'))})")
NEAR = 45  # words that a text may be spread over


def states(value: str, reply: str, name: str = "") -> bool:
    """Whether a reply states a fact: it names the value, and no other one that it could as well be.

    Args:
        value: as the key has it: 42.00, 2027-03-21, 19:30, credit_card, 5.
        reply: what the customer reads.
        name: the fact's name, which tells what a number counts; without it any count of this value is one.
    """
    kind = find_kind(name) or guess_kind(value)
    if with_unit := WITH_UNIT.fullmatch(value):
        value = with_unit[1]
    text = read_reply(reply)
    if not FORMS.get(kind, NUMBER).fullmatch(value):  # a constant that somebody has changed into words
        return _states_text(value, text)
    return _names(value, text, kind, name) and says_which(value, text, kind, name)


def _names(value: str, text: ReplyText, kind: str, name: str) -> bool:
    if kind in MATCHERS:
        return MATCHERS[kind](value, text)
    if kind == "version":
        return _states_version(value, text, name.rpartition("_")[2])
    return _states_count(value, text, kind, name)


def find_kind(name: str) -> str | None:
    """Return the kind of a fact by its name."""
    if name in KINDS:
        return KINDS[name]
    policy = read_policies().get(name)
    if policy is None:
        return None
    if policy.unit == "years" and "age" in name.split("_"):
        return "age"
    return UNIT_KINDS.get(policy.unit, "number")


def guess_kind(value: str) -> str:
    """Return the kind of a fact by the form of its value."""
    if with_unit := WITH_UNIT.fullmatch(value):
        return UNIT_KINDS[with_unit[2]]
    for kind in ("date", "time of day", "number", "money", "id"):
        if FORMS[kind].fullmatch(value):
            return kind
    return "word" if value in VALUES else "name"


def _states_date(value: str, text: ReplyText) -> bool:
    day = date.fromisoformat(value)
    return any(spoken.means(day) for spoken in text.dates)


def _states_time(value: str, text: ReplyText) -> bool:
    return any(is_time(value, spoken) for spoken in text.times)


def _states_money(value: str, text: ReplyText) -> bool:
    wanted = Decimal(value.lstrip("$"))
    if wanted == 0 and text.has(NO_MONEY):
        return True
    return any(found.value == wanted and is_money(found) for found in text.quantities)


def _states_percent(value: str, text: ReplyText) -> bool:
    wanted = Decimal(value)
    words = NO_MONEY if wanted == 0 else SHARES.get(wanted)
    if words and text.has(words):
        return True
    return any(found.value == wanted and "percent" in found.units for found in text.quantities)


def _states_age(value: str, text: ReplyText) -> bool:
    return any(found.value == Decimal(value) and is_age(found) for found in text.quantities)


def _states_version(value: str, text: ReplyText, system: str) -> bool:
    return any(found.value == Decimal(value) and is_version_of(found, system) for found in text.quantities)


def _states_count(value: str, text: ReplyText, kind: str, name: str) -> bool:
    wanted = Decimal(value)
    if kind == "booking left":
        left = [found for found in text.quantities if not LEFT.isdisjoint(found.sentence)]
        return (wanted == 0 and text.has(NO_BOOKINGS_LEFT)) or any(counts(found, wanted, "booking") for found in left)
    if kind == "ticket" and wanted == 1 and (thing := name.partition("_")[0]) and text.has(rf"an? (\w+ )?{thing}"):
        return True
    if kind in SPANS and _is_span_in_words(wanted, kind, text):
        return True
    return any(counts(found, wanted, kind) for found in text.quantities)


def _is_span_in_words(wanted: Decimal, kind: str, text: ReplyText) -> bool:
    """Whether `a day`, `an hour`, `a week` or `a year` is the span."""
    for scale in (MINUTES, MONTHS):
        for unit, length in scale.items():
            if kind in scale and length == wanted * scale[kind]:
                return text.has(rf"(?<! times )(?<! hours )(?<! days )an? {unit}")
    return False


def _states_words(value: str, text: ReplyText) -> bool:
    return text.has(VALUES.get(value, re.escape(list_words(fold(value.replace("_", " "))).strip())))


def _states_name(value: str, text: ReplyText) -> bool:
    """Names may lose their article and stand in the genitive."""
    folded = fold(value)
    for wanted, words in (list_words(folded), text.words), (list_words(drop_genitives(folded)), text.owners):
        if wanted.strip() and re.sub("^ (the|an?) (?=.)", " ", wanted) in words:
            return True
    return False


def _states_text(value: str, text: ReplyText) -> bool:
    """A rule in words is stated by all its words that carry meaning, near each other."""
    wanted = set(list_words(fold(value)).split()) - STOP_WORDS
    words = text.words.split()
    places = [place for place, word in enumerate(words) if word in wanted]
    return any(wanted <= set(words[place : place + NEAR]) for place in places)


def _states_id(value: str, text: ReplyText) -> bool:
    """An id is said whole, with or without its line: r_00001, R-00001, booking 00001."""
    wanted = value.lower()
    if re.search(rf"(?<![\w.-]){re.escape(wanted)}(?![\w-]|\.\w)", text.folded):
        return True
    prefix, line, number = wanted.partition("_")
    forms = (
        rf"{prefix}[ -]?{number}|(?:booking|order|reservation|ref|reference|no|number|id)\.?:? ?#?{number}|#{number}"
    )
    return bool(line) and number.isdigit() and re.search(rf"(?<![\w-])(?:{forms})(?![\w-])", text.folded) is not None


MATCHERS: dict[str, Callable[[str, ReplyText], bool]] = {
    "date": _states_date,
    "time of day": _states_time,
    "money": _states_money,
    "percent": _states_percent,
    "age": _states_age,
    "word": _states_words,
    "name": _states_name,
    "text": _states_text,
    "id": _states_id,
}
