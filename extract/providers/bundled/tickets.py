"""What customers write, put together in one voice: opening, detail and closing request; a later turn and its end."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import cache
from itertools import product

from extract.entities import get_entity
from extract.entities.texts.slots import find_bad_slot
from extract.entities.tickets import TicketStratum
from extract.errors import ContentError
from extract.planning.batch import BatchRequest
from extract.planning.draws import draw_unit, shuffle
from extract.planning.plan import PlanItem, Stratum
from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content, Opening, ScenarioTexts, Voices
from extract.providers.bundled.text_pool import RecordedPool

Answer = dict[str, object]
NOTHING = ""
LOWERCASE = "lowercase"
NON_NATIVE = "non_native"
# As the var shared_question_one_in, by which dbt asks where a text has no question of its own.
SHARED_QUESTION_ONE_IN = 7
# How a tone speaks; all others speak civilly.
_VOICES_BY_TONE = {
    "terse": "short",
    "phone": "short",
    LOWERCASE: "short",
    "annoyed": "cross",
    "furious": "cross",
}
# Voices of few words say the fuller variants only once the shorter ones are used up.
_SHORT_TONES = ("terse", "phone", LOWERCASE)

Combination = tuple[Opening, str, str]


class TicketWriter:
    """Serves recorded tickets; until all is recorded, composes those that are not."""

    def __init__(self, content: Content, seeds: Seeds) -> None:
        self._recorded = RecordedPool(content, "tickets")
        self._composer = TicketComposer(content, seeds)

    def count(self, stratum: Stratum) -> int:
        """Count the different messages of a stratum."""
        return self._recorded.count(stratum) + self._composer.count(stratum)

    def write(self, request: BatchRequest) -> list[Answer]:
        """Give each item the record that was written for it, or else a composed one."""
        recorded = self._recorded.write(request)
        return [
            answer or self._composer.write(dataclasses.replace(request, items=(item,)))[0]
            for item, answer in zip(request.items, recorded, strict=True)
        ]


class TicketComposer:
    """Composes tickets; a combination of parts comes back only after all others of its scenario and tone."""

    def __init__(self, content: Content, seeds: Seeds) -> None:
        self._content, self._seeds = content, seeds
        self._combinations = cache(self._combine)

    def count(self, stratum: Stratum) -> int:
        """Count the different messages of a stratum."""
        if not isinstance(stratum, TicketStratum):
            raise TypeError(f"{stratum} is no ticket")
        texts = self._find_texts(stratum.scenario)
        openings = sum(opening.tone == stratum.tone for opening in texts.openings)
        return openings * (1 + len(texts.details)) * (1 + len(find_words(texts.asks, stratum.tone)))

    def write(self, request: BatchRequest) -> list[Answer]:
        """Write the ticket of each item; every further attempt takes the combination after."""
        return [self._write_one(item, request.seed, request.attempt) for item in request.items]

    def _write_one(self, item: PlanItem, seed: int, attempt: int) -> Answer:
        stratum = item.stratum
        if not isinstance(stratum, TicketStratum):
            raise TypeError(f"{stratum} is no ticket")
        nearest = self._rank_nearest(stratum.scenario)
        asks = find_questions(stratum, self._seeds)
        stratum = dataclasses.replace(stratum, scenario=nearest[(attempt - 1) % len(nearest)])
        texts = self._find_texts(stratum.scenario)
        turn = item.ordinal + attempt - 2
        combinations = self._combinations(stratum.scenario, stratum.tone, seed)
        opening, detail, ask = combinations[turn % len(combinations)]
        answer = {
            "subject": self._choose_subject(opening, texts, turn, seed),
            "description": join_parts(stratum.tone, opening.text, detail, ask),
            "follow_up": self._continue("follow_ups", stratum, turn, seed),
            "pushback": self._continue("pushbacks", stratum, turn, seed),
            "thanks": self._continue("thanks", stratum, turn, seed),
        }
        said = {name: lower_case(text) if stratum.tone == LOWERCASE else text for name, text in answer.items()}
        return {**said, "question": _take_turn(asks, turn, seed, stratum.scenario, "question") if asks else ""}

    def _choose_subject(self, opening: Opening, texts: ScenarioTexts, turn: int, seed: int) -> str:
        """Choose a subject that fits all openings of the voice or, twice as often as any of them, the opening's own."""
        subjects = [*find_words(texts.subjects, opening.tone), opening.subject, opening.subject]
        return _take_turn(subjects, turn, seed, texts.scenario, opening.tone, "subject")

    def _continue(self, name: str, stratum: TicketStratum, turn: int, seed: int) -> str:
        """Write a later turn; every other one ends with a tail."""
        key = (seed, stratum.scenario, stratum.tone, name)
        words = find_words(getattr(self._find_texts(stratum.scenario), name), stratum.tone)
        if stratum.tone == NON_NATIVE:
            words = getattr(self._content.tails.non_native, name, words)
        tails = find_words(getattr(self._content.tails, name), stratum.tone)
        tail = _take_turn([*tails, *[NOTHING] * len(tails)], turn, *key, "tail")
        return join_parts(stratum.tone, _take_turn(words, turn, *key), tail)

    def _find_texts(self, scenario: str) -> ScenarioTexts:
        try:
            return self._content.scenarios[self._rank_nearest(scenario)[0]]
        except (KeyError, IndexError):
            raise ContentError(f"{self._content.directory / 'tickets'} has no scenario {scenario}") from None

    def _rank_nearest(self, scenario: str) -> Sequence[str]:
        """Rank the scenarios whose texts can stand in for those of one that has none, until its own are recorded."""
        if scenario in self._content.scenarios or scenario not in self._seeds.scenarios:
            return [scenario]
        links = {name: row.links_to for name, row in self._seeds.needs.items()}
        wanted = self._seeds.scenarios[scenario]
        known = [row for name, row in self._seeds.scenarios.items() if name in self._content.scenarios]
        near = [row for row in known if row.need == wanted.need or links[row.need] == "user"]
        ranked = sorted(
            near,
            key=lambda row: (
                row.need != wanted.need,
                row.category != wanted.category,
                draw_unit(scenario, row.scenario),
            ),
        )
        return [row.scenario for row in ranked]

    def _combine(self, scenario: str, tone: str, seed: int) -> list[Combination]:
        """List all combinations of a scenario and tone in seeded order; for short voices short ones first."""
        texts = self._find_texts(scenario)
        openings = [opening for opening in texts.openings if opening.tone == tone]
        if not openings:
            raise ContentError(f"{self._content.directory / 'tickets'}: {scenario} has no opening in tone {tone}")
        details, asks = [NOTHING, *texts.details], [NOTHING, *find_words(texts.asks, tone)]
        combinations = shuffle(list(product(openings, details, asks)), seed, "tickets", scenario, tone)
        return sorted(combinations, key=lambda parts: _rank(tone, parts))


