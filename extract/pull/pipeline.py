"""The run: settle the target, find what is missing, pull it, land it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.entities import PULLED
from extract.errors import ManifestMissing, UsageError
from extract.landing.lock import hold_landing
from extract.landing.manifest import MANIFEST_FILE, Manifest, read_manifest, today, write_manifest
from extract.landing.parquet import write_calls, write_records
from extract.landing.store import open_landings
from extract.planning.seeds import Model, Seeds
from extract.providers import choose_model, open_provider
from extract.providers.base import Provider
from extract.providers.catalog import describe_lifecycle
from extract.providers.limits import describe_cap
from extract.pull import progress
from extract.pull.budget import Budget
from extract.pull.dry_run import print_dry_run
from extract.pull.jobs import Job, Landings, find_jobs
from extract.pull.pull import Pull
from extract.pull.reparse import reparse
from extract.pull.request import PullRequest, PullTarget, name_volume, settle_target
from extract.replies.validate import make_rules
from extract.settings import BUNDLED, Settings


def run(request: PullRequest, settings: Settings) -> None:
    """Pull what was requested.

    Raises:
        ExtractError: with one clear line; what landed until then stays.
    """
    _check_flags(request)
    seeds = Seeds(settings.seeds_dir)
    model = choose_model(settings, seeds)
    _check_budget(request.budget, model)
    # Settled before anything is made, so that wrong use leaves no trace, and again under the lock.
    target, manifest = _settle(request, settings, seeds)
    if request.dry_run:
        print_dry_run(target, find_jobs(target, settings, seeds), model, settings, seeds)
        return
    with hold_landing(settings.raw_dir):
        target, manifest = _settle(request, settings, seeds)
        landings = open_landings(settings.raw_dir)
        _prepare_files(target, landings, settings, seeds)
        if request.reparse:
            reparse(target, settings, seeds)
            write_calls(open_landings(settings.raw_dir).values())
            return
        jobs = find_jobs(target, settings, seeds, landings)
        provider = _open_checked_provider(jobs, model, settings, seeds)
        _clear(target, landings)
        write_manifest(settings.raw_dir / MANIFEST_FILE, _next_manifest(target, manifest, seeds))
        try:
            _pull_all(jobs, provider, Budget(request.budget), settings, seeds)
        finally:
            write_calls(landings.values())
    if "reservations" in target.entities:
        progress.say("reservations", f"{target.counts['reservations']:,} requested; dbt makes them: dbt build")


def _check_flags(request: PullRequest) -> None:
    """Refuse what contradicts itself: a second reading asks nobody, and needs what has landed."""
    other = next((f for f in ("rewrite", "dry_run", "budget") if request.reparse and getattr(request, f)), None)
    if other:
        raise UsageError(f"--reparse cannot be used with --{other.replace('_', '-')}: it makes no call")


def _settle(request: PullRequest, settings: Settings, seeds: Seeds) -> tuple[PullTarget, Manifest | None]:
    path = settings.raw_dir / MANIFEST_FILE
    manifest = read_manifest(path)
    target = settle_target(request, settings, seeds, manifest)
    landings = open_landings(settings.raw_dir)
    kept = [landings[entity] for entity in PULLED if not (target.rewrite and entity in target.pulled)]
    if manifest is None and any(landing.records_path.exists() for landing in kept):
        raise ManifestMissing(path)
    return target, manifest


def _check_budget(budget: float | None, model: Model) -> None:
    if budget is not None and (model.price_in is None or model.price_out is None):
        raise UsageError(
            f"--budget {budget}: the price of this model is unknown, so no budget can be kept. Leave "
            "--budget out, or add the model to models.csv with its price."
        )


def _prepare_files(target: PullTarget, landings: Landings, settings: Settings, seeds: Seeds) -> None:
    """Mend what a crash has left: torn lines, and replies that were stored but not judged."""
    for landing in (landings[entity] for entity in target.pulled):
        for path in landing.paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        for warning in landing.mend():
            progress.warn(warning)
        rules = make_rules(landing.entity, settings.email_domains, seeds)
        for reply in () if target.rewrite else list(landing.find_unjudged()):
            landing.land(reply, rules)


def _open_checked_provider(jobs: Sequence[Job], model: Model, settings: Settings, seeds: Seeds) -> Provider | None:
    if not any(job.missing for job in jobs):
        return None
    for warning in (describe_lifecycle(model), describe_cap(model, settings)):
        if warning:
            progress.warn(warning)
    provider = open_provider(settings, seeds)
    for job in jobs:
        if job.missing:
            provider.check(job.entity, job.plan)
    return provider


def _clear(target: PullTarget, landings: Landings) -> None:
    for entity in target.pulled if target.rewrite else ():
        landings[entity].clear()


def _next_manifest(target: PullTarget, manifest: Manifest | None, seeds: Seeds) -> Manifest:
    return Manifest(
        as_of=today() if manifest is None or target.rewrite else manifest.as_of,
        seed=target.seed,
        seeds=dict(target.seeds),
        volume=name_volume(seeds.volumes, target.counts),
        counts=dict(target.counts),
    )


def _pull_all(jobs: Sequence[Job], provider: Provider | None, budget: Budget, settings: Settings, seeds: Seeds) -> None:
    for job in jobs:
        if not job.missing:
            progress.say(job.entity, f"{job.size:,} of {job.size:,} landed, nothing to pull")
            write_records(job.landing)
    open_jobs = [job for job in jobs if job.missing]
    if not provider or not open_jobs:
        return
    pull = Pull(open_jobs, provider=provider, budget=budget, settings=settings, seeds=seeds)
    try:
        pull.run()
    finally:
        # A run that is refused at its first call says so in one line.
        if provider.name != BUNDLED and pull.receipt.calls:
            print("\n".join(pull.receipt.describe()), flush=True)
