"""What each stage of a build on Spark moved: rows, bytes shuffled and the largest task, read from Spark's event log.

The log is written where Spark is told to (`spark.eventLog.enabled` and `spark.eventLog.dir`, as by
`write_log_settings`). Then: `python -m bench.spark_stages LOG`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HEADER = " stage tasks          rows         read B     shuffled B   CPU s  largest task  table"
TABLE = re.compile(r"Execute InsertInto.*\n.*\nArguments: [^\n,]*/(\w+),")


@dataclass
class Stage:
    """One stage.

    Attributes:
        number: Spark's.
        table: that is made, or nothing.
        tasks: that ended well.
        rows: read from tables and from shuffles.
        read_bytes: of tables.
        shuffled_bytes: written to shuffles.
        cpu_seconds: of all tasks.
        largest_task_rows: read by one task.
    """

    number: int
    table: str = ""
    tasks: int = 0
    rows: int = 0
    read_bytes: int = 0
    shuffled_bytes: int = 0
    cpu_seconds: float = 0.0
    largest_task_rows: int = 0


def read_stages(lines: Iterable[str]) -> list[Stage]:
    """Add up the tasks of an event log by stage, in the order of the stages."""
    stages: dict[int, Stage] = {}
    tables: dict[int, str] = {}
    for line in lines:
        event = json.loads(line)
        if event["Event"].endswith("SparkListenerSQLExecutionStart"):
            made = TABLE.search(event["physicalPlanDescription"])
            tables[event["executionId"]] = made[1] if made else tables.get(event.get("rootExecutionId"), "")
        elif event["Event"] == "SparkListenerStageSubmitted":
            number = event["Stage Info"]["Stage ID"]
            execution = int(event.get("Properties", {}).get("spark.sql.execution.id", -1))
            stages.setdefault(number, Stage(number)).table = tables.get(execution, "")
        elif event["Event"] == "SparkListenerTaskEnd" and event["Task End Reason"]["Reason"] == "Success":
            _add(stages.setdefault(event["Stage ID"], Stage(event["Stage ID"])), event["Task Metrics"])
    return [stages[number] for number in sorted(stages)]


def write_log_settings(settings: Path, events: Path) -> None:
    """Make a folder for SPARK_CONF_DIR, by which a session writes its log to another new folder."""
    settings.mkdir()
    events.mkdir(parents=True)
    logged = {"enabled": "true", "compress": "false", "dir": events.as_uri()}
    lines = (f"spark.eventLog.{name} {value}\n" for name, value in logged.items())
    (settings / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")


def find_log(events: Path) -> Path:
    """Find the event log of the one session that wrote to a folder."""
    (log,) = events.iterdir()
    return log


def read_log(path: Path) -> Iterator[str]:
    """Read the lines of an event log: a file, or a folder of rolled ones in their order."""
    files = [path] if path.is_file() else sorted(path.rglob("events_*"), key=lambda file: int(file.name.split("_")[1]))
    for file in files:
        with file.open(encoding="utf-8") as lines:
            yield from lines


def _add(stage: Stage, metrics: dict[str, dict[str, int]]) -> None:
    rows = metrics["Input Metrics"]["Records Read"] + metrics["Shuffle Read Metrics"]["Total Records Read"]
    stage.tasks += 1
    stage.rows += rows
    stage.read_bytes += metrics["Input Metrics"]["Bytes Read"]
    stage.shuffled_bytes += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
    stage.cpu_seconds += int(str(metrics["Executor CPU Time"])) / 1e9
    stage.largest_task_rows = max(stage.largest_task_rows, rows)


def main() -> int:
    """Print the stages of an event log that read or shuffled rows."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).exists():
        print("Usage: python -m bench.spark_stages LOG, where LOG is an event log of Spark, a file or a folder")
        return 2
    print(HEADER)
    for stage in read_stages(read_log(Path(sys.argv[1]))):
        if stage.rows or stage.shuffled_bytes:
            counts = f"{stage.rows:>13,} {stage.read_bytes:>14,} {stage.shuffled_bytes:>14,} {stage.cpu_seconds:>7.1f}"
            print(f"{stage.number:>6} {stage.tasks:>5} {counts} {stage.largest_task_rows:>13,}  {stage.table}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
