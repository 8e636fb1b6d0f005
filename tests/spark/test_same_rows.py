"""What Spark builds is what DuckDB builds: rows both ways, and the content of what is exported.

The rules do not notice a silently different world; only a comparison of rows does. So faults that change rows in
silence are planted, and must be found.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from export.content_hash import hash_rows
from export.sql import identifier
from tests.paths import REPO_ROOT
from tests.pipeline.commands import AS_OF, build_environment
from tests.spark.comparison import DIFFERENT_BY_DESIGN, count_differences, list_relations, open_both
from tests.spark.conftest import QUICK_START, VENV, Builds, build_on_spark, find_obstacle, make_builds

pytestmark = pytest.mark.spark

MARTS = ("main", "eventhub", "udahub")
# What Spark would do without the macro, by the file of macros/engine, what stands there and what does not.
PLANTS = {
    "double::bigint": ("engine/nearest_integer.sql", "rint({{ number }})::bigint", "({{ number }})::bigint"),
    "a 32-bit key": ("draws/draw.sql", "'(' ~ key ~ ')::bigint'", "'((' ~ key ~ ')::int)'"),
}


def find_differences(builds: Builds) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Compare every relation that Spark has stored, and return those that differ."""
    with open_both(builds.warehouse, builds.spark) as connection:
        compared = {relation: count_differences(connection, *relation) for relation in list_relations(connection)}
    assert len(compared) >= 150
    assert sum(ours for ours, *_ in compared.values()) > 150_000
    return {relation: counts for relation, counts in compared.items() if counts[1:] != (0, 0)}


def test_every_relation_has_the_same_rows(builds: Builds) -> None:
    assert {name: counts for name, counts in find_differences(builds).items() if name not in DIFFERENT_BY_DESIGN} == {}


def test_no_unit_test_of_dbt_is_left_out(builds: Builds) -> None:
    target = builds.data_dir / "work" / "spark" / "target"
    manifest, done = (json.loads((target / f"{name}.json").read_text()) for name in ("manifest", "run_results"))
    passed = {result["unique_id"] for result in done["results"] if result["status"] == "pass"}
    assert len(manifest["unit_tests"]) > 40
    assert manifest["unit_tests"].keys() - passed == set()


def test_what_may_differ_differs_in_no_more_than_that(builds: Builds) -> None:
    with open_both(builds.warehouse, builds.spark) as connection:
        ours, theirs = (
            connection.execute(f"select * exclude (engine_version) from {place}").fetchall()
            for place in ("warehouse.analytics.data_set", "analytics.data_set")
        )
        left_out = connection.execute(
            """select measure from warehouse.analytics.exam_report
            except select measure from analytics.exam_report order by 1"""
        ).fetchall()
        changed = connection.execute(
            "select * from analytics.exam_report except select * from warehouse.analytics.exam_report"
        ).fetchall()
    assert ours == theirs  # and with it the hash of the data
    assert left_out == [("compressed_size",), ("facts_stated",)]
    assert changed == []


def test_exports_have_the_same_content(builds: Builds, tmp_path: Path) -> None:
    """Compared as files: Parquet of each engine's own."""
    hashes = []
    with open_both(builds.warehouse, builds.spark) as connection:
        relations = [relation for relation in list_relations(connection) if relation[0] in MARTS]
        assert len(relations) >= 20
        for number, catalog in enumerate(("warehouse", "memory")):
            for relation in [*relations, ("analytics", "ticket_labels")]:
                file = tmp_path / f"{number}-{'.'.join(relation)}.parquet"
                # Spark has no type for JSON: the same text.
                replaced = " replace (arguments::varchar as arguments)" if relation[1] == "ticket_actions" else ""
                rows = connection.sql(f"select *{replaced} from {catalog}.{identifier(*relation)} order by all")
                rows.write_parquet(str(file))
        files = duckdb.connect()
        for number in (0, 1):
            found = sorted(tmp_path.glob(f"{number}-*.parquet"))
            hashes.append({file.name.partition("-")[2]: hash_rows(files, f"read_parquet('{file}')") for file in found})
    assert hashes[0] == hashes[1]


