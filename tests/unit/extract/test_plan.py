from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from extract.entities import get_entity
from extract.entities.tickets import LENGTHS, MOODS
from extract.errors import ContentExhausted
from extract.paths import SEEDS_DIR
from extract.planning.apportionment import apportion
from extract.planning.plan import PlanContext, PlanItem
from extract.planning.seed_files import Cells, read_columns, read_seed_file
from extract.planning.seeds import Seeds
from tests.unit.extract.stubs import build_plan

KINDS = {name: {f"{name} a": 3, f"{name} b": 2} for name in ("music", "theater", "comedy", "art", "workshop", "sports")}
EXACT_SHARES = [
    ("venues", "category", "venue_category"),
    ("venues", "region", "venue_region"),
    ("kb_articles", "category", "article_category"),
    ("tickets", "category", "ticket_category"),
]


@pytest.fixture
def context(seeds: Seeds) -> PlanContext:
    return PlanContext(seeds=seeds, seed=42, home_city_share=0.5, kinds=lambda: KINDS)


def read_share_attributes() -> list[Cells]:
    rows = read_seed_file(SEEDS_DIR / "share_attributes.csv", read_columns()["share_attributes"])
    return [cells for _, cells in rows]


def count_values(items: list[PlanItem], field: str) -> Counter[str]:
    return Counter(item.stratum.to_dict()[field] for item in items)


@pytest.mark.parametrize("seed", [42, 7, 1])
@pytest.mark.parametrize(("entity", "field", "attribute"), EXACT_SHARES)
def test_every_prefix_holds_its_shares_as_near_as_the_seed_says(
    entity: str, field: str, attribute: str, seed: int, seeds: Seeds, context: PlanContext
) -> None:
    [row] = [cells for cells in read_share_attributes() if cells["attribute"] == attribute]
    shares = seeds.shares(attribute)
    have: Counter[str] = Counter()
    assert (row["entity"], row["dealt_by"]) == (entity, "extract")
    for size, item in enumerate(build_plan(entity, 100, replace(context, seed=seed)), start=1):
        have[item.stratum.to_dict()[field]] += 1
        off = max(abs(100 * have[value] - share * size) for value, share in shares.items())
        assert off < 100 * int(row["tolerance_rows"]), f"{size} {entity}"


def test_the_seed_names_every_share_that_the_plan_deals() -> None:
    rows = read_share_attributes()
    dealt = {(cells["entity"], cells["attribute"]) for cells in rows if cells["dealt_by"] == "extract"}
    assert dealt == {(entity, attribute) for entity, _, attribute in EXACT_SHARES}
    assert {cells["tolerance_rows"] for cells in rows if cells["dealt_by"] == "dbt"} == {"0"}
    assert {cells["dealt_by"] for cells in rows} == {"extract", "dbt"}


@pytest.mark.parametrize("entity", ["users", "venues", "events", "kb_articles", "tickets"])
def test_every_volume_is_a_prefix_of_the_largest(entity: str, seeds: Seeds, context: PlanContext) -> None:
    sizes = {counts[entity] for counts in seeds.volumes.values()}

    largest = build_plan(entity, max(sizes), context)

    for size in sizes | {1, 7}:
        assert build_plan(entity, size, context) == largest[:size]


@pytest.mark.parametrize(("entity", "field", "attribute"), EXACT_SHARES)
@pytest.mark.parametrize("volume", ["full", "portfolio", "test"])
def test_shares_are_exact_at_the_named_volumes(
    entity: str, field: str, attribute: str, volume: str, seeds: Seeds, context: PlanContext
) -> None:
    size = seeds.volumes[volume][entity]

    items = build_plan(entity, size, context)

    assert count_values(items, field) == +Counter(apportion(seeds.shares(attribute), size))


def test_another_seed_is_another_plan(seeds: Seeds, context: PlanContext) -> None:
    assert build_plan("users", 50, context) != build_plan("users", 50, PlanContext(seeds=seeds, seed=7))


def test_ordinals_count_items_of_one_stratum(context: PlanContext) -> None:
    seen: Counter[object] = Counter()

    for item in build_plan("tickets", 500, context):
        seen[item.stratum] += 1
        assert item.ordinal == seen[item.stratum]


def test_a_ticket_about_an_event_has_a_word_of_one_category_for_it(seeds: Seeds, context: PlanContext) -> None:
    for item in build_plan("tickets", 500, context):
        stratum = item.stratum.to_dict()
        has_event = seeds.needs[seeds.scenarios[stratum["scenario"]].need].links_to != "user"
        assert bool(stratum["event_kind"]) == has_event
        assert not has_event or len(seeds.event_nouns[stratum["event_kind"]]) == 1


