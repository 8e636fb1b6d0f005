"""What is mended instead of refused, each by a rule with a name: only what can be read with certainty.

A mend is counted: its name goes to `mended` in the context of a validation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from extract.entities.texts.layout import fit_paragraphs, fit_tags, keep_sentences
from extract.entities.texts.near_slots import mend_braces, mend_units
from extract.entities.texts.persons import remove_titles
from extract.entities.texts.words import spell

Context = Mapping[str, Any]


@dataclass(frozen=True)
class Mend:
    """A rule that reads what was meant.

    Attributes:
        name: as it is counted.
        does: what it does, for the table in docs/reference.md.
        before: an example, and
        after: what comes of it.
        rule: the rule itself; it returns a text that needs no mending as it is.
    """

    name: str
    does: str
    before: str
    after: str
    rule: Callable[[str, Context], str]

    def apply(self, text: str, context: Context | None) -> str:
        """Mend a text, and note in the context that something was mended."""
        mended = self.rule(text, context or {})
        if mended != text:
            note_mend(context, self.name)
        return mended


def note_mend(context: Context | None, name: str) -> None:
    """Note a mend in the list `mended` of a validation's context, where there is one."""
    noted = (context or {}).get("mended")
    if isinstance(noted, list) and name not in noted:
        noted.append(name)


_NOUN = (
    r"(?:times?|tries|try|attempts?|calls?|e-?mails?|messages?|mails?|texts?|chats?|letters?|devices?|phones?|laptops?|"
    r"computers?|browsers?|apps?|screens?|tabs?|pages?|menus?|links?|buttons?|codes?|clicks?|taps?|steps?"
    r"|things?|questions?|"
    r"reasons?|issues?|problems?|errors?|ways?|options?|charges?|payments?|entries|entry|debits?|notifications?"
    r"|alerts?|"
    r"reminders?|passwords?|cards?|screenshots?|minutes?|mins?|seconds?|secs?|words?|sentences?|lines?|replies"
    r"|answers?)"
)
_COUNTED = re.compile(
    rf"(?<![\w$.,:/#-])(\d\d?)(?: ?(or|to|-|–) ?(\d\d?))?((?: (?:more|other|different|separate|failed|whole|full"
    rf"|of the|of))? {_NOUN})\b",
    re.I,
)
_TIMES = re.compile(r"(?<![\w$.,:/#-])(\d\d?) ?[x×](?![\w×])")
_ORDINAL = re.compile(rf"(?<![\w$.,:/#-])([1-9])(?:st|nd|rd|th)(?= {_NOUN}\b| one\b)", re.I)
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_DAY = re.compile(
    r"\b(?:(the|this|that|last|past|next|every|first|my|your|those|these) )?(?<![\w$.,:/#-])24[ -]?(?:hours?|hrs?|h)\b"
    r"(?! (?:a|per) day)",
    re.I,
)
_SURE = re.compile(
    r"(?<![\w$.,:/#-])100 ?(?:%|percent)(?= (?:sure|certain|positive|convinced|correct|right|wrong|honest|clear"
    r"|useless|happy|satisfied|serious|"
    r"your|fine|ok|okay|agree|understand|in|behind|the same|true|not|broken|unacceptable)\b)",
    re.I,
)
_CURLY = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "“": '"', "”": '"', "„": '"', "‟": '"'})


def _write_numbers(text: str, context: Context) -> str:
    if not any(character.isdigit() for character in text):
        return text
    text = _COUNTED.sub(_spell_counted, text)
    text = _TIMES.sub(lambda found: f"{_spell_at(found, 1)} times", text)
    return _ORDINAL.sub(lambda found: _fit_case(found, _RANKS[int(found[1]) - 1]), text)


def _spell_counted(found: re.Match[str]) -> str:
    first, second = _spell_at(found, 1), spell(int(found[3])) if found[3] else ""
    if first is None or second is None:
        return found[0]
    joined = f"{first} {'to' if found[2] in '-–' else found[2]} {second}" if found[3] else first
    return f"{joined}{found[4]}"


def _spell_at(found: re.Match[str], group: int) -> str:
    word = spell(int(found[group]))
    return found[group] if word is None else _fit_case(found, word)


def _fit_case(found: re.Match[str], word: str) -> str:
    """Begin with a capital where a sentence begins."""
    before = found.string[: found.start()].rstrip()
    return word.capitalize() if before.endswith((".", "!", "?")) else word


def _write_day(text: str, context: Context) -> str:
    return _DAY.sub(lambda found: f"{found[1]} day" if found[1] else "a day", text) if "24" in text else text


def _write_sure(text: str, context: Context) -> str:
    return _SURE.sub(lambda found: _fit_case(found, "completely"), text) if "100" in text else text


def _straighten(text: str, context: Context) -> str:
    return text if text.isascii() else text.translate(_CURLY)