def test_files_made_of_the_warehouse_have_the_hashes_of_duckdbs(builds: Builds, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(builds.data_dir / "raw", data_dir / "raw")
    made = subprocess.run(
        [sys.executable, "-m", "export", "--from", str(builds.spark.parent)],
        cwd=REPO_ROOT,
        env=build_environment(data_dir),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    query = "select file_name, table_name, row_count, content_hash from analytics.exported_files order by all"
    ours, theirs = (
        duckdb.connect(str(file), read_only=True).execute(query).fetchall()
        for file in (builds.warehouse, data_dir / "warehouse.duckdb")
    )
    assert len(ours) > 30
    assert ours == theirs


def run_dbt_on_spark(
    builds: Builds, folder: Path, *arguments: str, project: Path = REPO_ROOT
) -> subprocess.CompletedProcess[str]:
    """Build a part by dbt alone, into `warehouse/part` of a folder."""
    environment = {
        "EVENTHUB_SPARK_WAREHOUSE": str(folder / "warehouse"),
        "EVENTHUB_SPARK_BUILD": "part",
        "DBT_TARGET_PATH": str(folder / "target"),
    }
    command = [str(VENV / "bin" / "python"), str(VENV / "bin" / "dbt"), "build", "--quiet", "--target", "spark"]
    command += ["--project-dir", str(project), "--profiles-dir", str(project), "--vars", f"{{as_of: '{AS_OF}'}}"]
    return subprocess.run(
        [*command, *arguments],
        cwd=project,
        env=build_environment(builds.data_dir) | QUICK_START | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
@pytest.mark.parametrize("planted", PLANTS)
def test_a_planted_fault_is_found(builds: Builds, tmp_path: Path, planted: str) -> None:
    file, right, wrong = PLANTS[planted]
    project = tmp_path / "project"
    shutil.copytree(REPO_ROOT / "dbt_project", project / "dbt_project")
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(REPO_ROOT / name, project)
    macro = project / "dbt_project" / "macros" / file
    text = macro.read_text(encoding="utf-8")
    assert text.count(right) == 1
    macro.write_text(text.replace(right, wrong), encoding="utf-8")
    models_alone = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    done = run_dbt_on_spark(builds, tmp_path, "--select", "+int_bookings__priced", *models_alone, project=project)
    assert done.returncode == 0, done.stdout
    changed = Builds(warehouse=builds.warehouse, spark=tmp_path / "warehouse" / "part", data_dir=builds.data_dir)
    with open_both(changed.warehouse, changed.spark) as connection:
        assert count_differences(connection, "intermediate", "int_bookings__priced")[1:] != (0, 0)


@pytest.mark.long
@pytest.mark.parametrize(
    ("volume", "world"),
    [
        ("test", {"seed": 7}),
        ("test", {"past_months": 12}),
        ("full", {}),
        ("full", {"users": 1_000_000, "reservations": 5_000_000}),
    ],
    ids=["another seed", "a past season", "full", "5 million bookings"],
)
def test_another_world_has_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, volume: str, world: dict[str, int]
) -> None:
    if obstacle := find_obstacle():
        pytest.skip(obstacle)
    monkeypatch.setenv("EVENTHUB_MEMORY_LIMIT", "4GB")
    monkeypatch.setenv("EVENTHUB_SPARK_MEMORY", "4g" if "users" not in world else "8g")
    differences = find_differences(make_builds(tmp_path, volume=volume, asked=world))
    assert {name: counts for name, counts in differences.items() if name not in DIFFERENT_BY_DESIGN} == {}


@pytest.mark.long
def test_a_part_whose_tests_read_more_is_refused_before_any_model(builds: Builds, tmp_path: Path) -> None:
    """as_many_rows_as_asked reads the marts, and the manifest."""
    asked = run_dbt_on_spark(builds, tmp_path, "--select", "stg_manifest")
    assert asked.returncode != 0
    assert "is not built by this command, and what was asked for reads it" in asked.stdout
    assert "TABLE_OR_VIEW_NOT_FOUND" not in asked.stdout
    less = run_dbt_on_spark(builds, tmp_path, "--select", "stg_manifest", "--indirect-selection", "buildable")
    assert less.returncode == 0, less.stdout


def test_what_cannot_be_built_is_refused_before_any_work(builds: Builds, tmp_path: Path) -> None:
    asked = build_on_spark(builds.data_dir, "--vars", "{reservations: 1000000001}")
    assert asked.returncode == 2
    assert len(asked.stderr.splitlines()) == 1
    assert "reservations" in asked.stderr
