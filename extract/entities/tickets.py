"""Tickets: what members write to support."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pydantic import Field, ValidationInfo, field_validator

from extract.entities.base import Entity, Line, PromptTemplate, Record, Text, join_echo
from extract.entities.texts.changes import find_changes
from extract.entities.texts.claims import find_claims
from extract.entities.texts.facts import find_facts
from extract.entities.texts.mends import CURLY, DAY, NUMBERS, SURE
from extract.entities.texts.names import find_names
from extract.entities.texts.slots import has_digit
from extract.errors import SeedError
from extract.planning.apportionment import apportioned_sequence, shuffled_blocks
from extract.planning.draws import draw_one, draw_weighted
from extract.planning.plan import PlanContext, Stratum, apportion_share
from extract.planning.recorded import RecordedStrata
from extract.planning.seed_checks import LENGTHS
from extract.planning.seeds import Seeds

MOODS = {
    "positive": "in good spirits; hopeful, pleased or thankful",
    "neutral": "neither pleased nor upset",
    "negative": "unhappy: worried, disappointed or irritated",
    "very_negative": "very upset; at the end of their patience",
}
# So much of the automatic answer is told.
ANSWER_SENTENCES = 2
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SLOT = re.compile(r"\{([a-z_]+)\}")
# A reason says as much as another try can use.
_MOST_REASONS = 4
# What a ticket that is linked to a row knows: sources of slots, by what it links to.
_LINKED_SOURCES = {
    "user": ("user",),
    "event": ("user", "event"),
    "reservation": ("user", "event", "reservation"),
}


class TicketRecord(Record):
    """What a member writes to support."""

    natural_key = "description"

    subject: Line = Field(
        min_length=2,
        max_length=120,
        description="subject line, 1 to 9 words: some in lower case, a few shouted, a few only a slot or a word",
    )
    description: Text = Field(min_length=5, max_length=1500, description="the first message, as long as its item says")
    # Empty in records of a time when support's question was written by nobody who knew the answer.
    question: Text = Field(
        default="",
        max_length=400,
        description="what support asks back, one short question about what the first message leaves open",
    )
    follow_up: Text = Field(
        min_length=2,
        max_length=600,
        description="the second message, which answers that question and says nothing twice",
    )
    pushback: Text = Field(
        min_length=2,
        max_length=600,
        description="a reply when the automatic answer did not help; wants a person",
    )
    thanks: Text = Field(min_length=2, max_length=400, description="the last message, once all is solved")

    @field_validator("*")
    @classmethod
    def _mend_and_check(cls, text: str, info: ValidationInfo) -> str:
        # None of them changes a text of plain letters, as most are.
        if has_digit(text) or not text.isascii():
            for mend in (CURLY, DAY, NUMBERS, SURE):
                text = mend.apply(text, info.context)
        context = info.context or {}
        slots, is_off = frozenset(context.get("slots", ())), context.get("event_is_off")
        is_thanks, kind = info.field_name == "thanks", str(context.get("kind", ""))
        if found := _find_invented(text, slots, is_off, is_thanks, kind):
            raise ValueError("; ".join(found))
        return text

    @classmethod
    def read_key(cls, fields: Mapping[str, Any]) -> str:
        # Two tickets may have one subject; the same message word for word is a repeat.
        return str(fields["description"])


# Cached: later turns of a conversation repeat each other.
@lru_cache(maxsize=16_384)
def _find_invented(
    text: str, slots: frozenset[str], event_is_off: bool | None, is_thanks: bool, kind: str
) -> tuple[str, ...]:
    """Name what a text says of rows that its writer does not know, each once, the first few."""
    found = [
        *find_claims(text, event_is_off=event_is_off),
        *find_facts(text, slots, has_orders=kind == "adversarial"),
        # What is outside of the club has names of its own, which no row can belie.
        *(() if kind == "unanswerable" else find_names(text)),
        *(find_changes(text) if is_thanks else ()),
    ]
    return tuple(dict.fromkeys(found))[:_MOST_REASONS]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketStratum(Stratum):
    """The matter of a ticket, the voice in which it is told, its mood and length, and what its event is called.

    Mood, kind and length are empty in landings of a time when they were not asked for; the kind also where no event is
    meant.
    """

    category: str
    scenario: str
    tone: str
    mood: str = ""
    event_kind: str = ""
    length: str = ""

    @property
    def group(self) -> object:
        return self.category, self.scenario


def plan_tickets(context: PlanContext) -> Iterator[TicketStratum]:
    """Plan categories and scenarios by their shares, voices by chance, and moods and lengths that go with them.

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
    kinds = _list_event_kinds(seeds)
    recorded = RecordedStrata(context.recorded() if context.recorded else {})
    for position, category in enumerate(apportion_share(context, "tickets", "ticket_category"), start=1):
        tone, scenario = next(voices[category]), next(scenarios[category])
        tone = _fit_tone(scenario, tone, context, position)
        has_event = seeds.needs[seeds.scenarios[scenario].need].links_to != "user"
        kind = draw_one(kinds, seed, "tickets", position, "event kind") if has_event else ""
        own_mood = seeds.scenarios[scenario].mood
        drawn = TicketStratum(
            category=category,
            scenario=scenario,
            tone=tone,
            mood=own_mood or _draw_mood(category, tone, context, position),
            event_kind=kind,
            length=_draw_length(scenario, tone, context, position),
        )
        taken = recorded.take(drawn)
        yield taken if isinstance(taken, TicketStratum) else drawn