_SUPPORT = (
    r"(?:[\w.+-]*(?:support|help|info|contact|hello|service|care|team|members?|mail|feedback|billing|refunds?"
    r"|tickets?|accessibility|privacy|legal|hi|admin)[\w.+-]*)"
)
_ADDRESS = rf"\[?{_SUPPORT}@[\w-]+(?:\.[\w-]+)*\.[a-z]{{2,}}(?:\]\(mailto:[^)]*\))?"
_CONTACT = re.compile(
    rf"(?P<us>\b(?:us|our (?:support )?team|our (?:customer )?support|support|customer (?:service|support)"
    rf"|our help desk) )?"
    rf"(?P<by>(?:directly )?(?:at|via|under|on|through|by e-?mail(?:ing)?(?: at| to)?|by writing to"
    rf"|:) )?(?P<at>{_ADDRESS})",
    re.I,
)


def _name_support(text: str, context: Context) -> str:
    return _CONTACT.sub(_write_support, text) if "@" in text else text


def _write_support(found: re.Match[str]) -> str:
    if found["us"]:
        return "our support team"
    by = (found["by"] or "").lower()
    return (
        "through our support team"
        if by.startswith(("via", "through", "by", "on", "under", "at"))
        else f"{found['by'] or ''}our support team"
    )


_PAIRS = re.compile(r'"([^"]*)"|“([^“”]*)”|„([^„“”]*)[“”]|«\s?([^«»]*?)\s?»')


def _quote_in_titles(text: str, context: Context) -> str:
    if text.isascii() and '"' not in text:
        return text
    text = _PAIRS.sub(lambda pair: f"‘{next(filter(None, pair.groups()), '')}’", text)
    return re.sub('["“”„«»]', "’", text)


def _mend_braces(text: str, context: Context) -> str:
    return mend_braces(text, context.get("slots", ()))


def _mend_units(text: str, context: Context) -> str:
    return mend_units(text, context.get("slots", ()), context.get("currency_slots"))


BRACES = Mend(
    "slot name",
    "a slot in other braces, other letters or by a near-name is the slot that is meant",
    "Please refund {{Event Name}}.",
    "Please refund {event_title}.",
    _mend_braces,
)
UNITS = Mend(
    "doubled unit",
    "a unit beside a slot whose value holds it goes",
    "It costs ${basic_monthly_price} a month.",
    "It costs {basic_monthly_price} a month.",
    _mend_units,
)
NUMBERS = Mend(
    "small number",
    "in tickets: a number below a hundred before a noun that no row counts is written out",
    "I tried 3 times to sign in.",
    "I tried three times to sign in.",
    _write_numbers,
)
DAY = Mend(
    "24 hours",
    "in tickets: 24 hours are a day",
    "Please answer within 24 hours.",
    "Please answer within a day.",
    _write_day,
)
SURE = Mend(
    "100 %",
    "in tickets: 100 % before a word that has no degrees is completely",
    "I am 100% sure.",
    "I am completely sure.",
    _write_sure,
)
CURLY = Mend(
    "curly quotes",
    "in tickets and in names of members: quotes and apostrophes are those of a keyboard",
    "I can’t sign in.",
    "I can't sign in.",
    _straighten,
)
SUPPORT = Mend(
    "contact line",
    "in articles: an address of support is our support team",
    "For further questions write to support@eventhub.com.",
    "For further questions write to our support team.",
    _name_support,
)
TITLE_QUOTES = Mend(
    "quotes in a title",
    "in titles and names: double quotes are single ones, since texts quote titles",
    'Art Exhibition: "The Future of Clay"',
    "Art Exhibition: ‘The Future of Clay’",
    _quote_in_titles,
)
PERSON = Mend(
    "title of a person",
    "titles and degrees are no part of a member's name",
    "Dr. Emily Chen MD",
    "Emily Chen",
    lambda name, context: remove_titles(name),
)
PARAGRAPHS = Mend(
    "paragraphs",
    "in articles: neighbours are joined to at most five paragraphs, items of a list first; "
    "fewer than three are split at sentences",
    "Open the app. Tap the booking. Confirm.",
    "Open the app.\n\nTap the booking.\n\nConfirm.",
    lambda text, context: fit_paragraphs(text, least=3, most=5),
)
SENTENCES = Mend(
    "sentences",
    "in descriptions of events: of four or five sentences the first three stay; a single one is enough",
    "Bells ring. Horns play. Bring a coat. Stay late.",
    "Bells ring. Horns play. Bring a coat.",
    lambda text, context: keep_sentences(text, 3),
)
TAGS = Mend(
    "tags",
    "of articles: too few are filled from topic, category and title; of too many the first five stay",
    "a1, b2, c3, d4, e5, f6",
    "a1, b2, c3, d4, e5",
    lambda tags, context: ", ".join(fit_tags(tags.split(", "), context)),
)
MENDS = (BRACES, UNITS, NUMBERS, DAY, SURE, CURLY, SUPPORT, TITLE_QUOTES, PERSON, PARAGRAPHS, SENTENCES, TAGS)
