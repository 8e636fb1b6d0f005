"""dbt's log: kept small, and whole up to the last line that tells of progress."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from dbt.events.types import ShowNode
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager, get_event_manager
from dbt_common.events.logger import LoggerConfig
from dbt_common.events.types import Note

from export.dbt_plugins.log_file import _open_log, skip_unseen


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


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        (EventLevel.DEBUG, ["begin", "1 of 2", "slow", "failed"]),
        (EventLevel.INFO, ["1 of 2", "slow", "failed"]),
        (EventLevel.ERROR, ["failed"]),
    ],
)
def test_the_screen_gets_the_lines_that_it_shows_and_no_other_is_made(level: EventLevel, seen: list[str]) -> None:
    made: list[str] = []

    def scrub(line: str) -> str:
        made.append(line)
        return line

    screen = io.StringIO()
    manager, before = EventManager(), get_event_manager()
    ctx_set_event_manager(manager)
    try:
        manager.add_logger(LoggerConfig(name="seen", level=level, output_stream=screen, scrubber=scrub))
        skip_unseen()
        for text, severity in {"begin": "debug", "1 of 2": "info", "slow": "warn", "failed": "error"}.items():
            manager.fire_event(Note(msg=text), level=EventLevel(severity))
        shown = ShowNode(node_name="plans", preview="rows", is_inline=True, output_format="text", unique_id="")
        manager.fire_event(shown)
    finally:
        ctx_set_event_manager(before)
    assert made[:-1] == seen
    assert [line.partition("  ")[2] for line in screen.getvalue().splitlines()][: len(seen)] == seen
    assert "rows" in made[-1]
    assert "rows" in screen.getvalue()
