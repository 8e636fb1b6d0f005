"""Models side by side: the same small batches on each, measured, away from the landing."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path

from extract.entities import PULLED, get_entity
from extract.errors import ExtractError, UsageError
from extract.landing.jsonl import read_lines
from extract.landing.store import EntityLanding
from extract.planning.plan import PlanContext
from extract.planning.seeds import Seeds, read_all
from extract.providers import choose_model, open_provider
from extract.providers.catalog import describe_lifecycle
from extract.providers.limits import describe_cap
from extract.pull import progress
from extract.pull.budget import Budget
from extract.pull.jobs import Job, count_kinds, count_recorded
from extract.pull.pull import Pull
from extract.pull.receipt import Receipt
from extract.replies.validate import REPEAT
from extract.settings import BUNDLED, Settings

_HEADER = ("model", "calls", "accepted", "valid", "repeats", "mended", "moved", "words", "s/1000", "$/1000")
# So many reasons of a model are listed.
_MOST_REASONS = 5


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one model made of the batches (requirements: models-are-measured).

    Seconds are the model's own, one call after the other, so that concurrency does not flatter it. Shares are of all
    that the replies held and lacked; those of mended and moved records, of the accepted ones.
    """

    model: str
    calls: int
    accepted: int
    valid_share: float
    repeat_share: float
    mended_share: float
    moved_share: float
    refused: tuple[tuple[str, float], ...]
    distinct_words: int
    seconds_per_1000: float | None
    cost_per_1000: float | None


def compare(models: Sequence[str], *, entity: str, batches: int, limit: float | None, settings: Settings) -> int:
    """Run the same batches of one entity on several models, and print what came of it.

    Args:
        models: aliases, model ids, inference profiles or ARNs.
        entity: what the models write.
        batches: how many batches each of them gets.
        limit: USD that all of them may spend together; None for no limit.
        settings: all but the model.

    Returns:
        0 if at least one model could be measured, else 1.

    Raises:
        UsageError: no model writes the entity, or a model is not known.
    """
    if entity not in PULLED:
        raise UsageError(f"--entity {entity}: entities that a model writes are: {', '.join(PULLED)}")
    read_all(settings.seeds_dir)
    seeds = Seeds(settings.seeds_dir)
    candidates = [settings.model_copy(update={"model": model}) for model in models]
    for candidate in candidates:
        _check_model(candidate, seeds, limit)
    print(_format(_HEADER))
    comparison = Comparison(entity=entity, batches=batches, budget=Budget(limit), seeds=seeds)
    measured = [found for candidate in candidates if (found := comparison.print_one(candidate))]
    print("\n".join(_describe_refused(measured)), end="\n" if any(m.refused for m in measured) else "", flush=True)
    return 0 if measured else 1


def _check_model(settings: Settings, seeds: Seeds, limit: float | None) -> None:
    """Refuse an unknown name, or a budget that cannot be kept, before the first call of the first model."""
    model = choose_model(settings, seeds)
    if limit is not None and model.price_in is None:
        raise UsageError(f"--budget {limit}: the price of {settings.model} is unknown, so no budget can be kept")
    for warning in (describe_lifecycle(model), describe_cap(model, settings)):
        if warning:
            progress.warn(warning)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The same batches for every model, under one budget.

    Attributes:
        entity: what the models write.
        batches: for each model.
        budget: for all models together.
        seeds: the seed files.
    """

    entity: str
    batches: int
    budget: Budget
    seeds: Seeds

    def print_one(self, settings: Settings) -> Measured | None:
        """Print how the settings' model did, and give it; None if it could not be measured."""
        with tempfile.TemporaryDirectory(prefix="eventhub-compare-") as directory:
            aside = settings.model_copy(update={"data_dir": Path(directory)})
            try:
                measured = self.measure(aside)
            except ExtractError as error:
                print(f"{settings.model:<28} {error}", flush=True)
                return None
        print(_format(_describe(measured)), flush=True)
        return measured

    def measure(self, settings: Settings) -> Measured:
        """Ask the settings' model for the batches and measure the replies.

        Raises:
            ExtractError: the service refuses, or no reply could be used.
        """
        landing = EntityLanding(settings.raw_dir, self.entity)
        for path in landing.paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        provider, job = open_provider(settings, self.seeds), self._make_job(landing, settings)
        pull = Pull([job], provider=provider, budget=self.budget, settings=settings, seeds=self.seeds)
        try:
            with redirect_stdout(StringIO()):
                pull.run()
        except ExtractError:
            # A model that never gets one record right is measured by those it did.
            if not pull.receipt.accepted:
                raise
        return _measure(settings.model, landing, pull.receipt)

    def _make_job(self, landing: EntityLanding, settings: Settings) -> Job:
        batch_size = self.seeds.batch_sizes[self.entity]
        size = self.batches * batch_size
        context = PlanContext(
            seeds=self.seeds,
            seed=settings.seed,
            home_city_share=settings.home_city_share,
            kinds=lambda: count_kinds(settings),
            recorded=partial(count_recorded, settings, self.entity) if settings.model == BUNDLED else None,
        )
        return Job(
            entity=self.entity,
            size=size,
            seed=settings.seed,
            batch_size=batch_size,
            landing=landing,
            plan=get_entity(self.entity).plan(size, context),
            missing=range(1, size + 1),
        )


def _measure(model: str, landing: EntityLanding, receipt: Receipt) -> Measured:
    cost = receipt.cost_usd if receipt.is_cost_known else None
    validated = receipt.accepted + receipt.reasons.total()
    repeats = sum(1 for _, line in read_lines(landing.rejects_path) if str(line["reason"]).startswith(REPEAT))
    return Measured(
        model=model,
        calls=receipt.calls.total(),
        accepted=receipt.accepted,
        valid_share=receipt.accepted / max(validated, 1),
        repeat_share=repeats / max(validated, 1),
        mended_share=receipt.mended / max(receipt.accepted, 1),
        moved_share=receipt.moved / max(receipt.accepted, 1),
        refused=tuple((reason, n / validated) for reason, n in receipt.reasons.most_common(_MOST_REASONS)),
        distinct_words=len(count_words(landing)),
        seconds_per_1000=receipt.latency_ms / receipt.accepted if receipt.accepted else None,
        cost_per_1000=cost * 1000 / receipt.accepted if receipt.accepted and cost is not None else None,
    )


def count_words(landing: EntityLanding) -> set[str]:
    """Collect the different words that the landed records use."""
    fields = [name for name, field in get_entity(landing.entity).record.model_fields.items() if field.annotation is str]
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
        f"{measured.mended_share:.0%}",
        f"{measured.moved_share:.0%}",
        f"{measured.distinct_words:,}",
        "-" if seconds is None else f"{seconds:,.1f}",
        "unknown" if cost is None else f"{cost:,.4f}",
    )


def _describe_refused(measured: Sequence[Measured]) -> list[str]:
    """List what was refused most often of each model, if anything was, with its share."""
    lines = [f"{model.model:<28}{share:>10.1%}  {reason}" for model in measured for reason, share in model.refused]
    return ["", "refused most often:", *lines] if lines else []


def _format(row: tuple[str, ...]) -> str:
    first, *rest = row
    return f"{first:<28}" + "".join(f"{cell:>10}" for cell in rest)
