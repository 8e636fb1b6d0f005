"""A build on Spark that has not come to its end is believed by nobody; Spark itself is not needed to see it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from export.__main__ import main
from export.errors import ExportError
from export.spark_warehouse import CURRENT, FINISHED, find_build


def finish(build: Path) -> None:
    """Say that a build has come to its end."""
    folder = build / FINISHED
    folder.mkdir(parents=True)
    duckdb.sql("select '0' as invocation_id").write_parquet(str(folder / "part-00000.snappy.parquet"))
    (folder / "_SUCCESS").touch()


def test_a_finished_build_is_found_by_its_folder_and_by_its_name(tmp_path: Path) -> None:
    finish(tmp_path / "run-1")
    (tmp_path / CURRENT).write_text("run-1\n", encoding="utf-8")
    assert find_build(tmp_path) == find_build(tmp_path / "run-1") == tmp_path / "run-1"


@pytest.mark.parametrize("left", ["nothing", "tables", "half a marker", "a name alone", "a name of elsewhere"])
def test_what_a_killed_build_leaves_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], left: str
) -> None:
    folder = tmp_path / "spark"
    if left == "tables":
        (folder / "main.db" / "users").mkdir(parents=True)
    elif left == "half a marker":
        finish(folder)
        next(folder.rglob("_SUCCESS")).unlink()
    elif left.startswith("a name"):
        folder.mkdir()
        (folder / CURRENT).write_text("run-1" if left == "a name alone" else "../run-1", encoding="utf-8")
    with pytest.raises(ExportError):
        find_build(folder)
    assert main(["--from", str(folder)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ") and said.count("\n") == 1
