"""The run: settle the goal, find what is missing, pull it, land it."""

from __future__ import annotations

from collections.abc import Sequence

from extract import progress
from extract.asked import Asked, Goal, settle_goal
from extract.catalogue import describe_lifecycle
from extract.config import BUNDLED, Settings
from extract.entities import PULLED
from extract.errors import ManifestMissing, UsageError
from extract.jobs import Job, Landings, find_jobs
from extract.landing import open_landings
from extract.lock import hold_landing
from extract.manifest import MANIFEST_FILE, Manifest, name_volume, read_manifest, today, write_manifest
from extract.parquet import write_calls, write_records
from extract.providers import Provider, choose_model, open_provider
from extract.pulling import Pull, land
from extract.reparsing import reparse
from extract.report import print_dry_run
from extract.seeds import Model, Seeds, read_all
from extract.spending import Purse


def run(asked: Asked, settings: Settings) -> None:
    """Do what was asked.

    Raises:
        ExtractError: with one clear line; what landed until then stays.
    """
    _check_flags(asked)
    # All at once: a slip in what is read last would come to light when the rest has been paid for.
    read_all(settings.seeds_dir)
    seeds = Seeds(settings.seeds_dir)
    model = choose_model(settings, seeds)
    _check_budget(asked.budget, model)
    # Settled before anything is made, so that wrong use leaves no trace, and again under the lock.
    goal, manifest = _settle(asked, settings, seeds)
    if asked.dry_run:
        print_dry_run(goal, find_jobs(goal, settings, seeds), model, settings, seeds)
        return
    with hold_landing(settings.raw_dir):
        goal, manifest = _settle(asked, settings, seeds)
        landings = open_landings(settings.raw_dir)
        _prepare_files(goal, landings, settings, seeds)
        if asked.reparse:
            reparse(goal, settings, seeds)
            write_calls(open_landings(settings.raw_dir).values())
            return
        jobs = find_jobs(goal, settings, seeds, landings)
        provider = _open_checked_provider(jobs, model, settings, seeds)
        _clear(goal, landings)
        write_manifest(settings.raw_dir / MANIFEST_FILE, _next_manifest(goal, manifest, seeds))
        try:
            _pull_all(jobs, provider, Purse(asked.budget), settings, seeds)
        finally:
            write_calls(landings.values())
    if "reservations" in goal.entities:
        progress.say("reservations", f"{goal.counts['reservations']:,} asked; dbt makes them: dbt build")


def _check_flags(asked: Asked) -> None:
    """Refuse what contradicts itself: a second reading asks nobody, and needs what has landed."""
    other = next((f for f in ("rewrite", "dry_run", "budget") if asked.reparse and getattr(asked, f)), None)
    if other:
        raise UsageError(f"--reparse cannot be used with --{other.replace('_', '-')}: it makes no call")


def _settle(asked: Asked, settings: Settings, seeds: Seeds) -> tuple[Goal, Manifest | None]:
    path = settings.raw_dir / MANIFEST_FILE
    manifest = read_manifest(path)
    goal = settle_goal(asked, settings, seeds, manifest)
    landings = open_landings(settings.raw_dir)
    kept = [landings[entity] for entity in PULLED if not (goal.rewrite and entity in goal.pulled)]
    if manifest is None and any(landing.records_path.exists() for landing in kept):
        raise ManifestMissing(path)
    return goal, manifest


def _check_budget(budget: float | None, model: Model) -> None:
    if budget is not None and (model.price_in is None or model.price_out is None):
        raise UsageError(
            f"--budget {budget}: the price of this model is unknown, so no budget can be kept. Leave "
            "--budget out, or add the model to models.csv with its price."
        )


def _prepare_files(goal: Goal, landings: Landings, settings: Settings, seeds: Seeds) -> None:
    """Mend what a crash has left: torn lines, and replies that were stored but not judged."""
    for landing in (landings[entity] for entity in goal.pulled):
        for path in landing.paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        for warning in landing.mend():
            progress.warn(warning)
        for reply in () if goal.rewrite else list(landing.find_unjudged()):
            land(reply, landing, settings, seeds)


def _open_checked_provider(jobs: Sequence[Job], model: Model, settings: Settings, seeds: Seeds) -> Provider | None:
    if not any(job.missing for job in jobs):
        return None
    warning = describe_lifecycle(model)
    if warning:
        progress.warn(warning)
    provider = open_provider(settings, seeds)
    for job in jobs:
        if job.missing:
            provider.check(job.entity, job.plan)
    return provider


def _clear(goal: Goal, landings: Landings) -> None:
    for entity in goal.pulled if goal.rewrite else ():
        landings[entity].clear()


def _next_manifest(goal: Goal, manifest: Manifest | None, seeds: Seeds) -> Manifest:
    return Manifest(
        as_of=today() if manifest is None or goal.rewrite else manifest.as_of,
        seed=goal.seed,
        seeds=dict(goal.seeds),
        volume=name_volume(seeds.volumes, goal.counts),
        counts=dict(goal.counts),
    )


def _pull_all(jobs: Sequence[Job], provider: Provider | None, purse: Purse, settings: Settings, seeds: Seeds) -> None:
    for job in jobs:
        if not job.missing:
            progress.say(job.entity, f"{job.size:,} of {job.size:,} landed, nothing to pull")
            write_records(job.landing)
    open_jobs = [job for job in jobs if job.missing]
    if not provider or not open_jobs:
        return
    pull = Pull(open_jobs, provider, settings, seeds, purse)
    try:
        pull.run()
    finally:
        # A run that is refused at its first call says so in one line.
        if provider.name != BUNDLED and pull.receipt.calls:
            print("\n".join(pull.receipt.describe(purse)), flush=True)
