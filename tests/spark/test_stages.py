"""What a build on Spark moves and looks at, read from its event log: what a small build shows of a large one."""

from __future__ import annotations

import json
import re

import duckdb
import pytest

from bench.spark_stages import find_log, read_log, read_stages
from tests.spark.conftest import Builds

pytestmark = pytest.mark.spark

# A booking that is sent to its place takes 52 bytes (docs/spark_scale.md).
MOST_BYTES_A_BOOKING = 26
# Members are shuffled to their bookings; of the hundred of the test volume most of it is the headers of small blocks.
BYTES_OF_HEADERS = 8192
NUMBERS = re.compile(r"Join condition: [^\n]*\(number#(\d+)L - 1\) \* \d+\) \+ number#(?!\1)\d+L")


def read_plans(builds: Builds) -> dict[str, str]:
    """Return the last plan of each table."""
    tables: dict[int, str] = {}
    plans: dict[str, str] = {}
    for line in read_log(find_log(builds.data_dir / "events")):
        if "physicalPlanDescription" in line:
            event = json.loads(line)
            plan = event["physicalPlanDescription"]
            if found := re.search(r"Execute InsertInto.*\n.*\nArguments: [^\n,]*/(\w+),", plan):
                tables[event["executionId"]] = found[1]
            if event["executionId"] in tables:
                plans[tables[event["executionId"]]] = plan
    assert len(plans) > 30
    return plans


def test_bookings_stay_in_the_task_that_makes_them(builds: Builds) -> None:
    stages = [
        stage
        for stage in read_stages(read_log(find_log(builds.data_dir / "events")))
        if stage.table == "int_bookings__priced"
    ]
    (bookings,) = duckdb.sql(
        f"select count(*) from '{builds.spark}/intermediate.db/int_bookings__priced/*.parquet'"
    ).fetchall()[0]
    assert stages
    assert max(stage.shuffled_bytes for stage in stages) <= MOST_BYTES_A_BOOKING * bookings + BYTES_OF_HEADERS


def test_numbers_are_made_without_looking_at_all_pairs(builds: Builds) -> None:
    assert {table for table, plan in read_plans(builds).items() if NUMBERS.search(plan)} == set()


def test_bookings_are_compiled_in_steps(builds: Builds) -> None:
    """Of one method for all steps the JVM compiles nothing: it copies each row twenty times."""
    assert len(re.findall(r"^\(\d+\) Coalesce", read_plans(builds)["int_bookings__priced"], re.MULTILINE)) >= 6
