"""A reset is quick, private and complete; no file is ever touched, and what is no data is refused in one line."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from agentic.environment import Environment
from agentic.errors import DataError
from agentic.tasks import Task
from export.exported_table import ExportedTable
from export.key_check import check_key

FILES = ("eventhub.db", "udahub.db", "generated/ticket_labels.jsonl")


LISTED = [ExportedTable(file_name=FILES[2], table_name="ticket_labels", row_count=40, content_hash="", byte_count=0)]


def find_task(environment: Environment, escalated: bool) -> Task:
    return next(task for task in environment.tasks.values() if task.should_escalate == escalated)


def copy_set(built: Path, target: Path) -> Path:
    (target / "generated").mkdir(parents=True)
    for name in FILES:
        shutil.copy(built / name, target / name)
    return target


def test_every_ticket_that_is_not_resolved_is_a_task(built: Path, environment: Environment) -> None:
    with sqlite3.connect(built / "udahub.db") as connection:
        rows = connection.execute("select ticket_id from ticket_metadata where status != 'resolved'").fetchall()
    assert {ticket_id for (ticket_id,) in rows} == set(environment.tasks)


def test_a_reset_undoes_everything(environment: Environment) -> None:
    task = find_task(environment, escalated=False)
    environment.reset(task.task_id)
    before = environment.state_hash()
    environment.replay(task.solutions[0])
    assert environment.state_diff() and environment.state_hash() != before
    desk = environment.reset(task.task_id)
    assert environment.state_diff() == [] and environment.state_hash() == before
    assert environment.state.calls == [] and environment.state.replies == []
    assert desk.read_ticket()["status"] == task.status


def test_an_escalated_ticket_stands_before_its_handover(environment: Environment) -> None:
    for task in environment.tasks.values():
        desk = environment.reset(task.task_id)
        ticket = desk.read_ticket()
        assert ticket["status"] in ("open", "in_progress") and ticket["thread"][0]["role"] == "user"
        if task.should_escalate:
            assert ticket["status"] == "open" and "system" not in {turn["role"] for turn in ticket["thread"]}
            history = desk.list_history(ticket["user_id"])
            assert not [
                row for row in history if row["ticket_id"] == task.task_id and "escalated" in row["interaction_type"]
            ]
            row = environment.state.database.find_one(
                "select escalation_reason, agent_notes, resolved_at from udahub.ticket_metadata where ticket_id = ?",
                task.task_id,
            )
            assert row is not None and set(row.values()) == {None}


def test_no_file_is_touched_and_none_is_made(built: Path, tmp_path: Path) -> None:
    data_dir = copy_set(built, tmp_path / "set")
    before = {name: hashlib.sha256((data_dir / name).read_bytes()).hexdigest() for name in FILES}
    listed = sorted(os.walk(data_dir))
    environment = Environment(data_dir)
    for task in environment.tasks.values():
        environment.reset(task.task_id)
        environment.replay(task.solutions[0])
    assert {name: hashlib.sha256((data_dir / name).read_bytes()).hexdigest() for name in FILES} == before
    assert sorted(os.walk(data_dir)) == listed


def test_the_copies_are_those_of_the_start_whatever_happens_to_the_files(built: Path, tmp_path: Path) -> None:
    data_dir = copy_set(built, tmp_path / "set")
    environment = Environment(data_dir)
    for name in FILES:
        (data_dir / name).unlink()
    task = find_task(environment, escalated=False)
    environment.reset(task.task_id)
    assert environment.replay(task.solutions[0]) == [] and environment.score().passed


def test_what_stands_in_a_write_ahead_log_counts(built: Path, tmp_path: Path) -> None:
    data_dir = copy_set(built, tmp_path / "set")
    with sqlite3.connect(data_dir / "eventhub.db") as writer:
        writer.execute("pragma journal_mode = wal")
        writer.execute("update users set full_name = 'Written Late' where user_id = 'u_00001'")
        writer.commit()
        environment = Environment(data_dir)
        environment.reset(next(iter(environment.tasks)))
        assert environment.desk.find_member(user_id="u_00001")["full_name"] == "Written Late"


def test_changes_go_into_the_log_however_they_are_made(environment: Environment) -> None:
    environment.reset(next(iter(environment.tasks)))
    execute = environment.state.database.connection.execute
    execute("update eventhub.users set city = 'Elsewhere' where user_id = 'u_00001'")
    execute("delete from eventhub.refunds where refund_id = (select min(refund_id) from eventhub.refunds)")
    assert [(one.table, one.kind) for one in environment.state_diff()] == [
        ("eventhub.refunds", "removed"),
        ("eventhub.users", "changed"),
    ]
    execute("update eventhub.users set city = ? where user_id = 'u_00001'", [_read_city(environment)])
    assert [one.kind for one in environment.state_diff()] == ["removed"]


def _read_city(environment: Environment) -> str:
    (change,) = [one for one in environment.state_diff() if one.table == "eventhub.users"]
    return str(json.loads(change.values)["city"][0])


def test_resets_are_quick_and_need_no_more_memory(environment: Environment) -> None:
    check_resets(environment)


@pytest.mark.long
def test_resets_are_quick_and_need_no_more_memory_at_full(full_environment: Environment) -> None:
    check_resets(full_environment)


def check_resets(environment: Environment) -> None:
    ids = list(environment.tasks)
    for ticket_id in ids[:100]:
        environment.reset(ticket_id)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    for number in range(1000):
        environment.reset(ids[number % len(ids)])
        environment.replay(environment.task.solutions[0])
    seconds = time.perf_counter() - started
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes
    assert seconds / 1000 < 0.1  # of a reset and a solution, on a machine that does other things, too


@pytest.mark.parametrize("missing", FILES)
def test_a_missing_file_is_named(built: Path, tmp_path: Path, missing: str) -> None:
    data_dir = copy_set(built, tmp_path / "set")
    (data_dir / missing).unlink()
    with pytest.raises(DataError, match=f"{Path(missing).name} .*make run"):
        Environment(data_dir)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("eventhub.db", b"no database"),
        ("udahub.db", b""),
        ("generated/ticket_labels.jsonl", b"no json\n"),
        ("generated/ticket_labels.jsonl", b'{"ticket_id": "t_00001"}\n'),
        ("generated/ticket_labels.jsonl", b"[1]\n"),
        ("generated/ticket_labels.jsonl", b"\xff\n"),
    ],
)
def test_files_of_another_form_are_refused_in_one_line(built: Path, tmp_path: Path, name: str, content: bytes) -> None:
    data_dir = copy_set(built, tmp_path / "set")
    (data_dir / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        Environment(data_dir)
    assert "make run" in str(caught.value) and "\n" not in str(caught.value)


def test_a_key_of_other_data_is_refused_in_one_line(built: Path, tmp_path: Path) -> None:
    data_dir = copy_set(built, tmp_path / "set")
    path = data_dir / "generated" / "ticket_labels.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[3] = json.dumps(json.loads(lines[3]) | {"data_hash": "e" * 64})
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataError, match=r"line of t_00004 names data eeeeeeeeeeee, .*Make both together: make run$"):
        Environment(data_dir)
    assert [finding.check for finding in check_key(data_dir, LISTED)] == ["key_belongs_to_the_data"] * 2
    assert not list(check_key(built, LISTED))
    # Bytes that are no lines of a key are told by another check.
    path.write_text("[1]\n")
    assert not list(check_key(data_dir, LISTED))


def test_a_ticket_that_is_no_task_is_named(environment: Environment) -> None:
    with pytest.raises(ValueError, match="t_99999 is no task"):
        environment.reset("t_99999")


def test_facts_may_be_a_list_and_kinds_are_read(built: Path, tmp_path: Path) -> None:
    data_dir = copy_set(built, tmp_path / "set")
    path = data_dir / "generated" / "ticket_labels.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    for row in rows:
        if isinstance(row["facts"], dict):
            row["facts"] = [{"name": name, "value": value, "type": "text"} for name, value in row["facts"].items()]
        row |= {"kind": "must_refuse", "forbidden_actions": "issue_refund upgrade", "key_version": "7"}
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    environment = Environment(data_dir)
    task = find_task(environment, escalated=False)
    assert task.kind == "must_refuse" and {"issue_refund", "upgrade"} <= set(task.forbidden_actions)
    assert environment.key_version == "7"
    environment.reset(task.task_id)
    with pytest.raises(ValueError):
        environment.call("upgrade_plan", {"user_id": "u_99999"})
    assert "forbidden" in environment.score().failed_checks
