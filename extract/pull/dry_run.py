"""The dry run: what a run would do and cost (requirements: cost-before-the-first-call)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from extract.planning.batch import BatchRequest
from extract.planning.seeds import Model
from extract.prompts.build import build_prompt
from extract.prompts.structure import list_structures
from extract.prompts.tokens import estimate_tokens
from extract.providers.catalog import describe_lifecycle, price_call
from extract.providers.limits import describe_cap, limit_output
from extract.pull.backlog import learn_tokens
from extract.pull.context import RunContext
from extract.pull.jobs import Job
from extract.pull.refusals import learn_refused_share
from extract.replies.redact import redact
from extract.settings import BUNDLED

_WIDTHS = (12, 12, 12, 14, 16, 16)
_HEADER = ("entity", "requested", "landed", "missing", "calls", "tokens", "cost")


@dataclass(frozen=True)
class Estimate:
    """What the missing records of an entity would take."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True)
class Range:
    """What they take if nothing is refused, and if as much is as expected.

    Attributes:
        best: if every record is accepted.
        expected: if the share that is expected is refused and asked for again.
        refused_share: that share.
    """

    best: Estimate
    expected: Estimate
    refused_share: float = 0.0


def print_dry_run(context: RunContext, jobs: Sequence[Job], model: Model) -> None:
    """Print rows requested, landed and missing, and the calls, tokens and cost that the missing ones take."""
    ranges = [estimate_job(job, model, context) for job in jobs]
    rows = [_describe_job(job, estimated, model) for job, estimated in zip(jobs, ranges, strict=True)]
    if jobs:
        rows.append(_describe_total(jobs, ranges, model))
    if "reservations" in context.target.entities:
        rows.append(("reservations", f"{context.target.counts['reservations']:,}", "", "", "", "", "made by dbt"))
    print(_describe_model(model))
    for row in (_HEADER, *rows):
        print(_format(row))
    shares = [
        f"{job.entity} {part.refused_share:.0%}" for job, part in zip(jobs, ranges, strict=True) if part.best.calls
    ]
    if model.model_id != BUNDLED and shares:
        print(f"ranges: from nothing refused to as much as expected, which is asked for again: {', '.join(shares)}")
    if jobs and not any(job.missing for job in jobs):
        print("nothing is missing; with --rewrite the plan is that of all rows")
    for warning in (describe_lifecycle(model), describe_cap(model, context.settings)):
        if warning:
            print(warning)


def estimate_job(job: Job, model: Model, context: RunContext) -> Range:
    """Estimate an entity from what its records took so far, or else from what is stated for them."""
    if model.model_id == BUNDLED or not job.missing:
        needed = Estimate(calls=job.calls)
        return Range(needed, needed)
    name = redact(model.model_id)
    meter, share = learn_tokens(job.landing, name), learn_refused_share(job.landing, name)
    size = meter.fit(limit_output(model, context.settings), job.batch_size)
    request = BatchRequest(entity=job.entity, items=job.pick(job.missing[:size]), seed=job.seed, attempt=1)
    # The list of what exists already grows while a run goes on; half of it is what a call has on average.
    listed = context.settings.avoid_limit // 2 * 6
    prompt = estimate_tokens(build_prompt(request, context.seeds, 0, list_structures(model)[0]).sent) + listed

    def estimate(records: float) -> Estimate:
        calls = math.ceil(records / size)
        return Estimate(calls, calls * prompt, round(records * meter.per_record) + round(calls * meter.fixed))

    return Range(estimate(len(job.missing)), estimate(len(job.missing) / (1 - share)), share)


def _describe_model(model: Model) -> str:
    if model.model_id == BUNDLED:
        return f"model: {BUNDLED} (no call leaves this machine)"
    price = "price unknown"
    if model.price_in is not None and model.price_out is not None:
        price = f"${model.price_in:g} in, ${model.price_out:g} out per 1M tokens ({model.price_date})"
    name = f"{model.alias}, {model.model_id}" if model.alias else model.model_id
    return f"model: {redact(name)}; {price}; tokens and cost are estimates"


def _describe_job(job: Job, estimated: Range, model: Model) -> tuple[str, ...]:
    landed = job.size - len(job.missing)
    counts = (job.size, landed, len(job.missing))
    return (job.entity, *(f"{n:,}" for n in counts), *_describe_ranges([estimated], model))


def _describe_total(jobs: Sequence[Job], ranges: Sequence[Range], model: Model) -> tuple[str, ...]:
    requested, missing = sum(job.size for job in jobs), sum(len(job.missing) for job in jobs)
    return ("total", *(f"{n:,}" for n in (requested, requested - missing, missing)), *_describe_ranges(ranges, model))


def _describe_ranges(ranges: Sequence[Range], model: Model) -> tuple[str, str, str]:
    """Describe calls, tokens and cost, each from the best to the expected."""
    sides = [[part.best for part in ranges], [part.expected for part in ranges]]
    calls = [f"{sum(part.calls for part in side):,}" for side in sides]
    tokens = [_round(sum(part.input_tokens + part.output_tokens for part in side)) for side in sides]
    costs = [_describe_cost(side, model) for side in sides]
    return _join(*calls), _join(*tokens), _join(*costs)


def _join(best: str, expected: str) -> str:
    return best if best == expected else f"{best}-{expected.lstrip('~$')}"


def _describe_cost(estimates: Sequence[Estimate], model: Model) -> str:
    if model.model_id == BUNDLED:
        return "free"
    costs = [price_call(model, estimate.input_tokens, estimate.output_tokens) for estimate in estimates]
    known = [cost for cost in costs if cost is not None]
    return f"~${sum(known):,.2f}" if len(known) == len(costs) else "unknown"


def _round(tokens: int) -> str:
    return f"{tokens / 1000:,.0f}K" if tokens >= 1000 else f"{tokens}"


def _format(row: tuple[str, ...]) -> str:
    first, *rest = row
    return (f"{first:<12}" + "".join(f"{cell:>{width}}" for cell, width in zip(rest, _WIDTHS, strict=True))).rstrip()
