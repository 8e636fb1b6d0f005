"""Tickets: what members write to support."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import Field, field_validator

from extract.entities.base import Entity, Line, PromptTemplate, Record, Text, join_echo
from extract.entities.text_rules import remove_slots
from extract.errors import SeedError
from extract.planning.apportionment import apportioned_sequence, shuffled_blocks
from extract.planning.plan import PlanContext, Stratum, apportion_share
from extract.planning.seeds import Seeds

# What a ticket's words would claim of rows that they do not know; dbt finds each of these and compares it.
_SPAN = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:days?|weeks?|months?)"
_CLAIMS = {
    "a number": re.compile(r"\d"),
    "a weekday": re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"),
    "a span of time": re.compile(rf"\b(?:in {_SPAN}\b|{_SPAN} ago\b)"),
    "a name of the answer key's kind": re.compile(r"[A-Za-z]_[A-Za-z]"),
}
# What a ticket that is linked to a row knows: sources of slots, by what it links to.
_LINKED_SOURCES = {
    "user": ("user",),
    "event": ("user", "event"),
    "reservation": ("user", "event", "reservation"),
}


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
        # Two tickets may have one subject; the same message word for word is a repeat.
        return str(fields["description"])


@dataclass(frozen=True, slots=True)
class TicketStratum(Stratum):
    """The matter of a ticket and the voice in which it is told."""

    category: str
    scenario: str
    tone: str


def plan_tickets(context: PlanContext) -> Iterator[TicketStratum]:
    """Plan categories and scenarios by their shares, and voices by chance.

    Needs nothing landed: a ticket's links are dbt's, and its words name rows by slots only.
    """
    seeds, seed = context.seeds, context.seed
    tones = {name: tone.weight for name, tone in seeds.tones.items()}
    categories = list(seeds.shares("ticket_category"))
    scenarios = {
        category: apportioned_sequence(_scenario_weights(seeds, category), seed, "tickets", "scenario", category)
        for category in categories
    }
    voices = {category: shuffled_blocks(tones, seed, "tickets", "tone", category) for category in categories}
    for category in apportion_share(context, "tickets", "ticket_category"):
        yield TicketStratum(category, next(scenarios[category]), next(voices[category]))


def _scenario_weights(seeds: Seeds, category: str) -> Mapping[str, int]:
    weights = {name: row.weight for name, row in seeds.scenarios.items() if row.category == category}
    if not weights:
        raise SeedError(f"{seeds.directory / 'support_scenarios.csv'} has no rows for category {category}")
    return weights


def _find_ticket_slots(stratum: TicketStratum, seeds: Seeds) -> frozenset[str]:
    return _find_linked_slots(_find_link(stratum, seeds), seeds)


# Cached: they are read for every record.
@cache
def _find_linked_slots(links_to: str, seeds: Seeds) -> frozenset[str]:
    sources = _LINKED_SOURCES[links_to]
    return frozenset(slot.slot for slot in seeds.slots if slot.text == "ticket" and slot.source in sources)


def _find_link(stratum: TicketStratum, seeds: Seeds) -> str:
    """Tell what row a ticket is about, which also names the set of its slots."""
    return seeds.needs[seeds.scenarios[stratum.scenario].need].links_to


def _describe_ticket(stratum: TicketStratum, seeds: Seeds) -> str:
    matter = seeds.scenarios[stratum.scenario].description
    return f"voice: {stratum.tone}; about: {_find_link(stratum, seeds)}; {matter}"


def _explain_voices(strata: Sequence[TicketStratum], seeds: Seeds) -> str:
    """Say once what the items' one-word voices and slot sets mean."""
    voices = [f"- {tone}: {seeds.tones[tone].description}" for tone in sorted({s.tone for s in strata})]
    sets = {_find_link(stratum, seeds): _find_ticket_slots(stratum, seeds) for stratum in strata}
    lines = [f"- {name}: {' '.join(sorted(slots))}" for name, slots in sorted(sets.items())]
    return "\n".join(["Voices:", *voices, "", "Slots that an item may use, by what it is about:", *lines])


TICKETS = Entity(
    "tickets",
    record=TicketRecord,
    stratum=TicketStratum,
    sequence=plan_tickets,
    find_echo=lambda stratum, seeds: join_echo(stratum.scenario),
    list_echoes=lambda seeds: tuple(map(join_echo, seeds.scenarios)),
    label="subject",
    similar_by=("scenario",),
    output_tokens=140,
    find_slots=_find_ticket_slots,
    prompt=PromptTemplate(
        version=4,
        task="Write what members of EventHub, a subscription club for event tickets, say to its support. "
        "No two say the same. No message holds a digit, a weekday, or a count of days, weeks or months.",
        describe_item=_describe_ticket,
        explain_terms=_explain_voices,
    ),
)
