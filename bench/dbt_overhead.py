"""The default build against a dbt project of as many trivial nodes: `python -m bench.dbt_overhead [rounds]`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parent.parent
DBT = str(Path(sys.executable).parent / "dbt")


def build(project: Path, data_dir: Path) -> float:
    """Build a project once.

    Returns:
        Seconds of the whole process.
    """
    environment = {
        **os.environ,
        "EVENTHUB_DATA_DIR": str(data_dir),
        "DBT_TARGET_PATH": str(data_dir / "target"),
        "DBT_LOG_PATH": str(data_dir / "logs"),
    }
    started = time.perf_counter()
    subprocess.run([DBT, "build", "--quiet"], cwd=project, env=environment, check=True)
    return time.perf_counter() - started


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
        "eventhub_data: {target: local, outputs: {local: {type: duckdb, threads: 2, "
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


def main(rounds: int) -> None:
    """Build both in turn and print the ratio of each round, the first one being the warm-up."""
    with tempfile.TemporaryDirectory() as directory:
        ours, trivial = Path(directory) / "ours", Path(directory) / "trivial"
        extract = [sys.executable, "extract/run.py"]
        subprocess.run(extract, cwd=REPO_ROOT, env={**os.environ, "EVENTHUB_DATA_DIR": str(ours)}, check=True)
        build(REPO_ROOT, ours)
        counts = count_nodes(ours)
        write_trivial_project(trivial / "project", counts)
        build(trivial / "project", trivial)
        print("nodes:", dict(counts))
        for _ in range(rounds):
            pair = build(REPO_ROOT, ours), build(trivial / "project", trivial)
            print(
                f"default build {pair[0]:.1f} s, as many trivial nodes {pair[1]:.1f} s, ratio {pair[0] / pair[1]:.2f}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
