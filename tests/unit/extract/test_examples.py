"""The example record of each entity: valid, and of a kind that is never asked for."""

from __future__ import annotations

import pytest

from extract.entities import PULLED, get_entity
from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content
from extract.settings import Settings


@pytest.mark.parametrize("entity", PULLED)
def test_an_example_is_a_whole_record(entity: str) -> None:
    example = get_entity(entity).example
    context = {"slots": frozenset()}
    record = get_entity(entity).record.model_validate(example, context=context)

    assert list(example) == ["n", "about", *record.model_dump()]


@pytest.mark.parametrize("entity", PULLED)
def test_an_example_is_of_a_kind_that_is_never_asked_for(entity: str, seeds: Seeds) -> None:
    kinds = {kind for kinds in Content(Settings().content_dir).count_kinds().values() for kind in kinds}
    cities = {place.city for place in seeds.neighborhoods}
    echoed = str(get_entity(entity).example["about"])

    assert echoed not in get_entity(entity).list_echoes(seeds)
    assert not {*echoed.split(", ")} & (kinds | cities | set(seeds.event_categories))
