"""A file is the old one or the new one, and what killed processes left aside is known by its name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from common.atomic_write import name_aside, remove_leftovers, write_atomically


def read_folder(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_a_file_is_replaced_and_nothing_is_left_aside(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    write_atomically(tmp_path / "file", b"new")
    assert read_folder(tmp_path) == {"file": "new"}


def test_a_failure_names_the_file_and_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left on device") as failure:
        write_atomically(tmp_path / "file", b"new")
    assert failure.value.filename == str(tmp_path / "file")
    assert read_folder(tmp_path) == {"file": "old"}


def test_only_what_processes_left_aside_is_removed(tmp_path: Path) -> None:
    stays = {"users.parquet", ".users.parquet", ".mine.part", ".lock", ".lock-holder", "a.1.part"}
    left = {name_aside(tmp_path / "a.db").name, ".a.db.77.part-journal", ".a.db.77.part.wal", ".users.parquet.12.tmp"}
    for name in stays | left:
        (tmp_path / name).touch()
    (tmp_path / ".rows.77.part").mkdir()
    (tmp_path / ".rows.77.part" / "part-00000.parquet").touch()
    remove_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == stays


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "missing")
