"""Jobs: what is missing of each entity, checked before the first call."""

from __future__ import annotations

from dataclasses import dataclass

from extract.asked import Goal
from extract.config import Settings
from extract.entities import UPSTREAM
from extract.errors import MissingUpstream
from extract.landing import EntityLanding
from extract.plan import PlanContext, build_plan
from extract.providers.bundled.content import Content
from extract.seeds import Seeds
from extract.strata import PlanItem


@dataclass(frozen=True)
class Job:
    """The pull of one entity.

    Attributes:
        entity: what is pulled.
        size: rows asked.
        seed: the plan's seed.
        batch_size: records per call.
        plan: the plan's first `size` items; empty where nothing is missing.
        missing: those of them that have not landed, in plan order.
    """

    entity: str
    size: int
    seed: int
    batch_size: int
    plan: tuple[PlanItem, ...]
    missing: tuple[PlanItem, ...]

    @property
    def calls(self) -> int:
        """Calls needed if every reply is complete."""
        return -(-len(self.missing) // self.batch_size)


def find_jobs(goal: Goal, settings: Settings, seeds: Seeds) -> list[Job]:
    """Find what is missing of each entity of the run, in dependency order.

    Raises:
        MissingUpstream: an entity has rows to pull and what they depend on is neither landed nor in this run.
    """
    return [_find_job(entity, goal, settings, seeds) for entity in goal.pulled]


def _find_job(entity: str, goal: Goal, settings: Settings, seeds: Seeds) -> Job:
    size, seed, batch_size = goal.counts[entity], goal.seeds[entity], seeds.batch_sizes[entity]
    landed = {} if goal.rewrite else EntityLanding(settings.raw_dir, entity).records
    if all(position in landed for position in range(1, size + 1)):
        return Job(entity, size, seed, batch_size, (), ())
    plan = tuple(build_plan(entity, size, _plan_context(entity, goal, settings, seeds)))
    missing = tuple(item for item in plan if item.position not in landed)
    return Job(entity, size, seed, batch_size, plan, missing)


def _plan_context(entity: str, goal: Goal, settings: Settings, seeds: Seeds) -> PlanContext:
    context = PlanContext(seeds, goal.seeds[entity], settings.home_city_share)
    if entity != "events":
        return context
    return PlanContext(
        seeds,
        context.seed,
        kinds=Content(settings.content_dir).count_kinds(),
        venue_categories=_find_venue_categories(goal, settings, seeds),
    )


def _find_venue_categories(goal: Goal, settings: Settings, seeds: Seeds) -> frozenset[str]:
    """Find the categories of the venues that will stand when events are pulled.

    Only events are checked for what they depend on: a ticket's words name rows by slots, which dbt fills, so
    tickets can be pulled before users and reservations, as guide §10 has it, or without them.
    """
    upstream = UPSTREAM["events"]
    count = goal.counts[upstream]
    in_run = upstream in goal.entities
    landing = EntityLanding(settings.raw_dir, upstream)
    landed = {} if in_run and goal.rewrite else landing.records
    categories = {p: str(line.get("category")) for p, line in landed.items() if p <= count}
    if in_run:
        planned = build_plan(upstream, count, PlanContext(seeds, goal.seeds[upstream]))
        categories = {item.position: item.stratum.to_dict()["category"] for item in planned} | categories
    if not categories:
        raise MissingUpstream("events", upstream, settings.raw_dir / f"{upstream}.parquet")
    return frozenset(categories.values())
