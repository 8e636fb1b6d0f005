"""Jobs: what is missing of each entity, checked before the first call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from extract.entities import get_entity
from extract.errors import MissingUpstream
from extract.landing.store import EntityLanding, open_landings
from extract.planning.plan import Plan, PlanContext, PlanItem
from extract.planning.seeds import Seeds
from extract.pull.request import PullTarget
from extract.settings import Settings

Landings = Mapping[str, EntityLanding]


@dataclass(frozen=True)
class Job:
    """The pull of one entity.

    Attributes:
        entity: what is pulled.
        size: rows requested.
        seed: the plan's seed.
        batch_size: records per call.
        landing: where they land.
        plan: the plan's first `size` items.
        missing: the positions of those that have not landed, in rising order.
    """

    entity: str
    size: int
    seed: int
    batch_size: int
    landing: EntityLanding
    plan: Plan
    missing: Sequence[int]

    @property
    def calls(self) -> int:
        """Calls needed if every reply is complete."""
        return -(-len(self.missing) // self.batch_size)

    def pick(self, positions: Iterable[int]) -> tuple[PlanItem, ...]:
        """Give the plan's items of some positions."""
        return self.plan.pick(positions)


def find_jobs(target: PullTarget, settings: Settings, seeds: Seeds, landings: Landings | None = None) -> list[Job]:
    """Find what is missing of each entity of the run, in dependency order.

    Raises:
        MissingUpstream: an entity has rows to pull and what they depend on is neither landed nor in this run.
    """
    opened = landings or open_landings(settings.raw_dir)
    return [_find_job(opened[entity], target, settings, seeds, opened) for entity in target.pulled]


def _find_job(landing: EntityLanding, target: PullTarget, settings: Settings, seeds: Seeds, landings: Landings) -> Job:
    entity = landing.entity
    size, seed, batch_size = target.counts[entity], target.seeds[entity], seeds.batch_sizes[entity]
    landed = {} if target.rewrite else landing.records
    missing = [position for position in range(1, size + 1) if position not in landed]
    context = _plan_context(entity, target, settings, seeds, landings) if missing else PlanContext(seeds, seed)
    plan = get_entity(entity).plan(size if missing else 0, context)
    job = Job(entity, size, seed, batch_size, landing, plan, missing)
    # The first batch is planned at once, so that seeds which say nothing useful are told of before any call.
    job.pick(missing[:batch_size] if not get_entity(entity).upstream else ())
    return job


def _plan_context(entity: str, target: PullTarget, settings: Settings, seeds: Seeds, landings: Landings) -> PlanContext:
    if entity != "events":
        return PlanContext(seeds, target.seeds[entity], settings.home_city_share)
    venue_categories = _find_venue_categories(target, seeds, landings)
    return PlanContext(
        seeds, target.seeds[entity], kinds=partial(count_kinds, settings), venue_categories=venue_categories
    )


def count_kinds(settings: Settings) -> dict[str, dict[str, int]]:
    """Count the kinds of events that the bundled texts are about, by category."""
    # Imported here, when the first event is planned: by then calls are in flight.
    from extract.providers.bundled.content import Content

    return Content(settings.content_dir).count_kinds()


def _find_venue_categories(target: PullTarget, seeds: Seeds, landings: Landings) -> frozenset[str]:
    """Find the categories of the venues that will stand when events are pulled.

    Only events are checked for what they depend on: a ticket's words name rows by slots, which dbt fills, so
    tickets can be pulled before users and reservations, as guide §10 has it, or without them.
    """
    upstream = get_entity("events").upstream
    count = target.counts[upstream]
    in_run = upstream in target.entities
    landing = landings[upstream]
    landed = {} if in_run and target.rewrite else landing.records
    categories = {p: str(line.get("category")) for p, line in landed.items() if p <= count}
    if in_run:
        planned = get_entity(upstream).plan(count, PlanContext(seeds, target.seeds[upstream]))
        categories = {item.position: item.stratum.to_dict()["category"] for item in planned} | categories
    if not categories:
        raise MissingUpstream("events", upstream, landing.raw_dir / f"{upstream}.parquet")
    return frozenset(categories.values())
