"""What customers write, put together from an opening, a detail and a closing request in one voice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product

from extract.draws import shuffle
from extract.errors import ContentError
from extract.providers.bundled.content import Asks, Content, Opening, ScenarioTexts
from extract.strata import PlanItem, Stratum, TicketStratum

Answer = dict[str, object]
NOTHING = ""
LOWERCASE = "lowercase"
# Which closing requests fit a voice; all other tones ask civilly.
_ASKS_BY_TONE = {
    "terse": "short",
    "phone": "short",
    LOWERCASE: "short",
    "annoyed": "cross",
    "furious": "cross",
}
# Voices of few words say the fuller variants only once the shorter ones are used up.
_SHORT_TONES = ("terse", "phone", LOWERCASE)

Combination = tuple[Opening, str, str]


class TicketComposer:
    """Composes tickets; a combination of parts comes back only after all others of its scenario and tone."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._combinations = cache(self._combine)

    def count(self, stratum: Stratum) -> int:
        """Count the different messages of a stratum."""
        if not isinstance(stratum, TicketStratum):
            raise TypeError(f"{stratum} is no ticket")
        texts = self._find_texts(stratum.scenario)
        openings = sum(opening.tone == stratum.tone for opening in texts.openings)
        return openings * (1 + len(texts.details)) * (1 + len(find_asks(texts.asks, stratum.tone)))

    def write(self, item: PlanItem, seed: int, attempt: int) -> Answer:
        """Write the ticket of one plan item; every further attempt takes the combination after."""
        stratum = item.stratum
        if not isinstance(stratum, TicketStratum):
            raise TypeError(f"{stratum} is no ticket")
        texts = self._find_texts(stratum.scenario)
        turn = item.ordinal + attempt - 2
        combinations = self._combinations(stratum.scenario, stratum.tone, seed)
        opening, detail, ask = combinations[turn % len(combinations)]
        key = (seed, stratum.scenario, stratum.tone)
        answer = {
            "subject": opening.subject,
            "description": join_parts(stratum.tone, opening.text, detail, ask),
            "follow_up": _take_turn(texts.follow_ups, turn, *key, "follow_up"),
            "pushback": _take_turn(texts.pushbacks, turn, *key, "pushback"),
            "thanks": _take_turn(texts.thanks, turn, *key, "thanks"),
        }
        return {
            name: lower_case(text) if stratum.tone == LOWERCASE else text for name, text in answer.items()
        }

    def _find_texts(self, scenario: str) -> ScenarioTexts:
        try:
            return self._content.scenarios[scenario]
        except KeyError:
            raise ContentError(f"{self._content.directory / 'tickets'} has no scenario {scenario}") from None

    def _combine(self, scenario: str, tone: str, seed: int) -> list[Combination]:
        """List all combinations of a scenario and tone in seeded order; for short voices short ones first."""
        texts = self._find_texts(scenario)
        openings = [opening for opening in texts.openings if opening.tone == tone]
        if not openings:
            raise ContentError(
                f"{self._content.directory / 'tickets'}: {scenario} has no opening in tone {tone}"
            )
        details, asks = [NOTHING, *texts.details], [NOTHING, *find_asks(texts.asks, tone)]
        combinations = shuffle(list(product(openings, details, asks)), seed, "tickets", scenario, tone)
        return sorted(combinations, key=lambda parts: _rank(tone, parts))


def find_asks(asks: Asks, tone: str) -> list[str]:
    """Choose the closing requests that fit a voice."""
    chosen: list[str] = getattr(asks, _ASKS_BY_TONE.get(tone, "civil"))
    return chosen


def join_parts(tone: str, opening: str, detail: str, ask: str) -> str:
    """Join the parts of a message, ending each as its voice would."""
    parts = [part for part in (opening, detail, ask) if part]
    if tone != LOWERCASE:
        return " ".join(_close(part) for part in parts[:-1]) + (" " if parts[1:] else "") + parts[-1]
    return ", ".join(part.rstrip(".,") for part in parts)


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
    """Deal texts in shuffled rounds, so that each comes equally often and neighbors differ."""
    number, place = divmod(turn, len(texts))
    return shuffle(texts, *key, number)[place]
