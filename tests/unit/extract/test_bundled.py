from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.entities.events import EventStratum
from extract.entities.users import UserStratum
from extract.entities.venues import VenueStratum
from extract.errors import ContentError, ContentExhausted, SeedError
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanContext, PlanItem, number_items
from extract.planning.seeds import Culture, Seeds
from extract.providers.bundled.content import Content
from extract.providers.bundled.provider import BundledProvider
from extract.providers.bundled.recording import RECORDED, Recording
from extract.providers.bundled.users import tidy_name
from extract.settings import Settings
from tests.unit.extract.stubs import build_plan

EVENTS = """
- {kind: funk, title: Grease, description: One. Two.}
- {kind: funk, title: Oil, description: One. Two.}
- {kind: choir, title: Songs, description: One. Two.}
"""
VENUES = """category,region,city,neighborhood,name,address
music,East Bay,Oakland,Uptown,The Reed,1 First Street
music,East Bay,Oakland,Uptown,The Oak,2 First Street
"""
UPTOWN = VenueStratum(category="music", region="East Bay", city="Oakland", neighborhood="Uptown")


@pytest.fixture
def content_dir(tmp_path: Path) -> Path:
    directory = tmp_path / "content"
    for name, text in (
        ("events/music.yaml", EVENTS),
        ("venues.csv", VENUES),
    ):
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text)
    return directory


@pytest.fixture
def small(content_dir: Path, seeds: Seeds) -> BundledProvider:
    return BundledProvider(content_dir, seeds)


@pytest.fixture(scope="module")
def real() -> BundledProvider:
    return BundledProvider(Settings().content_dir, Seeds(Settings().seeds_dir))


def ask(
    provider: BundledProvider,
    entity: str,
    items: list[PlanItem],
    attempt: int = 1,
    existing: tuple[str, ...] = (),
) -> list[dict[str, str]]:
    request = BatchRequest(entity=entity, items=tuple(items), seed=42, attempt=attempt, existing_keys=existing)
    answers: list[dict[str, str]] = json.loads(provider.complete(request).text)
    return answers


def test_answers_are_json_with_the_number_of_their_item(real: BundledProvider, seeds: Seeds) -> None:
    answers = ask(real, "users", build_plan("users", 3, PlanContext(seeds=seeds, seed=42)))

    assert [set(answer) for answer in answers] == [{"n", "about", "full_name"}] * 3
    assert [answer["n"] for answer in answers] == [1, 2, 3]


def test_a_user_depends_on_seed_position_and_attempt_alone(real: BundledProvider, seeds: Seeds) -> None:
    plan = build_plan("users", 40, PlanContext(seeds=seeds, seed=42))

    together = ask(real, "users", plan)
    alone = ask(real, "users", [plan[29]])

    assert together[29] | {"n": 1} == alone[0]
    assert ask(real, "users", [plan[29]], attempt=2) != alone


@pytest.mark.parametrize("culture", sorted(Seeds(Settings().seeds_dir).cultures))
@pytest.mark.parametrize("gender", ["female", "male"])
def test_every_culture_gives_names_of_two_words_or_more(real: BundledProvider, culture: str, gender: str) -> None:
    items = list(
        number_items(UserStratum(culture=culture, gender=gender, initial="A", city="Oakland") for _ in range(20))
    )

    for answer in ask(real, "users", items):
        assert 1 <= answer["full_name"].count(" ") <= 4
        assert answer["full_name"].replace(" ", "").replace("-", "").replace("'", "").isalpha()


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [("LI-HUA TAN", "Li-Hua Tan"), ("婷婷", "Tingting"), ("José", "José"), ("McDonald", "McDonald")],
)
def test_names_are_tidied(raw: str, tidy: str) -> None:
    assert tidy_name(raw) == tidy


def test_a_locale_that_faker_does_not_have_is_named(tmp_path: Path, content_dir: Path) -> None:
    header, line = "culture,label,locale,weight,initials,given_source", "elvish,Elvish,xx_XX,1,AEL,plain"
    (tmp_path / "cultures.csv").write_text(f"{header}\n{line}\n")
    provider = BundledProvider(content_dir, Seeds(tmp_path))

    with pytest.raises(SeedError, match="xx_XX"):
        ask(
            provider,
            "users",
            [PlanItem(1, UserStratum(culture="elvish", gender="female", initial="A", city="Oakland"), 1)],
        )


def test_each_item_of_a_stratum_gets_a_text_of_its_own(small: BundledProvider) -> None:
    funk = list(number_items(EventStratum("music", "funk") for _ in range(2)))

    assert {answer["title"] for answer in ask(small, "events", funk)} == {"Grease", "Oil"}


def test_a_taken_text_gives_way_to_the_next(small: BundledProvider) -> None:
    first = ask(small, "venues", [PlanItem(1, UPTOWN, 1)])[0]["name"]

    other = ask(small, "venues", [PlanItem(1, UPTOWN, 1)], existing=(first.casefold(),))[0]["name"]

    assert {first, other} == {"The Reed", "The Oak"}


def test_a_stratum_whose_texts_are_all_taken_comes_back_short(small: BundledProvider) -> None:
    assert ask(small, "venues", [PlanItem(1, UPTOWN, 1)], existing=("the reed", "the oak")) == [
        {"n": 1, "about": "music, Oakland"}
    ]


def test_asking_for_more_than_the_content_holds_names_both_numbers(small: BundledProvider) -> None:
    with pytest.raises(ContentExhausted, match="venues: 3 requested, but the bundled content holds at most 2"):
        small.check("venues", list(number_items(UPTOWN for _ in range(3))))


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("events/music.yaml", "- {kind: funk}", "item 0 title: Field required"),
        ("events/music.yaml", "- {kind: [", "cannot be read"),
        ("events/music.yaml", "words", "valid list"),
        ("venues.csv", "category,region\nmusic,East Bay\n", "item 0 city: Field required"),
    ],
)
def test_content_that_cannot_be_used_is_named(content_dir: Path, name: str, text: str, problem: str) -> None:
    (content_dir / name).write_text(text)

    with pytest.raises(ContentError, match=rf"{name}.*{problem}"):
        _ = (Content(content_dir).events, Content(content_dir).read_table("venues"))


def test_missing_content_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="articles holds no YAML files"):
        _ = Content(tmp_path).articles
    with pytest.raises(ContentError, match=r"venues\.csv cannot be read"):
        _ = Content(tmp_path).read_table("venues")


def test_the_bundled_content_serves_the_full_volume(real: BundledProvider, seeds: Seeds) -> None:
    kinds = Content(Settings().content_dir).count_kinds

    for entity, size in seeds.volumes["full"].items():
        if entity != "reservations":
            recorded = Recording(Settings().content_dir, entity).count_strata if entity in RECORDED else None
            context = PlanContext(seeds=seeds, seed=42, home_city_share=0.5, kinds=kinds, recorded=recorded)
            real.check(entity, build_plan(entity, size, context))


def test_cultures_are_read_with_their_locale(seeds: Seeds) -> None:
    assert isinstance(seeds.cultures["american"], Culture)
