"""The default build against a dbt project of as many trivial nodes."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from pathlib import Path

from bench.builds import REPO_ROOT, pull, run_dbt, sum_up
from bench.process import Watched
from bench.results import Line, compare

ROUNDS = 3
GOAL = 1.5


def build(project: Path, data_dir: Path) -> Watched:
    """Build a project once."""
    return run_dbt(data_dir, "build", "--quiet", project=project)


def count_nodes(data_dir: Path) -> Counter[str]:
    """Count the nodes of the last build by kind: seed, table, view, test, unit_test."""
    nodes = json.loads((data_dir / "target" / "manifest.json").read_text())["nodes"]
    results = json.loads((data_dir / "target" / "run_results.json").read_text())["results"]
    kinds = (result["unique_id"].split(".")[0] for result in results)
    counts = Counter(kind for kind in kinds if kind not in ("model", "operation"))
    counts.update(node["config"]["materialized"] for node in nodes.values() if node["resource_type"] == "model")
    return counts


def write_trivial_project(directory: Path, counts: Counter[str]) -> None:
    """A project of the same numbers of nodes that do nothing, on the same adapter settings."""
    (directory / "models").mkdir(parents=True)
    (directory / "seeds").mkdir()
    (directory / "dbt_project.yml").write_text("name: trivial\nversion: '1.0'\nprofile: eventhub_data\n")
    (directory / "profiles.yml").write_text(
        "eventhub_data: {target: local, outputs: {local: {type: duckdb, threads: 3, settings: {threads: 1}, "
        "path: \"{{ env_var('EVENTHUB_DATA_DIR') }}/trivial.duckdb\"}}}\n"
    )
    for number in range(counts["seed"]):
        (directory / "seeds" / f"seed_{number}.csv").write_text("value\n1\n")
    models = counts["table"] + counts["view"]
    for number in range(models):
        kind = "table" if number < counts["table"] else "view"
        sql = f"{{{{ config(materialized='{kind}') }}}}\nselect 1 as value"
        (directory / "models" / f"model_{number}.sql").write_text(sql)
    entries = [
        f"  - name: model_{number}\n    columns: [{{name: value, data_tests: [not_null]}}]"
        for number in range(min(models, counts["test"]))
    ]
    units = [
        f"  - {{name: unit_{number}, model: model_{number}, given: [], expect: {{rows: [{{value: 1}}]}}}}"
        for number in range(counts["unit_test"])
    ]
    (directory / "models" / "trivial.yml").write_text(
        "\n".join(["version: 2", "models:", *entries, *(["unit_tests:", *units] if units else [])])
    )


def measure(rounds: int = ROUNDS) -> list[Line]:
    """Build both in turn; the first build of each is the warm-up, the middle ratio of the rest counts."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        ours, trivial = Path(directory) / "ours", Path(directory) / "trivial"
        pull(ours)
        build(REPO_ROOT, ours)
        counts = count_nodes(ours)
        write_trivial_project(trivial / "project", counts)
        build(trivial / "project", trivial)
        pairs = sorted(
            ((build(REPO_ROOT, ours), build(trivial / "project", trivial)) for _ in range(rounds)),
            key=lambda pair: pair[0].seconds / pair[1].seconds,
        )
        mine, empty = pairs[len(pairs) // 2]
        figures = (
            f"{mine} against {empty} for {', '.join(f'{count} {kind}' for kind, count in counts.items())}; "
            f"by CPU {mine.cpu_seconds / empty.cpu_seconds:.2f}; of it, summed over two threads: {sum_up(ours)}"
        )
        ratio = mine.seconds / empty.seconds
        return [compare("Default dbt build against as many trivial nodes", f"at most {GOAL}", ratio, figures)]
