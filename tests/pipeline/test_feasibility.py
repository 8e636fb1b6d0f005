"""Requests that cannot be met are refused before any booking, and the nearest one named can be met."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pipeline.commands import run_dbt

# What runs short: quota-months of a pool. Where events are few, uneven bands run short later, in a line of their own.
SHORT = [("{reservations: 5000, users: 300}", "bookings of active users")]
UNEVEN = "{reservations: 5000, users: 4000, events: 16, venues: 8}"


def build_bookings(data_dir: Path, request: str) -> str:
    """Build up to the places of the events; return what dbt says, which is nothing if all is well."""
    result = run_dbt(data_dir, "run", "--quiet", "--select", "+int_event_places", "--vars", request)
    return result.stdout


@pytest.mark.parametrize(("request_", "short"), SHORT)
def test_the_nearest_request_that_is_named_can_be_met(built: Path, tmp_path: Path, request_: str, short: str) -> None:
    (tmp_path / "raw").symlink_to(built / "raw")
    run_dbt(tmp_path, "seed", "--quiet")
    said = build_bookings(tmp_path, request_)
    found = re.search(r"5000 reservations asked, which takes (\d+) ([\w ]+); there are (\d+)\. .*({.*})", said)
    assert found, said
    assert short in found[2] and int(found[1]) > int(found[3])
    assert build_bookings(tmp_path, found[4]) == ""


def test_uneven_bands_of_few_events_stop_the_build_with_both_numbers(built: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").symlink_to(built / "raw")
    run_dbt(tmp_path, "seed", "--quiet")
    said = build_bookings(tmp_path, UNEVEN)
    assert re.search(r"\d+ bookings are to be shared out where there is room for \d+\. Ask for fewer", said)
