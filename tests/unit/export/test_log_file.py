"""dbt's log: kept small, and whole up to the last line that tells of progress."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from export.dbt_plugins.log_file import _open_log


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "dbt.log"
    for handler in logging.getLogger("file_log").handlers[:]:
        logging.getLogger("file_log").removeHandler(handler)
        handler.close()


def test_details_are_written_with_the_next_line_that_tells_of_progress(path: Path) -> None:
    log = _open_log(path, 1_000)
    log.debug("begin")
    assert path.read_text() == ""
    log.info("1 of 2 OK")
    assert path.read_text() == "begin\n1 of 2 OK\n"
    log.debug("commit")
    log.warning("2 of 2 WARN: é")
    assert path.read_text(encoding="utf-8").endswith("commit\n2 of 2 WARN: é\n")


def test_what_is_left_is_written_at_the_end_of_the_log(path: Path) -> None:
    _open_log(path, 1_000).debug("done")
    _open_log(path, 1_000)
    assert path.read_text() == "done\n"


def test_a_full_log_makes_room_for_a_new_one(path: Path) -> None:
    path.write_text("full\n")
    _open_log(path, 5).info("new")
    assert (path.read_text(), path.with_name("dbt.log.1").read_text()) == ("new\n", "full\n")
    _open_log(path, 5).info("more")
    assert path.read_text() == "new\nmore\n"
