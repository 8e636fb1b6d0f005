"""What dbt can be asked on a landing that nothing has been built from: it works, or it says in one line what to run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.commands import run_dbt


@pytest.fixture(scope="module")
def landing(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A landing, and what dbt has parsed before."""
    data_dir = tmp_path_factory.mktemp("fresh") / "data"
    for part in ("raw", "work/target"):
        shutil.copytree(built / part, data_dir / part)
    return data_dir


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("test", "--select", "users_rules"), "analytics.users_rules"),
        (("build", "--select", "exported_files"), "analytics.booking_distances"),
    ],
)
def test_a_part_that_reads_what_nobody_has_built_is_refused_in_one_line(
    landing: Path, words: tuple[str, ...], missing: str
) -> None:
    result = run_dbt(landing, *words, "--quiet")
    said = result.stdout + result.stderr
    assert result.returncode == 2 and "Traceback" not in said
    assert f"{missing} has not been built, and what was asked for reads it. Run: dbt build" in said
    assert said.count("rror") == 2  # "Encountered an error", and its kind


def test_the_documentation_needs_no_build(landing: Path) -> None:
    result = run_dbt(landing, "docs", "generate", "--quiet")
    assert result.returncode == 0, result.stdout
    manifest = json.loads((landing / "work" / "target" / "manifest.json").read_text(encoding="utf-8"))
    # A constant that is looked up when a model is compiled, as the CSV file has it.
    model = manifest["nodes"]["model.eventhub_data.int_replies"]["compiled_code"]
    assert "when 'refund_full_notice_days' then '14'" in model


def test_tables_without_rows_are_built_and_no_file_is_touched(built: Path, landing: Path) -> None:
    shutil.copy(built / "eventhub.db", landing / "eventhub.db")
    inode = (landing / "eventhub.db").stat().st_ino
    words = ("build", "--empty", "--quiet", "--exclude-resource-type", "test", "unit_test", "--resource-type")
    result = run_dbt(landing, *words, "seed", "model")
    assert result.returncode == 0, result.stdout
    assert (landing / "eventhub.db").stat().st_ino == inode and not (landing / "warehouse.duckdb").exists()
    with duckdb.connect(str(landing / "work" / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from main.reservations").fetchone() == (0,)
        assert connection.execute("select count(*) from analytics.exported_files").fetchone() == (0,)
