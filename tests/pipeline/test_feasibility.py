"""Requests that cannot be met are refused before any booking, and the nearest one named can be met."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pipeline.commands import run_dbt

# What runs short: quota-months of a pool, the seats of a band, all seats.
SHORT = [
    ("{reservations: 5000, users: 300}", "bookings of active users"),
    ("{reservations: 4400, users: 4000, events: 12, venues: 8}", "where there is room for"),
    ("{reservations: 5000, users: 4000, events: 25, venues: 4}", "bookings of basic users"),
    ("{reservations: 5000, users: 4000, events: 3, venues: 3}", "bookings of active users"),
]
SAID = re.compile(r"(\d+) [\w ]+(?:; there are|where there is room for) (\d+)\. Ask for at most .*({.*})")


def build_bookings(data_dir: Path, request: str) -> str:
    """Build up to the places of the events; return what dbt says, which is nothing if all is well."""
    result = run_dbt(data_dir, "run", "--quiet", "--select", "+int_event_places", "--vars", request)
    return result.stdout


@pytest.mark.parametrize(("request_", "short"), SHORT)
def test_the_nearest_request_that_is_named_can_be_met(built: Path, tmp_path: Path, request_: str, short: str) -> None:
    (tmp_path / "raw").symlink_to(built / "raw")
    run_dbt(tmp_path, "seed", "--quiet")
    said = build_bookings(tmp_path, request_)
    found = SAID.search(said)
    assert found, said
    assert short in said and int(found[1]) > int(found[2])
    assert build_bookings(tmp_path, found[3]) == ""
