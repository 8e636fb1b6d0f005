"""A pull waits for no build, so a build whose landing was changed under it puts no file in place."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from export.dbt_plugins.landing import require_unchanged
from export.errors import ExportError
from tests.faults.killing import name_builds
from tests.pipeline.commands import AS_OF, copy_built, run_dbt


def test_a_build_whose_landing_is_replaced_stops_and_the_old_files_stay(built: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    before = name_builds(data_dir)
    ended = threading.Event()
    pull = threading.Thread(target=replace_again_and_again, args=(data_dir / "raw" / "users.parquet", ended))
    pull.start()
    kinds = f"{{as_of: {AS_OF}, exports: [sqlite, jsonl, warehouse]}}"  # those whose files are looked at
    result = run_dbt(data_dir, "build", "--quiet", "--select", "exported_files", "--vars", kinds)
    ended.set()
    pull.join()
    assert result.returncode == 1
    assert "raw during this build. The old files stay; build again" in result.stdout
    assert "Traceback" not in result.stdout and name_builds(data_dir) == before


def replace_again_and_again(path: Path, ended: threading.Event) -> None:
    """Replace a file by its own copy, as a pull that changes it does, until the event is set."""
    while not ended.wait(0.05):
        shutil.copy(path, path.with_suffix(".aside"))
        os.replace(path.with_suffix(".aside"), path)


@pytest.mark.parametrize("name", ["users.parquet", "manifest.json"])
def test_each_file_that_dbt_reads_counts(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    require_unchanged(tmp_path)
    os.replace(shutil.copy(tmp_path / name, tmp_path / "aside"), tmp_path / name)
    with pytest.raises(ExportError, match=r"a pull has changed .* during this build"):
        require_unchanged(tmp_path)


def test_lines_that_a_pull_appends_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "users.parquet").touch()
    require_unchanged(tmp_path)
    (tmp_path / "records.jsonl").touch()
    require_unchanged(tmp_path)
