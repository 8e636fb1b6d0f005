"""The run: settle the goal, find what is missing, pull it, land it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from extract import progress
from extract.asked import Asked, Goal, settle_goal
from extract.config import Settings
from extract.entities import find_slots
from extract.errors import ShortBatch
from extract.jobs import Job, find_jobs
from extract.judging import Rules, Verdict, judge
from extract.landing import EntityLanding, Reply
from extract.lock import hold_landing
from extract.manifest import Manifest, name_volume, read_manifest, today, write_manifest
from extract.parquet import write_calls, write_records
from extract.plan import chunk
from extract.prompts import PROMPT_VERSIONS
from extract.providers import BatchRequest, Provider, check_model, open_provider
from extract.replies import parse_candidates
from extract.report import print_dry_run
from extract.seeds import Seeds
from extract.strata import PlanItem


def run(asked: Asked, settings: Settings) -> None:
    """Do what was asked.

    Raises:
        ExtractError: with one clear line; what landed until then stays.
    """
    check_model(settings.model)
    seeds = Seeds(settings.seeds_dir)
    manifest_path = settings.raw_dir / "manifest.json"
    # Settled before anything is made, so that wrong use leaves no trace, and again under the lock.
    goal = settle_goal(asked, settings, seeds, read_manifest(manifest_path))
    if asked.dry_run:
        print_dry_run(goal, find_jobs(goal, settings, seeds), settings.model)
        return
    with hold_landing(settings.raw_dir):
        manifest = read_manifest(manifest_path)
        goal = settle_goal(asked, settings, seeds, manifest)
        _prepare_files(goal, settings, seeds)
        jobs = find_jobs(goal, settings, seeds)
        provider = _open_checked_provider(jobs, settings, seeds)
        _clear(goal, settings)
        write_manifest(manifest_path, _next_manifest(goal, manifest, seeds))
        _pull_all(goal, jobs, provider, settings, seeds)


def _prepare_files(goal: Goal, settings: Settings, seeds: Seeds) -> None:
    """Mend what a crash has left: torn lines, and replies that were stored but not judged."""
    for entity in goal.pulled:
        landing = EntityLanding(settings.raw_dir, entity)
        for path in landing.paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        for warning in landing.mend():
            progress.warn(warning)
        for reply in () if goal.rewrite else list(landing.find_unjudged()):
            _land(reply, landing, _rules(entity, settings, seeds))


def _open_checked_provider(jobs: Sequence[Job], settings: Settings, seeds: Seeds) -> Provider | None:
    if not any(job.missing for job in jobs):
        return None
    provider = open_provider(settings, seeds)
    for job in jobs:
        if job.missing:
            provider.check(job.entity, job.plan)
    return provider


def _clear(goal: Goal, settings: Settings) -> None:
    for entity in goal.pulled if goal.rewrite else ():
        EntityLanding(settings.raw_dir, entity).clear()


def _next_manifest(goal: Goal, manifest: Manifest | None, seeds: Seeds) -> Manifest:
    return Manifest(
        as_of=today() if manifest is None or goal.rewrite else manifest.as_of,
        seed=goal.seed,
        seeds=dict(goal.seeds),
        volume=name_volume(seeds.volumes, goal.counts),
        counts=dict(goal.counts),
    )


def _pull_all(
    goal: Goal, jobs: Sequence[Job], provider: Provider | None, settings: Settings, seeds: Seeds
) -> None:
    for job in jobs:
        if job.missing and provider:
            _pull(job, provider, settings, seeds)
        else:
            progress.say(job.entity, f"{job.size:,} of {job.size:,} landed, nothing to pull")
        write_records(EntityLanding(settings.raw_dir, job.entity))
    write_calls(settings.raw_dir)
    if "reservations" in goal.entities:
        progress.say("reservations", f"{goal.counts['reservations']:,} asked; dbt makes them: dbt build")


def _pull(job: Job, provider: Provider, settings: Settings, seeds: Seeds) -> None:
    """Ask for what is missing, as often as a shortfall is left and attempts remain."""
    landing = EntityLanding(settings.raw_dir, job.entity)
    rules = _rules(job.entity, settings, seeds)
    started, calls, reasons = time.perf_counter(), 0, Counter[str]()
    before = job.size - len(job.missing)
    missing: Sequence[PlanItem] = job.missing
    with progress.show_progress(job.entity, before, job.size) as advance:
        for _ in range(settings.max_attempts):
            for request in _make_requests(missing, landing, job):
                verdict = _land(_ask(request, provider, landing), landing, rules)
                calls += 1
                reasons.update(refusal.reason for refusal in verdict.rejected)
                advance(len(verdict.accepted))
            missing = [item for item in missing if item.position not in landing.records]
            if not missing:
                break
    if missing:
        positions = [item.position for item in missing]
        raise ShortBatch(job.entity, positions, settings.max_attempts, reasons.most_common(1)[0][0])
    seconds = time.perf_counter() - started
    new = f"{len(job.missing):,} new, {calls:,} calls, {seconds:.1f} s"
    progress.say(job.entity, f"{job.size:,} of {job.size:,} landed ({new})")


def _make_requests(missing: Sequence[PlanItem], landing: EntityLanding, job: Job) -> Iterator[BatchRequest]:
    """Batch the missing items by how often they were asked, those asked least first."""
    by_attempt: dict[int, list[PlanItem]] = {}
    for item in missing:
        by_attempt.setdefault(landing.attempts[item.position] + 1, []).append(item)
    for attempt, items in sorted(by_attempt.items()):
        for batch in chunk(items, job.batch_size):
            yield BatchRequest(job.entity, batch, job.seed, attempt, tuple(landing.keys))


def _ask(request: BatchRequest, provider: Provider, landing: EntityLanding) -> Reply:
    requested_at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    completion = provider.complete(request)
    version = PROMPT_VERSIONS[request.entity]
    return landing.append_reply(request, completion, provider.name, version, requested_at)


def _land(reply: Reply, landing: EntityLanding, rules: Rules) -> Verdict:
    verdict = judge(parse_candidates(reply.text), reply.items, landing.taken, rules, reply.attempt)
    landing.append_verdict(reply, verdict)
    return verdict


def _rules(entity: str, settings: Settings, seeds: Seeds) -> Rules:
    return Rules(entity, settings.email_domains, lambda stratum: find_slots(entity, stratum, seeds))