def test_neighborhoods_repeat_for_a_category_only_when_they_must(seeds: Seeds, context: PlanContext) -> None:
    items = build_plan("venues", 50, context)

    cells = Counter((i.stratum.to_dict()["neighborhood"], i.stratum.to_dict()["category"]) for i in items)
    places = {row.neighborhood: (row.region, row.city) for row in seeds.neighborhoods}
    assert max(cells.values()) == 2  # seven music venues meet six neighborhoods of San Francisco
    assert all(
        places[i.stratum.to_dict()["neighborhood"]] == (i.stratum.to_dict()["region"], i.stratum.to_dict()["city"])
        for i in items
    )


def test_events_take_the_next_category_where_none_of_theirs_has_a_venue(seeds: Seeds) -> None:
    few = PlanContext(seeds=seeds, seed=42, kinds=lambda: KINDS, venue_categories=frozenset({"music", "art"}))

    assert set(count_values(build_plan("events", 100, few), "category")) == {"music", "art"}


def test_a_conference_venue_hosts_workshops(context: PlanContext) -> None:
    categories = count_values(build_plan("events", 500, context), "category")

    assert categories["workshop"] == 75
    assert "conference" not in categories


def test_events_of_the_test_volume_need_only_its_venues(seeds: Seeds, context: PlanContext) -> None:
    venues = count_values(build_plan("venues", 8, context), "category")
    events = count_values(build_plan("events", 20, context), "category")

    assert "sports" not in venues
    assert set(events) <= {seeds.event_categories[category] for category in venues}


def test_users_live_in_a_city_of_their_culture_or_near_the_venues(seeds: Seeds, context: PlanContext) -> None:
    cities = {city.city: city for city in seeds.cities}

    for item in build_plan("users", 1000, context):
        user = item.stratum.to_dict()
        assert cities[user["city"]].is_home_of(user["culture"]) or cities[user["city"]].is_home_of("*")


def test_scenarios_and_tones_do_not_run_in_step(seeds: Seeds, context: PlanContext) -> None:
    pairs = Counter(
        (item.stratum.to_dict()["scenario"], item.stratum.to_dict()["tone"])
        for item in build_plan("tickets", 5000, context)
    )

    planned = Counter(scenario for scenario, _ in pairs.elements())
    often = [scenario for scenario, count in planned.items() if count >= 20]
    # The rarest pairs come less than once in 5,000 tickets; sequences in step would leave out most.
    assert len(often) > 70
    assert sum(scenario in often for scenario, _ in pairs) > 0.9 * len(often) * len(seeds.tones)


def test_lengths_have_their_shares_and_fit_voice_and_matter(seeds: Seeds, context: PlanContext) -> None:
    strata = [item.stratum.to_dict() for item in build_plan("tickets", 5000, context)]
    counts = Counter(stratum["length"] for stratum in strata)

    for length, percent in {"line": 15, "short": 35, "medium": 35, "long": 15}.items():
        assert counts[length] / 50 == pytest.approx(percent, abs=2)
    assert set(counts) == set(LENGTHS)
    assert not any(s["tone"] == "terse" and s["length"] == "long" for s in strata)
    assert not any(s["tone"] == "rambling" and s["length"] == "line" for s in strata)
    assert not any(seeds.scenarios[s["scenario"]].kind == "compound" and s["length"] == "line" for s in strata)


def test_a_matter_of_one_mood_is_told_in_it_by_voices_that_have_it(seeds: Seeds) -> None:
    context = PlanContext(seeds=seeds, seed=42)
    strata = [item.stratum.to_dict() for item in build_plan("tickets", 5000, context)]
    praise = [stratum for stratum in strata if seeds.scenarios[stratum["scenario"]].mood]

    assert len(praise) >= 40
    for stratum in praise:
        assert stratum["mood"] == seeds.scenarios[stratum["scenario"]].mood
        assert stratum["mood"] in seeds.tones[stratum["tone"]].mood_weights


def test_more_articles_than_topics_name_both_numbers(context: PlanContext) -> None:
    with pytest.raises(ContentExhausted, match="120 requested, but .* at most 100"):
        build_plan("kb_articles", 120, context)


def test_a_plan_is_made_as_far_as_it_is_needed_and_is_the_same_however_it_is_read(context: PlanContext) -> None:
    asked: list[int] = []
    plan = get_entity("events").plan(300, replace(context, kinds=lambda: asked.append(1) or KINDS))

    assert not asked
    late, early = plan.pick([250, 3])
    assert [early, late] == [build_plan("events", 300, context)[position - 1] for position in (3, 250)]
    assert asked == [1]


def test_any_mood_is_asked_for_in_a_voice_that_has_it(seeds: Seeds) -> None:
    plan = [item.stratum.to_dict() for item in build_plan("tickets", 3000, PlanContext(seeds=seeds, seed=42))]

    assert {line["mood"] for line in plan if line["tone"] == "polite"} == set(MOODS)
    moods = {(line["category"], line["mood"]) for line in plan}
    assert ("complaint", "neutral") in moods and ("complaint", "positive") not in moods
