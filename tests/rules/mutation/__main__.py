"""`python -m tests.rules.mutation <data directory> [--sample 100]`, after a build at the test volume."""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.rules.mutation.mutants import Mutant, list_mutants
from tests.rules.mutation.predicates import Verdict, try_predicates
from tests.rules.mutation.project import Model, open_copy, read_rules
from tests.rules.mutation.survivors import find_reason
from tests.rules.plants import make_tables

Result = tuple[Mutant, Verdict]


def try_rules(
    data_dir: Path, manifest: Path, *, models: str = "", sample: int | None = None, seed: int = 1
) -> Iterator[Result]:
    """Plant faults in the rules, and see whether the planted violations notice."""
    chosen = read_rules(manifest, models)
    mutants = draw_sample(chosen, sample, seed)
    with open_copy(data_dir / "work" / "warehouse.duckdb") as connection:
        make_tables(connection)
        for model in chosen:
            yield from try_predicates(connection, model, [mutant for mutant in mutants if mutant.model == model.name])


def draw_sample(models: list[Model], sample: int | None, seed: int) -> list[Mutant]:
    """List the mutants of the models, or some of them."""
    mutants = [mutant for model in models for mutant in list_mutants(model.name, model.sql)]
    return mutants if sample is None else random.Random(seed).sample(mutants, min(sample, len(mutants)))


def tell(mutant: Mutant, verdict: Verdict) -> str:
    """Return a line about a mutant; a survivor that is listed is told with its reason."""
    reason = find_reason(mutant) if verdict.fate == "survived" else None
    fate = "listed" if reason else verdict.fate
    return f"{fate:14} {mutant.label} [{reason or verdict.by}]"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.rules.mutation", description=__doc__)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument(
        "--target", type=Path, help="where that build's dbt left its manifest; default: work/target there"
    )
    parser.add_argument("--models", default="", help="a pattern for names of models; default: all")
    parser.add_argument("--sample", type=int, help="so many mutants; default: all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    results = try_rules(
        options.data_dir,
        (options.target or options.data_dir / "work" / "target") / "manifest.json",
        models=options.models,
        sample=options.sample,
        seed=options.seed,
    )
    fates: Counter[str] = Counter()
    for mutant, verdict in results:
        line = tell(mutant, verdict)
        fates[line.split()[0]] += 1
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"{sum(fates.values())} mutants: {dict(fates)}\n")


if __name__ == "__main__":
    main()
