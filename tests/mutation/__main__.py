"""`python -m tests.mutation <data directory> [--of rules] [--sample 100]`, after a build at the test volume."""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.integrity.plants import make_table
from tests.mutation.mutants import Mutant, list_mutants
from tests.mutation.predicates import try_predicates
from tests.mutation.project import Model, Project, open_copy
from tests.mutation.survivors import find_reason
from tests.mutation.trial import Trial, Verdict

CONSTRUCTION = r"models/(intermediate/|marts/)"
# They report what was made; no row of the data set hangs on them.
REPORTS = {"llm_calls", "model_comparison", "content_diversity", "retrieval_report", "rules_checked"}

Result = tuple[Mutant, Verdict]


def try_construction(data_dir: Path, project: Project, models: str, sample: int | None, seed: int) -> Iterator[Result]:
    """Plant faults in the models that make the data, and see whether a rule notices."""
    chosen = [model for model in project.in_folder(CONSTRUCTION) if is_meant(model, models)]
    mutants = draw_sample(chosen, sample, seed)
    with open_copy(data_dir / "work" / "warehouse.duckdb") as connection:
        trial = Trial(project, connection)
        for mutant in mutants:
            yield mutant, trial.run(mutant)


def try_rules(data_dir: Path, project: Project, models: str, sample: int | None, seed: int) -> Iterator[Result]:
    """Plant faults in the rules, and see whether the planted violations notice."""
    chosen = [model for model in project.rules if is_meant(model, models)]
    mutants = draw_sample(chosen, sample, seed)
    with open_copy(data_dir / "work" / "warehouse.duckdb") as connection:
        make_table(connection, "reservations")
        for model in chosen:
            yield from try_predicates(connection, model, [mutant for mutant in mutants if mutant.model == model.name])


def draw_sample(models: list[Model], sample: int | None, seed: int) -> list[Mutant]:
    """List the mutants of the models, or some of them."""
    mutants = [mutant for model in models for mutant in list_mutants(model.name, model.sql)]
    return mutants if sample is None else random.Random(seed).sample(mutants, min(sample, len(mutants)))


def is_meant(model: Model, models: str) -> bool:
    return model.name not in REPORTS and re.search(models, model.name) is not None


def tell(mutant: Mutant, verdict: Verdict) -> str:
    """Return a line about a mutant; a survivor that is listed is told with its reason."""
    reason = find_reason(mutant) if verdict.fate == "survived" else None
    fate = "listed" if reason else verdict.fate
    return f"{fate:14} {mutant.label} [{reason or verdict.by}]"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--target", type=Path, default=Path("target"), help="where that build's dbt left its manifest")
    parser.add_argument("--of", choices=["construction", "rules"], default="construction")
    parser.add_argument("--models", default="", help="a pattern for names of models; default: all")
    parser.add_argument("--sample", type=int, help="so many mutants; default: all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tries = try_construction if options.of == "construction" else try_rules
    project = Project(options.target / "manifest.json")
    fates: Counter[str] = Counter()
    for mutant, verdict in tries(options.data_dir, project, options.models, options.sample, options.seed):
        line = tell(mutant, verdict)
        fates[line.split()[0]] += 1
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"{sum(fates.values())} mutants: {dict(fates)}\n")


if __name__ == "__main__":
    main()
