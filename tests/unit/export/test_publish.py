"""Files appear at their names all together and finished, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from export.errors import ExportError
from export.journal import COMPANIONS, JOURNAL, finish_killed_publication
from export.publish import Publication


def list_names(folder: Path) -> list[str]:
    """List what is there, hidden files too, but for the folder of the journal."""
    return sorted(path.name for path in folder.iterdir() if path.name != "work")


def test_finished_files_replace_the_old_ones_together(tmp_path: Path) -> None:
    targets = [tmp_path / "a.db", tmp_path / "new" / "b.db"]
    targets[0].write_text("old")
    with Publication(tmp_path) as publication:
        for target in targets:
            publication.stage(target).write_text("new")
        assert targets[0].read_text() == "old" and not targets[1].exists()
    assert [target.read_text() for target in targets] == ["new", "new"]
    assert list_names(tmp_path) == ["a.db", "new"]


def test_a_failure_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("old")
    with pytest.raises(ZeroDivisionError), Publication(tmp_path) as publication:
        temporary = publication.stage(tmp_path / "a.db")
        temporary.write_text("half")
        Path(f"{temporary}.wal").write_text("half")
        raise ZeroDivisionError
    assert list_names(tmp_path) == ["a.db"]
    assert (tmp_path / "a.db").read_text() == "old"


def test_a_file_that_was_never_written_keeps_all_old_files(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("old")
    with pytest.raises(ExportError, match="cannot be written"), Publication(tmp_path) as publication:
        publication.stage(tmp_path / "a.db").write_text("new")
        publication.stage(tmp_path / "b.db")
    assert list_names(tmp_path) == ["a.db"]
    assert (tmp_path / "a.db").read_text() == "old"


def test_what_killed_runs_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "generated").mkdir()
    for name in (
        ".a.db.123.part",
        ".a.db.123.part-journal",
        ".a.db.77.part.wal",
        "generated/.b.123.part",
        ".mine.part",
    ):
        (tmp_path / name).touch()
    fill(tmp_path / "generated" / ".rows.77.part", "part-0")
    fill(tmp_path / "work", ".views.duckdb.77.part", "warehouse.duckdb")
    with Publication(tmp_path) as publication:
        publication.stage(tmp_path / "a.db").touch()
    assert list_names(tmp_path) == [".mine.part", "a.db", "generated"]
    assert list_names(tmp_path / "generated") == []
    assert list_names(tmp_path / "work") == ["warehouse.duckdb"]


@pytest.mark.parametrize("suffix", COMPANIONS)
def test_logs_of_the_old_file_are_not_played_back_into_the_new_one(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a.db{suffix}").write_text("of the old file")
    with Publication(tmp_path) as publication:
        publication.stage(tmp_path / "a.db").touch()
    assert list_names(tmp_path) == ["a.db"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(ExportError, match=r"data/a\.db cannot be written: .*The old files stay"):
        Publication(tmp_path).stage(tmp_path / "data" / "a.db")


def fill(folder: Path, *names: str) -> None:
    """Make a folder with files."""
    folder.mkdir()
    for name in names:
        (folder / name).write_text(name)


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    fill(tmp_path / "rows", "part-0", "part-1")
    with Publication(tmp_path) as publication:
        fill(publication.stage(tmp_path / "rows"), "part-0")
        assert list_names(tmp_path / "rows") == ["part-0", "part-1"]
    assert list_names(tmp_path) == ["rows"] and list_names(tmp_path / "rows") == ["part-0"]


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    fill(tmp_path / "rows", "part-0")
    with pytest.raises(ZeroDivisionError), Publication(tmp_path) as publication:
        fill(publication.stage(tmp_path / "rows"), "part-0", "part-1")
        raise ZeroDivisionError
    assert list_names(tmp_path) == ["rows"] and list_names(tmp_path / "rows") == ["part-0"]


def test_the_other_shape_goes_once_the_new_one_stands(tmp_path: Path) -> None:
    (tmp_path / "rows.parquet").write_text("old")
    with Publication(tmp_path) as publication:
        fill(publication.stage(tmp_path / "rows"), "part-0")
        publication.supersede(tmp_path / "rows.parquet")
        assert list_names(tmp_path)[-1] == "rows.parquet"
    assert list_names(tmp_path) == ["rows"]


def test_the_other_shape_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    fill(tmp_path / "rows", "part-0")
    with pytest.raises(ExportError), Publication(tmp_path) as publication:
        publication.stage(tmp_path / "rows.parquet")  # never written
        publication.supersede(tmp_path / "rows")
    assert list_names(tmp_path) == ["rows"]


def test_scratch_vanishes_in_any_case(tmp_path: Path) -> None:
    with Publication(tmp_path) as publication:
        publication.stage_scratch(tmp_path / "copy").touch()
    assert list_names(tmp_path) == []


def test_files_of_a_longer_name_are_not_taken_for_leftovers(tmp_path: Path) -> None:
    with Publication(tmp_path) as publication:
        publication.stage(tmp_path / "rows.parquet").touch()
        publication.stage(tmp_path / "rows").touch()
    assert list_names(tmp_path) == ["rows", "rows.parquet"]


def replace_and_die(folder: Path, moves: int) -> int:
    """Replace two files and a folder in a process that dies after so many moves; return its exit code."""
    return subprocess.run([sys.executable, "-c", REPLACE_AND_DIE, str(folder), str(moves)], check=False).returncode


REPLACE_AND_DIE = """
import os, sys
from pathlib import Path
from export import publish
folder, moves, move = Path(sys.argv[1]), int(sys.argv[2]), os.replace
def move_or_die(old, new):
    global moves
    if moves == 0:
        os._exit(9)
    moves -= 1
    move(old, new)
