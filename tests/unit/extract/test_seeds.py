from __future__ import annotations

from pathlib import Path

import pytest

from extract.entities import COUNTED, PULLED, get_entity
from extract.entities.events import EventStratum
from extract.entities.kb_articles import ArticleStratum
from extract.entities.tickets import TicketStratum
from extract.entities.users import UserStratum
from extract.errors import SeedError
from extract.planning.seeds import Seeds


def test_every_entity_has_its_numbers(seeds: Seeds) -> None:
    assert set(seeds.volumes) == {"full", "portfolio", "test"}
    assert all(set(counts) == set(COUNTED) for counts in seeds.volumes.values())
    assert set(seeds.batch_sizes) == set(PULLED)


def test_seeds_answer_for_each_other(seeds: Seeds) -> None:
    home_cultures = {culture for city in seeds.cities for culture in city.cultures.split()} - {"*"}

    assert {scenario.need for scenario in seeds.scenarios.values()} <= set(seeds.needs)
    assert {scenario.category for scenario in seeds.scenarios.values()} == set(seeds.shares("ticket_category"))
    assert {place.region for place in seeds.neighborhoods} == set(seeds.shares("venue_region"))
    assert set(seeds.event_categories) == set(seeds.shares("venue_category"))
    assert home_cultures <= set(seeds.cultures)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "cannot be read"),
        ("entity,batch_size\n", "holds no rows"),
        ("entity,batch_size\nusers,many\n", "batch_sizes.csv:2 column batch_size"),
        ("entity\nusers\n", "batch_sizes.csv:1 has no column batch_size"),
        ("entity,batch_size\nusers,0\n", "batch_sizes.csv:2 column batch_size: '0' is no whole number of 1 or more"),
    ],
)
def test_a_seed_that_cannot_be_used_is_named(tmp_path: Path, text: str | None, problem: str) -> None:
    if text is not None:
        (tmp_path / "batch_sizes.csv").write_text(text)

    with pytest.raises(SeedError, match=problem):
        _ = Seeds(tmp_path).batch_sizes


def test_an_unknown_attribute_is_named(seeds: Seeds) -> None:
    with pytest.raises(SeedError, match="no rows for attribute shoe_size"):
        seeds.shares("shoe_size")


def test_slots_follow_what_a_text_is_linked_to(seeds: Seeds) -> None:
    linked = get_entity("tickets").find_slots(
        TicketStratum(category="refund", scenario="refund_far", tone="plain"), seeds
    )
    unlinked = get_entity("tickets").find_slots(
        TicketStratum(category="technical", scenario="tech_login_failed", tone="plain"), seeds
    )

    assert {"order_id", "event_title", "email"} <= linked
    assert "email" in unlinked
    assert not {"order_id", "event_title"} & unlinked


def test_slots_differ_by_entity(seeds: Seeds) -> None:
    assert get_entity("events").find_slots(EventStratum("music", "funk"), seeds) == {
        "venue_name",
        "city",
        "neighborhood",
    }
    article = ArticleStratum("refund_policy", "policy")
    assert "refund_processing_days" in get_entity("kb_articles").find_slots(article, seeds)
    assert (
        get_entity("users").find_slots(
            UserStratum(culture="american", gender="female", initial="A", city="Oakland"), seeds
        )
        == frozenset()
    )
