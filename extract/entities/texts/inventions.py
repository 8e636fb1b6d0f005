"""Facts that no text of any entity may state: prices, dates, numbers of orders, links; and markup and formulas."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_TAGS = (
    "a|b|body|br|code|div|em|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta|object|ol|p|pre|s|script|span|"
    "strong|style|sub|sup|svg|table|tbody|td|th|tr|u|ul|video"
)
_TLD = "com|org|net|io|app|dev|info|biz|edu|gov|tv|co|co\\.uk"
_INVENTED = {
    "a concrete price": re.compile(r"[$€£]\s?\d|\b\d+(?:\.\d\d)?\s?(?:dollars|bucks|usd|euros?|eur)\b", re.I),
    "a calendar date": re.compile(
        rf"\b{_MONTH}\.?,? {_ORDINAL}\b|\b{_ORDINAL} (?:of )?{_MONTH}\b|\b\d{{4}}-\d\d-\d\d\b"
        r"|\b\d{1,2}/\d{1,2}/(?:\d\d){1,2}\b|\b(?:0?[1-9]|1[0-2])/(?:0?[5-9]|[12]\d|3[01])\b",
        re.I,
    ),
    # "may" is a verb more often than a month: only its capitalized or ordinal form counts.
    "a calendar date (May)": re.compile(
        rf"\bMay {_ORDINAL}\b|\bmay \d{{1,2}}(?:st|nd|rd|th)\b|\b{_ORDINAL} (?:of )?May\b"
    ),
    "a year": re.compile(r"\b(?:19|20)\d\d\b"),
    "a phone number": re.compile(
        r"(?:\+\d{1,3}[ .-]?)?(?:\(\d{3}\)[ ]?|\b\d{3}[ .-])\d{3}[ .-]\d{4}\b|\b(?:1"
        r"|0)[ .-]8\d\d[ .-][\dA-Z]{3}[ .-]?[\dA-Z]{4}\b"
        r"|\b555[ .-]\d{4}\b|\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}\b"
    ),
    "an order number": re.compile(
        r"\b(?:u|s|v|e|r|kb|t|m|h)_\d+\b|#\d{2,}|\b\d{5,}\b"
        r"|\b(?:order|booking|confirmation|reservation|ticket)\s+(?:number|no\.?|nr\.?|id|#)\s*:?\s*[a-z-]*\d+",
        re.I,
    ),
    "an e-mail address or a link": re.compile(
        rf"\S@\S+\.\w|https?://|\bwww\.|\beventhub\.[a-z]{{2,}}\b|\b[a-z0-9-]{{2,}}\.(?:{_TLD})\b(?!\s*\()(?:/\S*)?",
        re.I,
    ),
    "a blank": re.compile(
        rf"\[(?:your|my|insert|artist|band|event|venue|city|name|date|time|link|url|phone|e-?mail|number|address|amount|order|booking|company|"
        rf"customer|user|first|last|full|support)\b[^\[\]\n]*\](?!\()"
        rf"|(?-i:<(?!/?(?:{_TAGS})\b)[A-Za-z][^<>\n]{{0,40}}>)|_{{3,}}|(?-i:\bX{{4,}}\b)",
        re.I,
    ),
    "markup": re.compile(r"<[a-z/!?]", re.I),
}
# Domains that belong to nobody (RFC 2606).
_RESERVED = re.compile(r"\b(?:www\.)?example\.(?:com|org|net)\b", re.I)
# Each rule needs one of these; most texts have none, which saves looking for each rule in turn.
_SUSPICIOUS = re.compile(rf"[\d@<\[]|___|XXXX|https?:|\bwww\.|\w\.(?:{_TLD}|[a-z]{{2,}})\b", re.I)
# Each of those has one of these or a digit, which are found in a tenth of the time.
_MARK = re.compile(r"@|<|\[|___|XXXX|://|\.(?:\w|(?<=[Ww]\.))")
_DIGIT = re.compile(r"\d")
# Where a spreadsheet opens a file of ours, a cell that starts like this is run.
_FORMULA = re.compile(r"[=+@-]")
# A list item, a dash, "+1" and a name that is called are words: nothing in them is computed.
_WORDS = re.compile(r"(?:[+@-]{1,3} ?[\"'“‘(]?[^\W\d_][\w'’]*|[+-]{1,3} ?\{[a-z_]+\}|\+1)(?=[\s.,:;!?'’\"-]|$)")
_COMPUTES = re.compile(r"\w\(|\||\w![A-Z$]|=|[\w)][*/^&]\w")


def find_invention(text: str) -> str | None:
    """Name the first fact in a text that only a row may state, or None."""
    if _FORMULA.match(text) and not (_WORDS.match(text) and not _COMPUTES.search(text)):
        return f"starts like a formula: {text[0]!r}"
    if not ((_MARK.search(text) or _DIGIT.search(text)) and _SUSPICIOUS.search(text)):
        return None
    text = _RESERVED.sub("", text)
    return next((f"{name}: {match[0]!r}" for name, rule in _INVENTED.items() if (match := rule.search(text))), None)
