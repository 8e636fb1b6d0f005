"""Jobs: what is missing of each entity, checked before the first call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from extract.entities import get_entity
from extract.errors import MissingUpstream
from extract.landing.store import EntityLanding
from extract.planning.plan import Plan, PlanContext, PlanItem, Stratum
from extract.pull.context import RunContext
from extract.settings import BUNDLED, Settings


@dataclass(frozen=True, kw_only=True)
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


def find_jobs(context: RunContext) -> list[Job]:
    """Find what is missing of each entity of the run, in dependency order.

    Raises:
        MissingUpstream: an entity has rows to pull and what they depend on is neither landed nor in this run.
    """
    return [_find_job(landing, context) for landing in context.pulled]


def _find_job(landing: EntityLanding, context: RunContext) -> Job:
    entity, target = get_entity(landing.entity), context.target
    size, seed = target.counts[entity.name], target.seeds[entity.name]
    batch_size = context.seeds.batch_sizes[entity.name]
    landed = {} if target.rewrite else landing.records
    missing = [position for position in range(1, size + 1) if position not in landed]
    plan_context = _make_plan_context(entity.name, context) if missing else PlanContext(seeds=context.seeds, seed=seed)
    plan = entity.plan(size if missing else 0, plan_context)
    job = Job(
        entity=entity.name, size=size, seed=seed, batch_size=batch_size, landing=landing, plan=plan, missing=missing
    )
    # The first batch is planned at once, so that seeds which say nothing useful are told of before any call.
    job.pick(missing[:batch_size] if not entity.upstream else ())
    return job


def _make_plan_context(entity: str, context: RunContext) -> PlanContext:
    settings, seeds, seed = context.settings, context.seeds, context.target.seeds[entity]
    if entity != "events":
        is_bundled = settings.model == BUNDLED
        return PlanContext(
            seeds=seeds,
            seed=seed,
            home_city_share=settings.home_city_share,
            recorded=partial(count_recorded, settings, entity) if is_bundled else None,
        )
    venue_categories = _find_venue_categories(context)
    return PlanContext(seeds=seeds, seed=seed, kinds=partial(count_kinds, settings), venue_categories=venue_categories)


def count_kinds(settings: Settings) -> dict[str, dict[str, int]]:
    """Count the kinds of events that the bundled texts are about, by category."""
    # Imported here, when the first event is planned: by then calls are in flight.
    from extract.providers.bundled.content import Content

    return Content(settings.content_dir).count_kinds()


def count_recorded(settings: Settings, entity: str) -> Mapping[Stratum, int]:
    """Count the recorded texts of an entity by what they were written for."""
    from extract.providers.bundled.recording import read_recording

    return read_recording(settings.content_dir, entity).count_strata()


def _find_venue_categories(context: RunContext) -> frozenset[str]:
    """Find the categories of the venues that will stand when events are pulled.

    Only events are checked for what they depend on: a ticket's words name rows by slots, which dbt fills, so
    tickets can be pulled before the users, or without them (requirements: pull-order).
    """
    upstream, target = get_entity("events").upstream, context.target
    count = target.counts[upstream]
    in_run = upstream in target.entities
    landing = context.landings[upstream]
    landed = {} if in_run and target.rewrite else landing.records
    categories = {p: str(line.get("category")) for p, line in landed.items() if p <= count}
    if in_run:
        planned = get_entity(upstream).plan(count, PlanContext(seeds=context.seeds, seed=target.seeds[upstream]))
        categories = {item.position: item.stratum.to_dict()["category"] for item in planned} | categories
    if not categories:
        raise MissingUpstream("events", upstream, landing.raw_dir / f"{upstream}.parquet")
    return frozenset(categories.values())