def _fit_tone(scenario: str, tone: str, context: PlanContext, position: int) -> str:
    """Take another voice where this one cannot show the only mood of the matter: nobody gives thanks in a fury."""
    tones, mood = context.seeds.tones, context.seeds.scenarios[scenario].mood
    if not mood or mood in tones[tone].mood_weights:
        return tone
    fitting = {name: row.weight for name, row in tones.items() if mood in row.mood_weights}
    if not fitting:
        raise SeedError(f"{context.seeds.directory / 'tones.csv'}: no tone shows the mood {mood} of {scenario}")
    return draw_weighted(fitting, context.seed, "tickets", position, "tone of the mood")


def _list_event_kinds(seeds: Seeds) -> Sequence[str]:
    """List what events of one category alone are called; dbt links a ticket that says so to one of that category."""
    return [noun for noun, categories in seeds.event_nouns.items() if len(categories) == 1]


def _draw_mood(category: str, tone: str, context: PlanContext, position: int) -> str:
    weights = context.seeds.tones[tone].mood_weights
    return _fit_mood(category, draw_weighted(weights, context.seed, "tickets", position, "mood"))


def _fit_mood(category: str, mood: str) -> str:
    return "neutral" if category == "complaint" and mood == "positive" else mood


def _draw_length(scenario: str, tone: str, context: PlanContext, position: int) -> str:
    seeds = context.seeds
    length = draw_weighted(seeds.tones[tone].length_weights, context.seed, "tickets", position, "length")
    # Two matters do not fit on a line.
    return "short" if length == "line" and seeds.scenarios[scenario].kind == "compound" else length


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


def _find_premises(stratum: TicketStratum, seeds: Seeds) -> Mapping[str, Any]:
    scenario = seeds.scenarios[stratum.scenario]
    event_is_off = seeds.needs[scenario.need].event_status == "cancelled"
    return {"event_is_off": event_is_off, "currency_slots": seeds.currency_slots, "kind": scenario.kind}


def _find_link(stratum: TicketStratum, seeds: Seeds) -> str:
    """Tell what row a ticket is about, which also names the set of its slots."""
    return seeds.needs[seeds.scenarios[stratum.scenario].need].links_to


def _describe_ticket(stratum: TicketStratum, seeds: Seeds) -> str:
    # What stands in brackets is for who reads the seed: a writer of tickets puts it into members' mouths.
    matter = _BRACKETS.sub("", seeds.scenarios[stratum.scenario].description).strip()
    mood = f"; mood: {stratum.mood}" if stratum.mood else ""
    kind = f"; kind of event: {stratum.event_kind}" if stratum.event_kind else ""
    length = f"; length: {stratum.length}" if stratum.length else ""
    return f"voice: {stratum.tone}{mood}{length}; linked to: {_find_link(stratum, seeds)}{kind}; {matter}"