# Cached: they are the same for all tickets of a scenario.
@cache
def _list_questions(scenario: str, seeds: Seeds) -> tuple[str, ...]:
    """List what support asks back: a scenario's own questions and, each scenario others, some that fit all."""
    own = [row.text for row in seeds.support_replies if row.scenario == scenario and row.role == "asks"]
    number = sorted(seeds.scenarios).index(scenario) + 1
    shared = (row for row in seeds.support_phrases if row.kind == "asks")
    return (*own, *(row.text for row in shared if (row.variant + number) % SHARED_QUESTION_ONE_IN == 0))


def find_questions(stratum: TicketStratum, seeds: Seeds) -> list[str]:
    """Find the questions of a ticket's scenario that have no slots but its own."""
    allowed = get_entity("tickets").find_slots(stratum, seeds)
    return [text for text in _list_questions(stratum.scenario, seeds) if find_bad_slot(text, allowed) is None]


def find_words(voices: Voices, tone: str) -> list[str]:
    """Choose the words that fit a tone."""
    words: list[str] = getattr(voices, _VOICES_BY_TONE.get(tone, "civil"))
    return words or voices.civil


def join_parts(tone: str, *parts: str) -> str:
    """Join the parts of a message, beginning and ending each as its voice would."""
    said = [part for part in parts if part]
    if tone == LOWERCASE:
        return ", ".join(part.rstrip(".,") for part in said)
    begun = [part[0].upper() + part[1:] for part in said]
    return " ".join([*map(_close, begun[:-1]), begun[-1]])


def lower_case(text: str) -> str:
    """Lower everything but the slots, which keep the row's own case."""
    return re.sub(r"(\{[a-z_]+\})|([^{]+)", lambda match: match[1] or match[2].lower(), text)


def _close(part: str) -> str:
    return part if part[-1] in ".!?:)\"'…" else f"{part}."


def _rank(tone: str, parts: Combination) -> int:
    _, detail, ask = parts
    if tone not in _SHORT_TONES:
        return 0
    if tone == "terse":
        return 2 * bool(detail) + (1 if detail and ask else 0)
    return int(bool(detail) and bool(ask))


def _take_turn(texts: Sequence[str], turn: int, *key: object) -> str:
    """Take texts in shuffled rounds, so that each comes equally often and neighbors differ."""
    number, place = divmod(turn, len(texts))
    return _shuffle_round(tuple(texts), *key, number)[place]


# Cached: neighbors take their turns from one round.
@cache
def _shuffle_round(texts: tuple[str, ...], *key: object) -> list[str]:
    return shuffle(texts, *key)
