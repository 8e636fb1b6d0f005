"""The files for tau2, written without it: what a task says, what counts, and the rows that it needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agentic.environment import Environment
from agentic.plugs.tau2.__main__ import main
from agentic.plugs.tau2.criteria import has_told, write_criteria, write_info
from agentic.plugs.tau2.start import read_start
from agentic.tasks import Task


@pytest.fixture(scope="module")
def files(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The domain of the test volume."""
    folder = tmp_path_factory.mktemp("tau2") / "files"
    assert main(["write", "--data", str(built), "--out", str(folder)]) == 0
    return folder


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="ascii"))


def test_splits_share_out_all_tasks(files: Path, environment: Environment) -> None:
    splits = read(files / "split_tasks.json")
    tasks = read(files / "tasks.json")
    assert splits.pop("base") == [task["id"] for task in tasks] == list(environment.tasks)
    assert sorted(name for names in splits.values() for name in names) == sorted(environment.tasks)
    assert set(splits) == {"train", "dev", "test", "unseen"}


def test_a_task_names_its_ticket_its_thread_and_what_counts(files: Path, environment: Environment) -> None:
    for told in read(files / "tasks.json"):
        task = environment.tasks[told["id"]]
        [opening] = told["initial_state"]["initialization_actions"]
        assert opening["func_name"] == "open_ticket" and opening["arguments"]["ticket_id"] == task.task_id
        history = told["initial_state"]["message_history"]
        assert history[0]["role"] == "user" and {message["role"] for message in history} <= {"user", "assistant"}
        wanted = told["evaluation_criteria"]
        assert wanted["actions"] and "reply" not in {action["name"] for action in wanted["actions"]}
        assert wanted["reward_basis"][:2] == ["DB", "COMMUNICATE"]
        assert ("ENV_ASSERTION" in wanted["reward_basis"]) == bool(wanted["env_assertions"])
        # Nothing that the agent has to tell is told already.
        before = " ".join(m["content"].lower().replace(",", "") for m in history if m["role"] == "assistant")
        assert not [info for info in wanted["communicate_info"] if info.lower() in before or len(info) < 2]


def test_the_reply_of_the_key_says_all_that_is_asked_for(files: Path, environment: Environment) -> None:
    for told in read(files / "tasks.json"):
        wanted = told["evaluation_criteria"]
        said = "\n".join(str(c.arguments.get("text", "")) for c in environment.tasks[told["id"]].solutions[0])
        heard = said.lower().replace(",", "")  # as tau2 hears it
        assert [info for info in wanted["communicate_info"] if info.lower() not in heard] == []
        assert all(has_told([said], **one["arguments"]) for one in wanted["env_assertions"])
        assert not any(has_told([], **one["arguments"]) for one in wanted["env_assertions"])
        facts = [one["arguments"] for one in wanted["env_assertions"] if any(one["arguments"].values())]
        assert not any(has_told(["Thank you."], **one) for one in facts)


@pytest.mark.parametrize(
    ("name", "value", "info"),
    [
        ("refund_due", "168.00", "$168"),
        ("refund_due", "42.50", "$42.50"),
        ("refund_due", "0.00", None),  # "nothing comes back"
        ("refund_days", "5", None),
        ("refund_percent", "50", None),
        ("event_date", "2027-03-21", None),
        ("event_title", "Sackbuts, Shawms and a Rude Madrigal", "Sackbuts Shawms and a Rude Madrigal"),
        ("reservation_id", "r_00042", "r_00042"),
        ("event_status", "soldout", None),
    ],
)
def test_letter_by_letter_counts_only_what_is_written_in_one_way(name: str, value: str, info: str | None) -> None:
    assert write_info(name, value) == info


def test_what_the_thread_says_already_is_asked_of_the_agent(environment: Environment) -> None:
    task = next(task for task in environment.tasks.values() if write_criteria(task, [])["communicate_info"])
    said = "\n".join(task.facts.values()).replace(",", "")
    found = write_criteria(task, [f"${said}".replace("\n", "\n$") + said])
    assert found["communicate_info"] == [] and found["reward_basis"][-1] == "ENV_ASSERTION"
    assert set(write_criteria(task, [])["communicate_info"]) != set()


def test_a_splits_rows_hold_what_its_tickets_read(files: Path, environment: Environment) -> None:
    """Each look-up of a member and a booking finds in the split what it finds in the whole set."""
    for split in ("train", "dev", "test", "unseen"):
        database = read_start(files / f"db_{split}.json").take()
        for task in [one for one in environment.tasks.values() if one.split == split]:
            _compare(environment, database, task)


def _compare(environment: Environment, database: Any, task: Task) -> None:
    environment.reset(task.task_id)
    whole, user_id = environment.state.database, task.customer.known["user_id"]
    for query in (
        "select * from eventhub.reservations join eventhub.events using (event_id) where user_id = ? order by 1",
        "select * from eventhub.user_details where user_id = ?",
        "select history.* from udahub.user_history as history join udahub.users using (user_id)"
        " where external_user_id = ? and interaction_type != 'ticket_escalated' order by history_id",
    ):
        assert database.find_all(query, user_id) == whole.find_all(query, user_id)


def test_the_same_data_give_the_same_files(files: Path, built: Path, tmp_path: Path) -> None:
    assert main(["write", "--data", str(built), "--out", str(tmp_path)]) == 0
    for path in files.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_what_is_missing_is_said_in_one_line(files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (["write", "--data", str(tmp_path)], "make run"),
        (["run", "--files", str(tmp_path), "--domain", "eventhub"], "agentic.plugs.tau2 write"),
        (["run", "--files", str(files), "--domain", "eventhub"], "make tau2"),
    ):
        assert main(words) == 1
        error = capsys.readouterr().err
        assert error.startswith("error: ") and error.count("\n") == 1 and said in error
