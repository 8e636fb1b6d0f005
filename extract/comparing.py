"""Models side by side: the same small batches on each, measured, away from the landing."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from extract import progress
from extract.catalogue import describe_lifecycle
from extract.config import Settings
from extract.entities import PULLED
from extract.errors import ExtractError, UsageError
from extract.jobs import Job, count_kinds
from extract.jsonl import read_lines
from extract.judging import REPEAT
from extract.landing import EntityLanding
from extract.plan import Plan, PlanContext
from extract.providers import choose_model, open_provider
from extract.pulling import Pull
from extract.records import RECORDS
from extract.seeds import Seeds, read_all
from extract.spending import Purse, Receipt

_HEADER = ("model", "calls", "accepted", "valid", "repeats", "words", "s/1000", "$/1000")


@dataclass(frozen=True)
class Measured:
    """What one model made of the batches (guide §16, measured).

    Seconds are the model's own, one call after the other, so that concurrency does not flatter it.
    """

    model: str
    calls: int
    accepted: int
    valid_share: float
    repeat_share: float
    distinct_words: int
    seconds_per_1000: float | None
    cost_per_1000: float | None


def compare(models: Sequence[str], entity: str, batches: int, budget: float | None, settings: Settings) -> int:
    """Run the same batches of one entity on several models, and print what came of it.

    Returns:
        0 if at least one model could be measured, else 1.
    """
    if entity not in PULLED:
        raise UsageError(f"--entity {entity}: entities that a model writes are: {', '.join(PULLED)}")
    read_all(settings.seeds_dir)
    seeds = Seeds(settings.seeds_dir)
    for model in models:
        _check_model(settings.model_copy(update={"model": model}), seeds, budget)
    print(_format(_HEADER))
    measured = 0
    purse = Purse(budget)
    for model in models:
        measured += _compare_one(settings.model_copy(update={"model": model}), entity, batches, purse, seeds)
    return 0 if measured else 1


def _check_model(settings: Settings, seeds: Seeds, budget: float | None) -> None:
    """Refuse an unknown name, or a budget nobody could keep, before the first call of the first model."""
    model = choose_model(settings, seeds)
    if budget is not None and model.price_in is None:
        raise UsageError(f"--budget {budget}: the price of {settings.model} is unknown, so no budget can be kept")
    warning = describe_lifecycle(model)
    if warning:
        progress.warn(warning)


def _compare_one(settings: Settings, entity: str, batches: int, purse: Purse, seeds: Seeds) -> bool:
    with tempfile.TemporaryDirectory(prefix="eventhub-compare-") as directory:
        aside = settings.model_copy(update={"data_dir": Path(directory)})
        try:
            print(_format(_describe(measure(aside, entity, batches, purse, seeds))), flush=True)
        except ExtractError as error:
            print(f"{settings.model:<28} {error}", flush=True)
            return False
    return True


def measure(settings: Settings, entity: str, batches: int, purse: Purse, seeds: Seeds) -> Measured:
    """Ask the settings' model for some batches and measure the replies.

    Raises:
        ExtractError: the service refuses, or no reply could be used.
    """
    landing = EntityLanding(settings.raw_dir, entity)
    job = _make_job(landing, batches, settings, seeds)
    for path in landing.paths:
        path.parent.mkdir(parents=True, exist_ok=True)
    # One budget for all models, but each one's cost is known or not by itself.
    spent_before, purse.is_known = purse.spent, True
    pull = Pull([job], open_provider(settings, seeds), settings, seeds, purse)
    try:
        with redirect_stdout(StringIO()):
            pull.run()
    except ExtractError:
        # A model that never gets one record right is measured by those it did.
        if not pull.receipt.accepted:
            raise
    cost = purse.spent - spent_before if purse.is_known else None
    return _measure(settings.model, landing, pull.receipt, cost)


def _make_job(landing: EntityLanding, batches: int, settings: Settings, seeds: Seeds) -> Job:
    entity = landing.entity
    size = batches * seeds.batch_sizes[entity]
    context = PlanContext(seeds, settings.seed, settings.home_city_share, lambda: count_kinds(settings))
    plan = Plan(entity, size, context)
    return Job(entity, size, settings.seed, seeds.batch_sizes[entity], landing, plan, range(1, size + 1))


def _measure(model: str, landing: EntityLanding, receipt: Receipt, cost: float | None) -> Measured:
    judged = receipt.accepted + receipt.reasons.total()
    repeats = sum(1 for _, line in read_lines(landing.rejects_path) if str(line["reason"]).startswith(REPEAT))
    return Measured(
        model,
        receipt.calls,
        receipt.accepted,
        receipt.accepted / max(judged, 1),
        repeats / max(judged, 1),
        len(count_words(landing)),
        receipt.latency_ms / receipt.accepted if receipt.accepted else None,
        cost * 1000 / receipt.accepted if receipt.accepted and cost is not None else None,
    )


def count_words(landing: EntityLanding) -> set[str]:
    """Collect the different words that the landed records use."""
    fields = [name for name, field in RECORDS[landing.entity].model_fields.items() if field.annotation is str]
    texts = (str(line[name]) for line in landing.records.values() for name in fields)
    return {word for text in texts for word in re.findall(r"[a-z]+", text.lower())}


def _describe(measured: Measured) -> tuple[str, ...]:
    seconds, cost = measured.seconds_per_1000, measured.cost_per_1000
    return (
        measured.model,
        f"{measured.calls:,}",
        f"{measured.accepted:,}",
        f"{measured.valid_share:.0%}",
        f"{measured.repeat_share:.0%}",
        f"{measured.distinct_words:,}",
        "-" if seconds is None else f"{seconds:,.1f}",
        "unknown" if cost is None else f"{cost:,.4f}",
    )


def _format(row: tuple[str, ...]) -> str:
    first, *rest = row
    return f"{first:<28}" + "".join(f"{cell:>10}" for cell in rest)
