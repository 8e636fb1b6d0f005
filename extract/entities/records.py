"""The records: one validated model an entity, from which prompt, validator and raw columns derive."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from extract.entities.base import CleanLine, Line, Plain, Record, Text
from extract.entities.text_rules import find_bad_slot, make_key, remove_slots, romanize

RESERVED_DOMAINS = ("example.com", "example.org", "example.net")
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")
_LOCAL_PART = re.compile(r"[a-z0-9]+(?:[._+-][a-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
# A time limit, share or fee outside a slot: it would contradict the policy as soon as that changes.
_TERM = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety)[ -]"
    r"(?:business |calendar |working )?(?:days?|hours?|weeks?|months?|percent|dollars|minutes?)\b"
    r"|\b(?:half|fifty|hundred) percent\b|\d\s?%",
    re.I,
)
# What a ticket's words would claim of rows that they do not know; dbt finds each of these and compares it.
_SPAN = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:days?|weeks?|months?)"
_CLAIMS = {
    "a number": re.compile(r"\d"),
    "a weekday": re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"),
    "a span of time": re.compile(rf"\b(?:in {_SPAN}\b|{_SPAN} ago\b)"),
    "a name of the answer key's kind": re.compile(r"[A-Za-z]_[A-Za-z]"),
}
_SENTENCE_END = re.compile(r"[.!?][\"')]*(?:\s|$)")


class UserRecord(Record):
    """A member."""

    natural_key = "email"

    full_name: CleanLine = Field(
        min_length=3, max_length=60, description="given and family name in Latin letters, given name first"
    )
    email: CleanLine = Field(
        max_length=100, description="an e-mail address such as this person would have, made from the name"
    )

    @classmethod
    def read_key(cls, fields: Mapping[str, Any]) -> str:
        return str(fields["email"])

    @classmethod
    def read_near_key(cls, fields: Mapping[str, Any]) -> str:
        # Namesakes exist, but a writer who repeats names has run out of ideas.
        return make_key(fields["full_name"])

    @field_validator("full_name")
    @classmethod
    def _check_name(cls, name: str) -> str:
        name = romanize(name)
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name[:60]!r} is not a name")
        if not 1 <= name.count(" ") <= 4:
            raise ValueError(f"a name has two to five words, {name!r} has {name.count(' ') + 1}")
        return name

    @field_validator("email")
    @classmethod
    def _check_email(cls, email: str, info: ValidationInfo) -> str:
        local, _, domain = email.lower().partition("@")
        if not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(domain):
            raise ValueError(f"{email!r} is not an e-mail address")
        if (info.context or {}).get("email_domains") != "realistic":
            domain = RESERVED_DOMAINS[zlib.crc32(local.encode()) % len(RESERVED_DOMAINS)]
        return f"{local}@{domain}"

    @model_validator(mode="after")
    def _check_email_fits_name(self) -> UserRecord:
        local = self.email.partition("@")[0]
        words = make_key(self.full_name).split()
        if not any(word[:3] in local for word in words if len(word) > 1):
            raise ValueError(f"the e-mail {local}@ does not fit the name {self.full_name}")
        return self


class VenueRecord(Record):
    """A place where events happen."""

    natural_key = "name"

    name: Plain = Field(min_length=3, max_length=60, description="name of the venue, invented")
    address: CleanLine = Field(
        min_length=5,
        max_length=80,
        description="street number and street in that neighborhood, without city and zip",
    )

    @field_validator("address")
    @classmethod
    def _check_address(cls, address: str) -> str:
        if find_bad_slot(address, ()) or not re.match(r"\d+[A-Za-z]? \S", address):
            raise ValueError(f"an address starts with a street number, not {address[:40]!r}")
        return address


class EventRecord(Record):
    """What is on."""

    natural_key = "title"

    title: Plain = Field(min_length=3, max_length=90, description="title of the event, invented")
    description: Text = Field(
        min_length=40, max_length=700, description="2 to 3 sentences on what the guest will see or do"
    )

    @field_validator("description")
    @classmethod
    def _check_sentences(cls, description: str) -> str:
        found = len(_SENTENCE_END.findall(description))
        # One more than asked, because abbreviations end in a full stop too.
        if not 2 <= found <= 4:
            raise ValueError(f"2 to 3 sentences are needed, not {found}")
        return description


class ArticleRecord(Record):
    """A help article."""

    natural_key = "title"

    title: Plain = Field(min_length=5, max_length=110, description="a title that members would search for")
    tags: list[Plain] = Field(min_length=3, max_length=5, description="3 to 5 short keywords")
    content: Text = Field(min_length=200, max_length=6000, description="3 to 5 paragraphs, a blank line between them")

    @field_validator("tags", mode="before")
    @classmethod
    def _split_tags(cls, tags: object) -> object:
        # "refunds, cards" is a list that was written as a text.
        parts = tags.split(",") if isinstance(tags, str) else tags
        if not isinstance(parts, list) or len(parts) > 20 or not all(isinstance(part, str) for part in parts):
            raise ValueError("a list of 3 to 5 keywords is needed")
        return list({make_key(part): part.strip() for part in parts}.values())

    @field_validator("tags")
    @classmethod
    def _check_tags(cls, tags: list[str]) -> list[str]:
        # The databases store tags as one text, separated by commas.
        if any(not 2 <= len(tag) <= 40 or "," in tag for tag in tags):
            raise ValueError("a keyword has 2 to 40 characters and no comma")
        return tags

    @field_validator("title", "content")
    @classmethod
    def _check_terms(cls, text: str) -> str:
        term = _TERM.search(text)
        if term:
            raise ValueError(f"a term outside a slot: {term[0]!r}")
        return text

    @field_validator("content")
    @classmethod
    def _check_paragraphs(cls, content: str) -> str:
        found = content.count("\n\n") + 1
        if not 3 <= found <= 5:
            raise ValueError(f"3 to 5 paragraphs are needed, not {found}")
        return content


class TicketRecord(Record):
    """What a member writes to support."""

    natural_key = "description"

    subject: Line = Field(min_length=2, max_length=120, description="subject line, 2 to 9 words")
    description: Text = Field(min_length=5, max_length=1500, description="the first message")
    follow_up: Text = Field(
        min_length=2,
        max_length=600,
        description="the second message, which answers: could you tell me a little more?",
    )
    pushback: Text = Field(
        min_length=2,
        max_length=600,
        description="a reply when the automatic answer did not help; wants a person",
    )
    thanks: Text = Field(min_length=2, max_length=400, description="the last message, once all is solved")

    @field_validator("*")
    @classmethod
    def _check_claims(cls, text: str) -> str:
        words = remove_slots(text)
        for claim, rule in _CLAIMS.items():
            if found := rule.search(words):
                raise ValueError(f"{claim} outside a slot: {found[0]!r}")
        return text

    @classmethod
    def read_key(cls, fields: Mapping[str, Any]) -> str:
        # Nobody minds two tickets of one subject; the same message word for word is a repeat.
        return str(fields["description"])


RECORDS: Mapping[str, type[Record]] = {
    "users": UserRecord,
    "venues": VenueRecord,
    "events": EventRecord,
    "kb_articles": ArticleRecord,
    "tickets": TicketRecord,
}


def record_columns(entity: str) -> dict[str, Any]:
    """Map the record columns of an entity to their Python types, `str` or `list[str]`."""
    fields = RECORDS[entity].model_fields
    return {name: list[str] if field.annotation is not str else str for name, field in fields.items()}
