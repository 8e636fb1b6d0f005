"""People: names by culture from Faker, in Latin letters, and the addresses that people make of them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from anyascii import anyascii

from extract.entities.text_rules import romanize
from extract.entities.users import UserStratum
from extract.errors import SeedError
from extract.planning.batch import BatchRequest
from extract.planning.draws import draw_one, draw_unit, draw_weighted
from extract.planning.plan import PlanItem
from extract.planning.seeds import Seeds

Answer = dict[str, object]
# Faker lists single syllables for these; most people there have a given name of two.
_TWO_SYLLABLE_LOCALES = frozenset({"vi_VN"})
_TWO_SYLLABLE_SHARE = 0.75
# How people make an address of their name: f and l are initials, ## a number.
_PATTERNS = {
    "{first}.{last}": 30,
    "{first}{last}": 14,
    "{f}{last}": 12,
    "{first}_{last}": 7,
    "{f}.{last}": 6,
    "{last}.{first}": 5,
    "{first}{l}": 5,
    "{first}.{last}{number}": 8,
    "{first}{number}": 5,
    "{first}_{last}{number}": 3,
    "{last}{f}{number}": 2,
}
_DISTINCT_PATTERNS = {"{first}.{middle}.{last}": 4, "{first}{middle}{last}": 2, "{first}.{last}{number}": 6}
_REALISTIC_DOMAINS = {
    "gmail.com": 62,
    "yahoo.com": 10,
    "icloud.com": 9,
    "outlook.com": 9,
    "hotmail.com": 7,
    "proton.me": 3,
}


class UserWriter:
    """Writes users; the same seed, position and attempt give the same person."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._faker = cache(_open_faker)

    def write(self, request: BatchRequest) -> list[Answer]:
        """Write the user of each item."""
        return [self._write_one(item, request.seed, request.attempt) for item in request.items]

    def _write_one(self, item: PlanItem, seed: int, attempt: int) -> Answer:
        stratum = item.stratum
        if not isinstance(stratum, UserStratum):
            raise TypeError(f"{stratum} is no user")
        # Attempts 2 and 3 share a second name, 4 and 5 a third one; the odd ones tell namesakes apart.
        first, last = self._name(stratum, seed, item.position, attempt // 2)
        distinct = attempt > 1 and attempt % 2 == 1
        address = make_address(first, last, distinct, seed, item.position, attempt)
        return {"full_name": f"{first} {last}", "email": address}

    def _name(self, stratum: UserStratum, seed: int, position: int, number: int) -> tuple[str, str]:
        culture = self._seeds.cultures.get(stratum.culture)
        if culture is None:
            raise SeedError(f"{self._seeds.directory / 'cultures.csv'} has no culture {stratum.culture}")
        faker = self._faker(culture.locale)
        faker.seed_instance(f"{seed}|{position}|{number}")
        if culture.given_source == "romanized":
            first = _call(faker, f"first_romanized_name_{stratum.gender}", "first_romanized_name")
            return tidy_name(first), tidy_name(_call(faker, "last_romanized_name"))
        first = _call(faker, f"first_name_{stratum.gender}", "first_name")
        if culture.locale in _TWO_SYLLABLE_LOCALES and faker.random.random() < _TWO_SYLLABLE_SHARE:
            second = _call(faker, f"first_name_{stratum.gender}")
            first = first if first == second else f"{first} {second}"
        return tidy_name(first), tidy_name(_call(faker, f"last_name_{stratum.gender}", "last_name"))


def tidy_name(name: str) -> str:
    """Write a name in Latin letters; syllables that were one word in another script become one word again."""
    latin = romanize(name)
    if latin != name and not name.isascii() and not any(letter.isascii() and letter.isalpha() for letter in name):
        latin = latin.replace(" ", "").capitalize()
    words = (word.title() if word.isupper() else word for word in latin.split())
    return " ".join(words)


def make_address(first: str, last: str, distinct: bool, *key: object) -> str:
    """Make an e-mail address of a name; a distinct one has something that tells namesakes apart."""
    words = {
        "first": _fold(first.split()[0]),
        "last": _fold(last),
        "f": _fold(first)[:1],
        "l": _fold(last)[:1],
        "middle": draw_one("abcdefghijklmnoprstw", *key, "middle"),
        "number": _draw_number(*key),
    }
    pattern = draw_weighted(_DISTINCT_PATTERNS if distinct else _PATTERNS, *key, "pattern")
    return f"{pattern.format(**words)}@{draw_weighted(_REALISTIC_DOMAINS, *key, 'domain')}"


def _fold(name: str) -> str:
    return re.sub(r"[^a-z]", "", anyascii(name).lower())


def _draw_number(*key: object) -> str:
    """Draw a number as people choose them: a year of birth in two or four digits, or a small number."""
    year = 1958 + int(draw_unit(*key, "year") * 48)
    small = 1 + int(draw_unit(*key, "small") * 99)
    return draw_weighted({f"{year % 100:02d}": 5, str(year): 2, str(small): 3}, *key, "number")


def _call(faker: Any, *methods: str) -> str:
    """Call the first of the methods that the locale has."""
    return str(next(getattr(faker, name) for name in methods if hasattr(faker, name))())


def _open_faker(locale: str) -> Any:
    # Imported here: a run that pulls no users need not load it. Only its names are needed.
    from faker import Faker

    try:
        return Faker(locale, providers=["faker.providers.person"], use_weighting=False)
    except AttributeError as error:
        raise SeedError(f"cultures.csv names the locale {locale}, which Faker does not have") from error
