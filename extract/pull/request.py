"""What is requested of one run, settled against what the landing remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.entities import COUNTED, PULLED
from extract.errors import SeedError, UsageError
from extract.landing.manifest import MOST_ROWS, Manifest
from extract.planning.seeds import Seeds
from extract.settings import Settings

DEFAULT_VOLUME = "full"
CUSTOM = "custom"


@dataclass(frozen=True, kw_only=True)
class PullRequest:
    """The command line, read but not yet checked against seeds and landing."""

    entities: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    volume: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    seed: int | None = None
    rewrite: bool = False
    dry_run: bool = False
    budget: float | None = None
    reparse: bool = False


@dataclass(frozen=True, kw_only=True)
class PullTarget:
    """What the run is to reach.

    Attributes:
        entities: the entities of this run, in dependency order; may hold reservations.
        counts: rows requested of every entity, also of those that this run leaves out.
        seed: the plan's seed for entities that have not landed.
        seeds: the plan's seed by entity.
        rewrite: pull the entities again from nothing.
    """

    entities: tuple[str, ...]
    counts: Mapping[str, int]
    seed: int
    seeds: Mapping[str, int]
    rewrite: bool

    @property
    def pulled(self) -> tuple[str, ...]:
        return tuple(entity for entity in self.entities if entity in PULLED)


def settle_target(request: PullRequest, settings: Settings, seeds: Seeds, manifest: Manifest | None) -> PullTarget:
    """Settle entities, counts and seeds.

    Raises:
        UsageError: a word, a volume, a count or the seed cannot be meant.
        SeedError: the seeds lack a number of an entity.
    """
    entities = choose_entities(request.entities, request.skip)
    _check_volume(request.volume, seeds)
    _check_numbers(request.volume or DEFAULT_VOLUME, seeds)
    _check_counts(request.counts, settings.max_rows)
    remembered = manifest.counts if manifest else None
    counts = choose_counts(seeds.volumes, remembered, entities=entities, volume=request.volume, counts=request.counts)
    seed = request.seed if request.seed is not None else manifest.seed if manifest else settings.seed
    known = manifest.seeds if manifest else {}
    target = PullTarget(entities=entities, counts=counts, seed=seed, seeds=known, rewrite=request.rewrite)
    return replace(target, seeds=_settle_seeds(target, request.seed))


def choose_entities(named: Sequence[str], skipped: Sequence[str]) -> tuple[str, ...]:
    """Order what the caller named (or everything), less what is skipped, by dependency.

    Raises:
        UsageError: a word is no entity, or nothing is left.
    """
    for word in (*named, *skipped):
        if word not in COUNTED:
            raise UsageError(f"unknown entity {word!r}; entities are: {', '.join(COUNTED)}")
    chosen = tuple(name for name in COUNTED if name in (named or COUNTED) and name not in skipped)
    if not chosen:
        raise UsageError("nothing is left to pull: every entity named is skipped too")
    return chosen


def choose_counts(
    volumes: Mapping[str, Mapping[str, int]],
    remembered: Mapping[str, int] | None,
    *,
    entities: Sequence[str],
    volume: str | None,
    counts: Mapping[str, int],
) -> dict[str, int]:
    """Settle the rows requested of every entity.

    A fresh landing starts from the volume requested (or `full`) for all entities. Later on only the entities of
    this run change: to the volume requested, or else to what is remembered. Single counts win over both.

    Raises:
        UsageError: a count belongs to an entity that this run leaves out.
    """
    stray = [name for name in counts if name not in entities]
    if stray:
        raise UsageError(f"--count {stray[0]}={counts[stray[0]]}: {stray[0]} are not part of this run")
    requested = volumes[volume or DEFAULT_VOLUME]
    start = remembered or requested
    changed = {name: requested[name] for name in entities} if volume else {}
    return {name: {**requested, **start, **changed, **counts}[name] for name in COUNTED}


def name_volume(volumes: Mapping[str, Mapping[str, int]], counts: Mapping[str, int]) -> str:
    """Name the volume that these counts are, or `custom`."""
    return next((name for name, known in volumes.items() if dict(known) == dict(counts)), CUSTOM)


def _check_volume(volume: str | None, seeds: Seeds) -> None:
    if volume is not None and volume not in seeds.volumes:
        raise UsageError(f"unknown volume {volume!r}; volumes are: {', '.join(seeds.volumes)}")
    if DEFAULT_VOLUME not in seeds.volumes:
        raise UsageError(f"{seeds.directory / 'volumes.csv'} has no volume {DEFAULT_VOLUME}")


def _check_numbers(volume: str, seeds: Seeds) -> None:
    for name in COUNTED:
        if name not in seeds.volumes[volume]:
            raise SeedError(f"{seeds.directory / 'volumes.csv'} has no row of volume {volume} for {name}")
        if name in PULLED and name not in seeds.batch_sizes:
            raise SeedError(f"{seeds.directory / 'batch_sizes.csv'} has no row for {name}")


def _check_counts(counts: Mapping[str, int], most: int) -> None:
    for entity, count in counts.items():
        # dbt makes the reservations; its vars allow no more either.
        highest = most if entity in PULLED else MOST_ROWS
        if not 1 <= count <= highest:
            raise UsageError(f"--count {entity}={count}: a count is at least 1 and at most {highest}")


def _settle_seeds(target: PullTarget, requested: int | None) -> dict[str, int]:
    """Keep the seed under which an entity was landed: half of one plan and half of another hold no shares."""
    settled = dict(target.seeds)
    for entity in target.pulled:
        before = settled.get(entity, target.seed)
        if requested not in (None, before) and not target.rewrite:
            raise UsageError(
                f"--seed {requested}: {entity} were landed with seed {before}. Leave --seed out to go on, "
                f"or add --rewrite to pull them again."
            )
        settled[entity] = before if requested is None else requested
    return settled
