from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from extract.entities import get_entity
from extract.entities.events import EventStratum
from extract.entities.tickets import MOODS, TicketRecord, TicketStratum
from extract.entities.users import UserStratum
from extract.entities.venues import VenueStratum
from extract.errors import ContentError, ContentExhausted, SeedError
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanContext, PlanItem, number_items
from extract.planning.seeds import Culture, Seeds
from extract.providers.bundled.content import Content
from extract.providers.bundled.provider import BundledProvider
from extract.providers.bundled.tickets import SHARED_QUESTION_ONE_IN, join_parts, lower_case
from extract.providers.bundled.users import tidy_name
from extract.settings import Settings
from tests.paths import REPO_ROOT
from tests.unit.extract.stubs import build_plan

TICKETS = """
- scenario: refund_far
  openings:
    - {tone: polite, subject: one, text: "Please refund {event_title}."}
    - {tone: polite, subject: two, text: "Kindly refund {order_id}."}
    - {tone: terse, subject: three, text: refund}
    - {tone: lowercase, subject: Four, text: "hi, {event_title} back"}
  details: [I am away., I am busy.]
  asks: {short: [pls], civil: [Can you?], cross: [NOW!]}
  subjects: {short: [five], civil: [six]}
  follow_ups: {civil: [F1., F2.]}
  pushbacks: {civil: [P1.], cross: [P2!]}
  thanks: {civil: [T1., T2., T3.], short: [t4]}
"""
TAILS = """
follow_ups: {civil: [Best.]}
pushbacks: {civil: [Please.]}
thanks: {civil: [Bye.], short: [bye]}
non_native: {pushbacks: [I want person.], thanks: [Thank you much.]}
"""
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
        ("tickets/refund.yaml", TICKETS),
        ("tails.yaml", TAILS),
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


def test_ticket_parts_are_combined_without_repeats_until_all_were_used(small: BundledProvider) -> None:
    stratum = TicketStratum(category="refund", scenario="refund_far", tone="polite")

    answers = ask(small, "tickets", list(number_items(stratum for _ in range(24))))

    # 2 openings, 2 details or none, 1 ask or none
    assert set(Counter(answer["description"] for answer in answers).values()) == {2}
    assert len({answer["description"] for answer in answers}) == 12


def test_terse_tickets_stay_terse_until_the_short_ones_are_used_up(small: BundledProvider) -> None:
    stratum = TicketStratum(category="refund", scenario="refund_far", tone="terse")

    texts = [answer["description"] for answer in ask(small, "tickets", list(number_items(stratum for _ in range(6))))]

    assert set(texts[:2]) == {"Refund", "Refund. Pls"}
    assert all("I am" in text for text in texts[2:])


@pytest.mark.parametrize(
    ("tone", "said"),
    [
        ("polite", {"T1.", "T2.", "T3.", "T1. Bye.", "T2. Bye.", "T3. Bye."}),
        ("terse", {"T4", "T4. Bye"}),
        ("lowercase", {"t4", "t4, bye"}),
    ],
)
def test_a_later_turn_speaks_in_the_voice_of_its_ticket(small: BundledProvider, tone: str, said: set[str]) -> None:
    stratum = TicketStratum(category="refund", scenario="refund_far", tone=tone)

    answers = ask(small, "tickets", [PlanItem(n, stratum, n) for n in range(1, 13)])

    assert {answer["thanks"] for answer in answers} == said


def test_a_subject_is_the_openings_own_or_one_for_all(small: BundledProvider) -> None:
    stratum = TicketStratum(category="refund", scenario="refund_far", tone="polite")

    answers = ask(small, "tickets", [PlanItem(n, stratum, n) for n in range(1, 13)])

    for answer in answers:
        own = "one" if str(answer["description"]).startswith("Please") else "two"
        assert answer["subject"] in (own, "six")
    assert {answer["subject"] for answer in answers} == {"one", "two", "six"}


def test_lowercase_tickets_keep_their_slots(small: BundledProvider) -> None:
    stratum = TicketStratum(category="refund", scenario="refund_far", tone="lowercase")

    answer = ask(small, "tickets", [PlanItem(1, stratum, 1)])[0]

    assert answer["subject"] in ("four", "five")
    assert answer["description"].startswith("hi, {event_title} back")
    assert lower_case("Hi {event_title}, NOW") == "hi {event_title}, now"


def test_parts_end_as_their_voice_would() -> None:
    assert join_parts("phone", "need a refund", "I am away.", "pls") == "Need a refund. I am away. Pls"
    assert join_parts("lowercase", "need a refund", "I am away.", "pls") == "need a refund, I am away, pls"
    assert join_parts("plain", "Only this.", "", "") == "Only this."


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
            real.check(
                entity, build_plan(entity, size, PlanContext(seeds=seeds, seed=42, home_city_share=0.5, kinds=kinds))
            )


def test_cultures_are_read_with_their_locale(seeds: Seeds) -> None:
    assert isinstance(seeds.cultures["american"], Culture)


def test_every_bundled_ticket_has_a_question_of_its_scenario_with_slots_of_its_own(
    real: BundledProvider, seeds: Seeds
) -> None:
    plan = build_plan("tickets", 400, PlanContext(seeds=seeds, seed=42))
    find_slots = get_entity("tickets").find_slots

    for item, answer in zip(plan, ask(real, "tickets", plan), strict=True):
        record = TicketRecord.model_validate(answer, context={"slots": find_slots(item.stratum, seeds)})
        assert record.question.endswith((".", "?"))
        assert record.question == answer["question"]


def test_moods_are_those_that_the_voices_show_and_nobody_complains_in_good_spirits(seeds: Seeds) -> None:
    strata = [item.stratum.to_dict() for item in build_plan("tickets", 2000, PlanContext(seeds=seeds, seed=42))]
    moods = {(stratum["category"], stratum["tone"]): stratum["mood"] for stratum in strata}

    assert {mood for (category, _), mood in moods.items() if category != "complaint"} == set(MOODS)
    assert moods["refund", "polite"] == "positive" and moods["complaint", "polite"] == "neutral"
    others = {tone: mood for (category, tone), mood in moods.items() if category != "complaint"}
    assert others == {name: tone.sentiment for name, tone in seeds.tones.items()}


def test_shared_questions_are_as_many_as_dbt_asks() -> None:
    project = yaml.safe_load((REPO_ROOT / "dbt_project.yml").read_text(encoding="utf-8"))

    assert project["vars"]["shared_question_one_in"] == SHARED_QUESTION_ONE_IN
