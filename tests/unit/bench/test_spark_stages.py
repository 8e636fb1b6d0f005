"""An event log of Spark is added up by stage."""

from __future__ import annotations

import json
from pathlib import Path

from bench.spark_stages import read_log, read_stages


def _task(stage: int, read: int, shuffled: int, reason: str = "Success") -> str:
    return json.dumps(
        {
            "Event": "SparkListenerTaskEnd",
            "Stage ID": stage,
            "Task End Reason": {"Reason": reason},
            "Task Metrics": {
                "Executor CPU Time": 500_000_000,
                "Input Metrics": {"Records Read": read, "Bytes Read": 10 * read},
                "Shuffle Read Metrics": {"Total Records Read": 1},
                "Shuffle Write Metrics": {"Shuffle Bytes Written": shuffled},
            },
        }
    )


def _execution(number: int, table: str) -> str:
    plan = (
        f"(1) Execute InsertIntoHadoopFsRelationCommand\nInput: []\nArguments: file:/w/main.db/{table}, false, Parquet"
    )
    return json.dumps(
        {
            "Event": "org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart",
            "executionId": number,
            "physicalPlanDescription": plan,
        }
    )


def _stage(number: int, execution: int) -> str:
    return json.dumps(
        {
            "Event": "SparkListenerStageSubmitted",
            "Stage Info": {"Stage ID": number},
            "Properties": {"spark.sql.execution.id": str(execution)},
        }
    )


def test_tasks_are_added_up_by_stage_and_failed_ones_left_out(tmp_path: Path) -> None:
    started = [_execution(7, "int_numbers"), _stage(3, 7)]
    (tmp_path / "events_1_local").write_text("\n".join([*started, _task(3, 5, 70)]) + "\n")
    (tmp_path / "events_2_local").write_text(_task(3, 9, 30) + "\n" + _task(3, 99, 99, reason="Resubmitted") + "\n")
    (tmp_path / "events_10_local").write_text(json.dumps({"Event": "SparkListenerApplicationEnd"}) + "\n")
    (stage,) = read_stages(read_log(tmp_path))
    assert (stage.number, stage.table, stage.tasks) == (3, "int_numbers", 2)
    assert (stage.rows, stage.read_bytes, stage.shuffled_bytes) == (16, 140, 100)
    assert (stage.largest_task_rows, stage.cpu_seconds) == (10, 1.0)
