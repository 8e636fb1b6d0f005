"""Requests that cannot be met are refused before any booking, and the nearest one named can be met."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.pipeline.commands import copy_built, run_dbt

# What runs short: quota-months of a pool, the seats of a band, all seats.
SHORT = [
    ("{reservations: 5000, users: 300}", "bookings of active users"),
    ("{reservations: 4400, users: 4000, events: 12, venues: 8}", "bookings: there is room for"),
    ("{reservations: 5000, users: 4000, events: 25, venues: 4}", "bookings of basic users"),
    ("{reservations: 5000, users: 4000, events: 3, venues: 3}", "bookings of active users"),
]
SAID = re.compile(r"(\d+) [\w ]+(?:, and|:) there is room for (\d+)\. Ask for at most .*({.*})")


@pytest.fixture(scope="module")
def seeded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a landing and the seeds, and nothing built."""
    directory = tmp_path_factory.mktemp("seeded")
    shutil.copytree(built / "raw", directory / "raw")
    assert run_dbt(directory, "seed", "--quiet").returncode == 0
    return directory


def build_bookings(data_dir: Path, request: str) -> str:
    """Build up to the places of the events; return what dbt says, which is nothing if all is well."""
    result = run_dbt(data_dir, "run", "--quiet", "--select", "+int_event_places", "--vars", request)
    return result.stdout


@pytest.mark.parametrize(("request_", "short"), SHORT)
def test_the_nearest_request_that_is_named_can_be_met(seeded: Path, tmp_path: Path, request_: str, short: str) -> None:
    data_dir = tmp_path / "data"
    copy_built(seeded, data_dir)
    said = build_bookings(data_dir, request_)
    found = SAID.search(said)
    assert found, said
    assert short in said and int(found[1]) > int(found[2])
    assert build_bookings(data_dir, found[3]) == ""
