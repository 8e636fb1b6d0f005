"""People: names by culture from Faker, in Latin letters."""

from __future__ import annotations

from functools import cache
from typing import Any

from extract.entities.text_rules import romanize
from extract.entities.users import UserStratum
from extract.errors import SeedError
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.planning.seeds import Seeds

Answer = dict[str, object]
# Faker lists single syllables for these; most people there have a given name of two.
_TWO_SYLLABLE_LOCALES = frozenset({"vi_VN"})
_TWO_SYLLABLE_SHARE = 0.75


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
        first, last = self._name(stratum, seed, item.position, attempt // 2)
        return {"full_name": f"{first} {last}"}

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


def _call(faker: Any, *methods: str) -> str:
    """Call the first of the methods that the locale has."""
    return str(next(filter(None, (getattr(faker, name, None) for name in methods)))())


def _open_faker(locale: str) -> Any:
    # Imported here: a run that pulls no users need not load it. Only its names are needed.
    from faker import Faker

    try:
        faker = Faker(locale, providers=["faker.providers.person"], use_weighting=False)
    except AttributeError as error:
        raise SeedError(f"cultures.csv names the locale {locale}, which Faker does not have") from error
    # Asked itself, without what chooses among the generators of several locales: that takes longer than a name.
    return faker.factories[0]
