"""Files appear at their names all together and finished, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbt_project.exporting.errors import ExportError
from dbt_project.exporting.replacing import COMPANIONS, Replacement


def list_names(folder: Path) -> list[str]:
    """List what is there, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_finished_files_replace_the_old_ones_together(tmp_path: Path) -> None:
    targets = [tmp_path / "a.db", tmp_path / "new" / "b.db"]
    targets[0].write_text("old")
    with Replacement() as replacement:
        for target in targets:
            replacement.aside(target).write_text("new")
        assert targets[0].read_text() == "old" and not targets[1].exists()
    assert [target.read_text() for target in targets] == ["new", "new"]
    assert list_names(tmp_path) == ["a.db", "new"]


def test_a_failure_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("old")
    with pytest.raises(ZeroDivisionError), Replacement() as replacement:
        temporary = replacement.aside(tmp_path / "a.db")
        temporary.write_text("half")
        Path(f"{temporary}.wal").write_text("half")
        raise ZeroDivisionError
    assert list_names(tmp_path) == ["a.db"]
    assert (tmp_path / "a.db").read_text() == "old"


def test_a_file_that_was_never_written_keeps_all_old_files(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("old")
    with pytest.raises(ExportError, match="cannot be replaced"), Replacement() as replacement:
        replacement.aside(tmp_path / "a.db").write_text("new")
        replacement.aside(tmp_path / "b.db")
    assert list_names(tmp_path) == ["a.db"]
    assert (tmp_path / "a.db").read_text() == "old"


def test_what_killed_runs_left_is_removed(tmp_path: Path) -> None:
    for name in (".a.db.123.part", ".a.db.123.part-journal", ".a.db.77.part.wal", ".b.db.123.part"):
        (tmp_path / name).touch()
    with Replacement() as replacement:
        replacement.aside(tmp_path / "a.db").touch()
    assert list_names(tmp_path) == [".b.db.123.part", "a.db"]


@pytest.mark.parametrize("suffix", COMPANIONS)
def test_logs_of_the_old_file_are_not_played_back_into_the_new_one(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a.db{suffix}").write_text("of the old file")
    with Replacement() as replacement:
        replacement.aside(tmp_path / "a.db").touch()
    assert list_names(tmp_path) == ["a.db"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(ExportError, match=r"data/a\.db cannot be written: .*The old files stay"):
        Replacement().aside(tmp_path / "data" / "a.db")


def fill(folder: Path, *names: str) -> None:
    """Make a folder with files."""
    folder.mkdir()
    for name in names:
        (folder / name).write_text(name)


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    fill(tmp_path / "rows", "part-0", "part-1")
    with Replacement() as replacement:
        fill(replacement.aside(tmp_path / "rows"), "part-0")
        assert list_names(tmp_path / "rows") == ["part-0", "part-1"]
    assert list_names(tmp_path) == ["rows"] and list_names(tmp_path / "rows") == ["part-0"]


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    fill(tmp_path / "rows", "part-0")
    with pytest.raises(ZeroDivisionError), Replacement() as replacement:
        fill(replacement.aside(tmp_path / "rows"), "part-0", "part-1")
        raise ZeroDivisionError
    assert list_names(tmp_path) == ["rows"] and list_names(tmp_path / "rows") == ["part-0"]


def test_a_folder_that_a_killed_run_moved_aside_comes_back(tmp_path: Path) -> None:
    fill(tmp_path / ".rows.77.part-old", "part-0")
    with pytest.raises(ZeroDivisionError), Replacement() as replacement:
        replacement.aside(tmp_path / "rows")
        raise ZeroDivisionError
    assert list_names(tmp_path) == ["rows"]


def test_the_other_shape_goes_once_the_new_one_stands(tmp_path: Path) -> None:
    (tmp_path / "rows.parquet").write_text("old")
    with Replacement() as replacement:
        fill(replacement.aside(tmp_path / "rows"), "part-0")
        replacement.supersede(tmp_path / "rows.parquet")
        assert list_names(tmp_path)[-1] == "rows.parquet"
    assert list_names(tmp_path) == ["rows"]


def test_the_other_shape_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    fill(tmp_path / "rows", "part-0")
    with pytest.raises(ExportError), Replacement() as replacement:
        replacement.aside(tmp_path / "rows.parquet")  # never written
        replacement.supersede(tmp_path / "rows")
    assert list_names(tmp_path) == ["rows"]


def test_scratch_vanishes_in_any_case(tmp_path: Path) -> None:
    with Replacement() as replacement:
        replacement.scratch(tmp_path / "copy").touch()
    assert list_names(tmp_path) == []


def test_files_of_a_longer_name_are_not_taken_for_leftovers(tmp_path: Path) -> None:
    with Replacement() as replacement:
        replacement.aside(tmp_path / "rows.parquet").touch()
        replacement.aside(tmp_path / "rows").touch()
    assert list_names(tmp_path) == ["rows", "rows.parquet"]
