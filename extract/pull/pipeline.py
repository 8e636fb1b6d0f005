"""The run: settle the target, find what is missing, pull it, land it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.entities import PULLED
from extract.errors import ManifestMissing, UsageError
from extract.landing.lock import hold_landing
from extract.landing.manifest import MANIFEST_FILE, Manifest, read_manifest, today, write_manifest
from extract.landing.parquet import write_calls, write_records
from extract.landing.store import open_landings
from extract.planning.seeds import Model, Seeds, read_all
from extract.providers import choose_model, open_provider
from extract.providers.base import Provider
from extract.providers.catalog import describe_lifecycle
from extract.providers.limits import describe_cap
from extract.pull import progress
from extract.pull.budget import Budget
from extract.pull.context import RunContext
from extract.pull.jobs import Job, find_jobs
from extract.pull.request import PullRequest, name_volume, settle_target
from extract.replies.validate import make_policy
from extract.settings import BUNDLED, Settings


def run(request: PullRequest, settings: Settings) -> None:
    """Pull what was requested.

    Raises:
        ExtractError: with one clear line; what landed until then stays.
    """
    _check_flags(request)
    # All at once: a slip in what is read last would come to light when the rest has been paid for.
    read_all(settings.seeds_dir)
    seeds = Seeds(settings.seeds_dir)
    model = choose_model(settings, seeds)
    _check_budget(request.budget, model)
    # Settled before anything is made, so that wrong use leaves no trace, and again under the lock.
    context = open_run(request, settings, seeds)
    # Imported here, and the pull below: each run needs one of them, or none.
    if request.dry_run:
        from extract.pull.dry_run import print_dry_run

        print_dry_run(context, find_jobs(context), model)
        return
    with hold_landing(settings.raw_dir):
        context = open_run(request, settings, seeds)
        _prepare_files(context)
        if request.reparse:
            from extract.pull.reparse import reparse

            reparse(context)
            write_calls(open_landings(settings.raw_dir).values())
            return
        jobs = find_jobs(context)
        provider = _open_checked_provider(context, jobs, model)
        for landing in context.pulled if request.rewrite else ():
            landing.clear()
        write_manifest(settings.raw_dir / MANIFEST_FILE, _next_manifest(context))
        try:
            _pull_all(context, jobs, provider, Budget(request.budget))
        finally:
            write_calls(context.landings.values())
    if "reservations" in context.target.entities:
        count = context.target.counts["reservations"]
        progress.say("reservations", f"{count:,} requested; dbt makes them: dbt build")


def open_run(request: PullRequest, settings: Settings, seeds: Seeds) -> RunContext:
    """Settle what a run is to reach, against what the landing remembers.

    Raises:
        UsageError: the request cannot be meant.
        LandingError: the landing cannot be read.
    """
    path = settings.raw_dir / MANIFEST_FILE
    manifest, landings = read_manifest(path), open_landings(settings.raw_dir)
    target = settle_target(request, settings, seeds, manifest)
    kept = [landings[entity] for entity in PULLED if not (target.rewrite and entity in target.pulled)]
    if manifest is None and any(landing.records_path.exists() for landing in kept):
        raise ManifestMissing(path)
    return RunContext(settings=settings, seeds=seeds, manifest=manifest, target=target, landings=landings)


def _check_flags(request: PullRequest) -> None:
    """Refuse what contradicts itself: a second reading makes no call, and needs what has landed."""
    other = next((f for f in ("rewrite", "dry_run", "budget") if request.reparse and getattr(request, f)), None)
    if other:
        raise UsageError(f"--reparse cannot be used with --{other.replace('_', '-')}: it makes no call")


def _check_budget(budget: float | None, model: Model) -> None:
    if budget is not None and (model.price_in is None or model.price_out is None):
        raise UsageError(
            f"--budget {budget}: the price of this model is unknown, so no budget can be kept. Leave "
            "--budget out, or add the model to models.csv with its price."
        )


def _prepare_files(context: RunContext) -> None:
    """Mend what a crash has left: torn lines, and replies that were stored but not validated."""
    for landing in context.pulled:
        for path in landing.paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        for warning in landing.mend():
            progress.warn(warning)
        policy = make_policy(landing.entity, context.seeds)
        for reply in () if context.target.rewrite else list(landing.find_unvalidated()):
            landing.land(reply, policy)


def _open_checked_provider(context: RunContext, jobs: Sequence[Job], model: Model) -> Provider | None:
    if not any(job.missing for job in jobs):
        return None
    for warning in (describe_lifecycle(model), describe_cap(model, context.settings)):
        if warning:
            progress.warn(warning)
    provider = open_provider(context.settings, context.seeds)
    for job in jobs:
        if job.missing:
            provider.check(job.entity, job.plan)
    return provider


def _next_manifest(context: RunContext) -> Manifest:
    before, target = context.manifest, context.target
    return Manifest(
        as_of=today() if before is None or target.rewrite else before.as_of,
        seed=target.seed,
        seeds=dict(target.seeds),
        volume=name_volume(context.seeds.volumes, target.counts),
        counts=dict(target.counts),
        email_domains=context.settings.email_domains,
    )


def _pull_all(context: RunContext, jobs: Sequence[Job], provider: Provider | None, budget: Budget) -> None:
    for job in jobs:
        if not job.missing:
            progress.say(job.entity, f"{job.size:,} of {job.size:,} landed, nothing to pull")
            write_records(job.landing)
    open_jobs = [job for job in jobs if job.missing]
    if not provider or not open_jobs:
        return
    from extract.pull.pull import Pull

    pull = Pull(open_jobs, provider=provider, budget=budget, settings=context.settings, seeds=context.seeds)
    try:
        pull.run()
    finally:
        # A run that is refused at its first call says so in one line.
        if provider.name != BUNDLED and pull.receipt.calls:
            print("\n".join(pull.receipt.describe()), flush=True)