with publish.Publication(folder) as publication:
    publication.stage(folder / "a.db").write_text("new")
    publication.stage(folder / "generated" / "b.jsonl").write_text("new")
    publication.stage(folder / "rows").mkdir()
    (folder / f".rows.{os.getpid()}.part" / "part-0").write_text("new")
    publication.supersede(folder / "rows.parquet")
    os.replace = move_or_die
"""
# The journal, the two files, the old folder aside, the new one in its place.
MOVES = 5


@pytest.mark.parametrize("moves", range(MOVES + 1))
def test_killed_between_two_moves_the_next_run_puts_all_in_place(tmp_path: Path, moves: int) -> None:
    (tmp_path / "generated").mkdir()
    fill(tmp_path / "rows", "part-0", "part-1")
    for name in ("a.db", "generated/b.jsonl", "rows.parquet"):
        (tmp_path / name).write_text("old")
    assert replace_and_die(tmp_path, moves) == (9 if moves < MOVES else 0)
    assert (tmp_path / "a.db").read_text() in ("old", "new")  # whole at any moment
    with Publication(tmp_path):  # the next build, with nothing to replace
        pass
    after = "old" if moves == 0 else "new"
    assert [(tmp_path / name).read_text() for name in ("a.db", "generated/b.jsonl")] == [after, after]
    assert list_names(tmp_path / "rows") == (["part-0", "part-1"] if moves == 0 else ["part-0"])
    assert list_names(tmp_path) == ["a.db", "generated", "rows", *(["rows.parquet"] if moves == 0 else [])]
    assert list_names(tmp_path / "generated") == ["b.jsonl"] and not any((tmp_path / "work").iterdir())


def test_what_cannot_move_waits_for_the_next_build(tmp_path: Path) -> None:
    fill(tmp_path / "b.db", "in the way")
    message = r"b\.db cannot be replaced: .*Move it away"
    with pytest.raises(ExportError, match=message), Publication(tmp_path) as publication:
        for name in ("a.db", "b.db"):
            publication.stage(tmp_path / name).write_text("new")
    (tmp_path / "b.db").rename(tmp_path / "moved")
    assert finish_killed_publication(tmp_path)
    assert [(tmp_path / name).read_text() for name in ("a.db", "b.db")] == ["new", "new"]


def test_a_journal_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / JOURNAL).write_text("{")
    with pytest.raises(ExportError, match=r"work/replacing\.json cannot be read: .*Remove it and build again"):
        finish_killed_publication(tmp_path)


def test_a_system_that_opens_no_folder_replaces_files_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def open_no_folder(path: str | Path, *rest: int) -> int:
        if os.path.isdir(path):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest)

    monkeypatch.setattr("os.open", open_no_folder)
    with Publication(tmp_path) as files:
        files.stage(tmp_path / "a.db").write_text("new")
    assert (tmp_path / "a.db").read_text() == "new"
