"""A stand-in for a model: reads a prompt and writes plausible records for its items."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]

FIELDS = {
    "full_name": "users",
    "address": "venues",
    "tags": "kb_articles",
    "follow_up": "tickets",
    "description": "events",
}
ONSETS = [
    "B",
    "D",
    "F",
    "G",
    "H",
    "K",
    "L",
    "M",
    "N",
    "P",
    "R",
    "S",
    "T",
    "V",
    "Br",
    "Cl",
    "Dr",
    "Gr",
    "Kr",
    "Pl",
    "St",
    "Tr",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea"]
CODAS = ["n", "r", "s", "l", "m", "t", "nd", "rt", "sk", "ll"]
ADJECTIVES = [
    "Copper",
    "Amber",
    "Quiet",
    "Crooked",
    "Velvet",
    "Salt",
    "Hollow",
    "Brass",
    "Paper",
    "Winter",
    "Lucky",
    "Distant",
    "Open",
    "Gilded",
    "Rusty",
    "Wandering",
    "Second",
    "Northern",
    "Blue",
    "Tender",
    "Electric",
    "Humble",
    "Marble",
    "Wild",
    "Golden",
    "Silent",
    "Bright",
    "Dusty",
    "Sunken",
    "Green",
]
NOUNS = [
    "Lantern",
    "Harbor",
    "Orchard",
    "Foundry",
    "Parlor",
    "Anchor",
    "Meadow",
    "Compass",
    "Ferry",
    "Kettle",
    "Sparrow",
    "Ladder",
    "Mill",
    "Cinder",
    "Garden",
    "Bell",
    "Atlas",
    "Harp",
    "Willow",
    "Trestle",
    "Beacon",
    "Cedar",
    "Button",
    "Loom",
    "Quarry",
    "Tide",
    "Furnace",
    "Hearth",
    "Signal",
    "Canyon",
]
STREETS = ["Folsom", "Valencia", "Broadway", "Telegraph", "Castro", "Almaden", "Shattuck", "Lincoln", "Park", "Mission"]
PEOPLE = [
    "sister",
    "cousin",
    "neighbor",
    "boss",
    "daughter",
    "partner",
    "uncle",
    "roommate",
    "coach",
    "father",
    "friend",
    "aunt",
]
PLACES = ["airport", "clinic", "school", "office", "station", "harbor", "library", "market", "garage", "campus"]


class Writer:
    """Writes records; now and then it says something that it has said before."""

    def __init__(self, seed: int, repeat_share: float = 0.0) -> None:
        self._random = random.Random(seed)
        self._repeat_share = repeat_share
        self._said: dict[str, list[Answer]] = {}

    def write(self, prompt: str) -> list[Answer]:
        """Write one record for each item of the prompt."""
        entity = read_entity(prompt)
        slot_sets = read_slot_sets(prompt)
        return [
            {"n": n, **self._write_one(entity, item, slot_sets), "about": read_echo(item)}
            for n, item in read_items(prompt)
        ]

    def _write_one(self, entity: str, item: str, slot_sets: dict[str, list[str]]) -> Answer:
        said = self._said.setdefault(entity, [])
        # A model repeats itself within a kind: the same initial, the same voice.
        if said and self._random.random() < self._repeat_share:
            return self._random.choice(said)
        answer = _WRITERS[entity](self, item, slot_sets)
        said.append(answer)
        return answer

    def word(self, parts: int) -> str:
        """Invent a word of some syllables."""
        syllables = [self.pick(ONSETS) + self.pick(VOWELS) for _ in range(parts)]
        return ("".join(syllables) + self.pick(CODAS)).capitalize()

    def pick(self, words: list[str] | str) -> str:
        """Pick a word."""
        return self._random.choice(words)

    def number(self, low: int, high: int) -> int:
        """Pick a number."""
        return self._random.randint(low, high)


def read_entity(prompt: str) -> str:
    """Tell what a prompt asks for by the fields it names."""
    return next(entity for field, entity in FIELDS.items() if f"- {field}: " in prompt)


def read_items(prompt: str) -> list[tuple[int, str]]:
    """Read the numbered items of a prompt."""
    listed = re.search(r"Write \d+ records, one for each item:\n(.*?)(?:\n\n|$)", prompt, re.S)
    lines = listed[1].splitlines() if listed else []
    return [(int(n), text) for n, _, text in (line.partition(". ") for line in lines) if n.isdecimal()]


def read_echo(item: str) -> str:
    """Read the words of an item that its record repeats."""
    quoted = re.match(r'"([^"]*)"', item)
    return quoted[1] if quoted else ""


def read_slot_sets(prompt: str) -> dict[str, list[str]]:
    """Read which slots the items of a prompt may use."""
    listed = re.search(r"Slots that an item may use.*?:\n(.*?)(?:\n\n|$)", prompt, re.S)
    if listed:
        pairs = (line.removeprefix("- ").split(": ", 1) for line in listed[1].splitlines())
        return {name: slots.split() for name, slots in pairs}
    lines = re.findall(r"^- .*\{\w+\}.*$", prompt, re.M)
    return {"": [slot for line in lines for slot in re.findall(r"\{(\w+)\}", line)]}


def _write_user(writer: Writer, item: str, _: dict[str, list[str]]) -> Answer:
    initial = re.search(r"initial: (\w)", item)
    start = initial[1] if initial else "A"
    tail = writer.word(1).lower() if start in "AEIOUY" else writer.pick(VOWELS) + writer.word(1).lower()
    return {"full_name": f"{start + tail} {writer.word(2)}"}


def _write_venue(writer: Writer, item: str, _: dict[str, list[str]]) -> Answer:
    name = f"The {writer.pick(ADJECTIVES)} {writer.pick(NOUNS)}"
    return {"name": name, "address": f"{writer.number(2, 2999)} {writer.pick(STREETS)} Street"}


def _write_event(writer: Writer, item: str, slots: dict[str, list[str]]) -> Answer:
    title = f"{writer.pick(ADJECTIVES)} {writer.pick(NOUNS)} and the {writer.pick(NOUNS)} of {writer.word(2)}"
    place = writer.pick(["{venue_name}", "{neighborhood}", "the old hall"])
    return {
        "title": title,
        "description": f"An evening about a {writer.pick(NOUNS).lower()} that nobody in {place} can forget. "
        f"Guests stay for the {writer.pick(ADJECTIVES).lower()} ending.",
    }


def _write_article(writer: Writer, item: str, slots: dict[str, list[str]]) -> Answer:
    topic = re.search(r"topic: (\w+)", item)
    words = (topic[1] if topic else "help").replace("_", " ")
    slot = "{" + writer.pick(slots[""]) + "}"
    return {
        "title": f"How {words} works and what to do about {writer.pick(NOUNS).lower()}s",
        "tags": [words[:30], "help", writer.pick(NOUNS).lower()],
        "content": "\n\n".join(
            f"This part is about {words}. Open My bookings, choose what you mean, and follow the steps for "
            f"the {writer.pick(NOUNS).lower()} option; {slot} is what applies."
            for _ in range(writer.number(3, 5))
        ),
    }


def _write_ticket(writer: Writer, item: str, slots: dict[str, list[str]]) -> Answer:
    about = re.search(r"linked to: (\w+)", item)
    allowed = slots.get(about[1] if about else "", [])
    thing = "{event_title}" if "event_title" in allowed else "my account"
    story = f"my {writer.pick(PEOPLE)} was at the {writer.pick(PLACES)} near the {writer.word(2).lower()}"
    return {
        "subject": f"help with {thing}",
        "description": f"Hello, {story}, and now I need help with {thing}. What can be done?",
        "question": f"Which {writer.pick(PEOPLE)} is it about, and where did it happen?",
        "follow_up": f"It is about {thing}, and {writer.pick(PEOPLE)} problems.",
        "pushback": "That did not help. I want to talk to a person.",
        "thanks": f"Thank you, my {writer.pick(PEOPLE)} will be glad.",
    }


_WRITERS: dict[str, Callable[[Writer, str, dict[str, list[str]]], Answer]] = {
    "users": _write_user,
    "venues": _write_venue,
    "events": _write_event,
    "kb_articles": _write_article,
    "tickets": _write_ticket,
}
