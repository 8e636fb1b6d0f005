"""The dry run: what a run would do and cost (requirements: cost-before-the-first-call)."""

from __future__ import annotations

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
from extract.replies.redact import redact
from extract.settings import BUNDLED

_HEADER = ("entity", "requested", "landed", "missing", "calls", "tokens", "cost")


@dataclass(frozen=True)
class Estimate:
    """What the missing records of an entity would take."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


def print_dry_run(context: RunContext, jobs: Sequence[Job], model: Model) -> None:
    """Print rows requested, landed and missing, and the calls, tokens and cost that the missing ones take."""
    estimates = [estimate_job(job, model, context) for job in jobs]
    rows = [_describe_job(job, estimate, model) for job, estimate in zip(jobs, estimates, strict=True)]
    if jobs:
        rows.append(_describe_total(jobs, estimates, model))
    if "reservations" in context.target.entities:
        rows.append(("reservations", f"{context.target.counts['reservations']:,}", "", "", "", "", "made by dbt"))
    print(_describe_model(model))
    for row in (_HEADER, *rows):
        print(_format(row))
    for warning in (describe_lifecycle(model), describe_cap(model, context.settings)):
        if warning:
            print(warning)


def estimate_job(job: Job, model: Model, context: RunContext) -> Estimate:
    """Estimate an entity from what its records took so far, or else from what is stated for them."""
    if model.model_id == BUNDLED or not job.missing:
        return Estimate(calls=job.calls)
    meter = learn_tokens(job.landing, redact(model.model_id))
    size = meter.fit(limit_output(model, context.settings), job.batch_size)
    calls = -(-len(job.missing) // size)
    request = BatchRequest(entity=job.entity, items=job.pick(job.missing[:size]), seed=job.seed, attempt=1)
    # The list of what exists already grows while a run goes on; half of it is what a call has on average.
    listed = context.settings.avoid_limit // 2 * 6
    prompt = estimate_tokens(build_prompt(request, context.seeds, 0, list_structures(model)[0]).sent) + listed
    output = round(len(job.missing) * meter.per_record) + round(calls * meter.fixed)
    return Estimate(calls, calls * prompt, output)


def _describe_model(model: Model) -> str:
    if model.model_id == BUNDLED:
        return f"model: {BUNDLED} (no call leaves this machine)"
    price = "price unknown"
    if model.price_in is not None and model.price_out is not None:
        price = f"${model.price_in:g} in, ${model.price_out:g} out per 1M tokens ({model.price_date})"
    name = f"{model.alias}, {model.model_id}" if model.alias else model.model_id
    return f"model: {redact(name)}; {price}; tokens and cost are estimates"


def _describe_job(job: Job, estimate: Estimate, model: Model) -> tuple[str, ...]:
    landed = job.size - len(job.missing)
    counts = (job.size, landed, len(job.missing), estimate.calls)
    tokens = estimate.input_tokens + estimate.output_tokens
    return (job.entity, *(f"{n:,}" for n in counts), _round(tokens), _describe_cost([estimate], model))


def _describe_total(jobs: Sequence[Job], estimates: Sequence[Estimate], model: Model) -> tuple[str, ...]:
    requested, missing = sum(job.size for job in jobs), sum(len(job.missing) for job in jobs)
    counts = (requested, requested - missing, missing, sum(estimate.calls for estimate in estimates))
    tokens = sum(estimate.input_tokens + estimate.output_tokens for estimate in estimates)
    return ("total", *(f"{n:,}" for n in counts), _round(tokens), _describe_cost(estimates, model))


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
    return (f"{first:<12}" + "".join(f"{cell:>12}" for cell in rest)).rstrip()