def _explain_terms(strata: Sequence[TicketStratum], seeds: Seeds) -> str:
    """Say once what the items' one-word voices, moods, lengths and slot sets mean, and what the member will be told."""
    voices = [f"- {tone}: {seeds.tones[tone].description}" for tone in sorted({s.tone for s in strata})]
    moods = [f"- {mood}: {meaning}" for mood, meaning in MOODS.items() if mood in {s.mood for s in strata}]
    lengths = [f"- {length}: {words}" for length, words in LENGTHS.items() if length in {s.length for s in strata}]
    sets = {_find_link(stratum, seeds): _find_ticket_slots(stratum, seeds) for stratum in strata}
    lines = [f"- {name}: {' '.join(sorted(slots))}" for name, slots in sorted(sets.items())]
    answers = [
        f"- {join_echo(scenario)}: {answer}"
        for scenario in sorted({s.scenario for s in strata})
        if (answer := find_answer(scenario, seeds))
    ]
    sections = {
        "Voices:": voices,
        "Moods, which the first message shows whatever its voice:": moods,
        "Lengths of the first message:": lengths,
        "Slots that an item may use, by what it is linked to:": lines,
        "What the automatic answer will say, to which pushback replies; the member does not know it before:": answers,
    }
    return "\n\n".join("\n".join([heading, *rows]) for heading, rows in sections.items() if rows)


# Cached: neighbouring calls are about the same matters.
@cache
def find_answer(scenario: str, seeds: Seeds) -> str:
    """Find what the automatic answer to a scenario begins with, in words instead of slots; empty if there is none."""
    replies = (row.text for row in seeds.support_replies if row.scenario == scenario and row.role == "ai")
    text = next(replies, "")
    sentences = _SENTENCE_END.split(text)[:ANSWER_SENTENCES]
    return _SLOT.sub(lambda slot: _find_words(seeds).get(slot[1], slot[1].replace("_", " ")), " ".join(sentences))


@cache
def _find_words(seeds: Seeds) -> Mapping[str, str]:
    """Say each slot in words without a value, so that no value of another ticket can be copied."""
    policies = {row.policy: row.value if row.unit == "text" else "so many" for row in seeds.policies}
    amounts = {row.policy: "a sum" for row in seeds.policies if row.value.startswith("$")}
    counted = {row.slot: "so many" for row in seeds.slots if row.example.isdecimal()}
    return policies | amounts | counted | {"first_name": "dear member", "agent_name": "an agent"}


TICKETS = Entity(
    "tickets",
    record=TicketRecord,
    stratum=TicketStratum,
    sequence=plan_tickets,
    find_echo=lambda stratum, seeds: join_echo(stratum.scenario),
    list_echoes=lambda seeds: tuple(map(join_echo, seeds.scenarios)),
    label="subject",
    similar_by=("scenario",),
    output_tokens=145,
    refused_share=0.10,
    find_slots=_find_ticket_slots,
    find_premises=_find_premises,
    example={
        "n": 1,
        "about": "umbrella left behind",
        "subject": "Umbrella under my seat",
        "description": "I left a striped umbrella under my seat and only noticed on the train home. Does anybody "
        "at the venue keep such things?",
        "question": "What does the umbrella look like?",
        "follow_up": "It is green and white with a wooden handle, and my grandmother gave it to me.",
        "pushback": "That says nothing of lost things. Please let a person ask the cloakroom for me.",
        "thanks": "They have found it, handle and all. Thank you for asking around!",
    },
    prompt=PromptTemplate(
        version=7,
        task="Write what members of EventHub, a subscription club for event tickets, say to its support. "
        "Each is another person: they tell the facts in another order, leave out what seems plain to them, and are "
        "dry, witty, roundabout or blunt as voice and mood allow. No two say the same, no two messages begin alike, "
        "and no sentence is used twice, in whatever message. A message ends where its writer stops: without a stock "
        "ending such as 'please advise', 'let me know' or 'what should I do'. Slips of the thumb belong to the voices "
        "phone and lowercase, the grammar of another first language to non_native; the other voices write as "
        "educated people do. No message holds a digit, a weekday, or a count of days, weeks or months. "
        "Members know their own matter and no rule of EventHub: unless its item says so, no message says that "
        "something was changed, decided or promised, and none names an amount beside the slots. An event may be "
        "called what its item calls it, such as concert or game, and nothing else.",
        describe_item=_describe_ticket,
        explain_terms=_explain_terms,
    ),
)
