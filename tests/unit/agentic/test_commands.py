"""What app.py prints: the exam's table, a ticket worked, a talk; and one line where something is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from agentic.agents import AGENTS
from agentic.commands.parser import main
from agentic.commands.printing import format_table
from agentic.environment import Environment
from agentic.tools import Desk
from tests.paths import REPO_ROOT

SPLITS = [word for split in ("train", "dev", "test", "unseen") for word in ("--split", split)]


def test_the_exam_prints_a_table_and_writes_a_line_a_run(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exam", "--agent", "gold", "--k", "2", *SPLITS], own) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    environment = Environment(own)
    count = len(environment.tasks)
    assert lines[0].startswith(f"agent gold, {count} tickets, 2 runs each, as of 2026-06-01, data ")
    assert lines[2].split()[:3] == ["all", str(count), "100.0"] and "pass^2" in lines[1]
    groups = {line.split()[0] for line in lines[2:]}
    assert groups == {"all", "category", "kind", "difficulty", "split", "always"}
    assert all("100.0 %" in line for line in lines[2:] if not line.startswith("always"))
    path = own / "work" / "exam" / "gold-train-dev-test-unseen-k2.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(rows) == 2 * count and all(row["passed"] for row in rows) and str(path) in printed.err
    assert {(row["data_hash"], row["files_hash"], row["key_version"]) for row in rows} == {
        (environment.data_hash, environment.files_hash, "3")
    }
    assert len(environment.data_hash) == len(environment.files_hash) == 64
    assert f"data {rows[0]['data_hash'][:12]}, key 3" in printed.out


def test_runs_before_an_error_are_kept(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def __init__(self, environment: Environment) -> None:
            self.left = 3

        def work(self, desk: Desk) -> None:
            self.left -= 1
            if not self.left:
                raise OSError("the service is gone")

    monkeypatch.setitem(AGENTS, "idle", Failing)
    assert main(["exam", "--agent", "idle", *SPLITS], own) == 1
    folder = own / "work" / "exam"
    assert [path.name for path in folder.glob("[!.]*.jsonl*")] == ["idle-train-dev-test-unseen.jsonl.part"]
    assert len((folder / "idle-train-dev-test-unseen.jsonl.part").read_text().splitlines()) == 2


def test_predictions_take_the_place_of_no_agent(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "answer.jsonl").write_text("")
    words = ["exam", "--predictions", str(tmp_path / "answer.jsonl"), "--limit", "2", "--split", "dev", *SPLITS]
    assert main(words, own) == 0
    printed = capsys.readouterr()
    assert printed.out.count("\nalways") == 3
    assert "/predictions-answer-train-dev-test-unseen-first2.jsonl" in printed.err


def test_failures_are_explained(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exam", "--agent", "idle", "--failures", "2", "--no-baselines", "--limit", "3", *SPLITS], own) == 0
    out = capsys.readouterr().out
    assert out.count("end state:\n  expected  ") == 2 and "found     nothing" in out


@pytest.mark.parametrize("name", AGENTS)
def test_every_agent_can_sit_the_exam(own: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exam", "--agent", name, "--unmeasured", "--no-baselines", *SPLITS], own) == 0
    assert f"agent {name}," in capsys.readouterr().out


def test_the_rule_agent_is_better_than_doing_always_the_same(built: Path) -> None:
    command = [sys.executable, str(REPO_ROOT / "app.py"), "exam", *SPLITS]
    environment = {"EVENTHUB_DATA_DIR": str(built), "PATH": "", "PYTHONIOENCODING": "ascii"}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    rows = [line.split() for line in result.stdout.splitlines()]
    passed = {tuple(row[:2]): float(row[3]) for row in rows if row[0] == "always"}
    own = next(float(row[2]) for row in rows if row[0] == "all")
    assert len(passed) == 3 and own > max(passed.values())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["work", "t_99999"], "t_99999 is no task"),
        (["work", ""], "is no task"),
        (["chat", "--as", "u_99999"], "There is no member u_99999"),
        (["exam", "--predictions", "nowhere.jsonl"], "nowhere.jsonl"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    own: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: "Hello")
    assert main(arguments, own) == 1
    error = capsys.readouterr().err
    assert error.startswith("error: ") and message in error and error.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [["exam", "--customer-model", "nova-lite"], ["work", "t_00001", "--model", "nova-lite"],
     ["chat", "--as", "u_00001", "--checkpoints", "x"]],
    ids=str,
)  # fmt: skip
def test_a_flag_that_changes_nothing_is_refused(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words, tmp_path) == 2
    assert f"{words[-2]} needs --" in capsys.readouterr().err


def test_an_agent_that_fails_in_a_talk_is_told_in_one_line(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        def __init__(self, environment: Environment) -> None:
            pass

        def work(self, desk: Desk) -> None:
            raise KeyError("no such\nslot")

    monkeypatch.setitem(AGENTS, "rules", Failing)
    monkeypatch.setattr("builtins.input", lambda prompt: "Hello")
    assert main(["chat", "--as", "u_00001"], built) == 1
    assert capsys.readouterr().err == "error: the agent failed: KeyError: 'no such\\nslot'\n"


def test_a_split_without_tickets_is_named(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = own / "generated" / "ticket_labels.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"split":"test"', '"split":"dev"'), encoding="utf-8")
    assert main(["exam"], own) == 1
    assert "no ticket to work in split test. Choose another with --split" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["fly"], ["exam", "--k", "0"], ["exam", "--limit", "-1"], ["exam", "--limit", "x"], ["exam", "--agent", "x"],
     ["chat"], ["work"], ["exam", "--agent", "rules", "--predictions", "x"]],
    ids=str,
)  # fmt: skip
def test_wrong_use_ends_with_2(own: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments, own)
    assert caught.value.code == 2


def test_without_data_the_way_to_them_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["exam"], ["work", "t_00001"], ["chat", "--as", "u_00001"]):
        assert main(arguments, tmp_path) == 1
        error = capsys.readouterr().err
        assert "make run" in error and error.count("\n") == 1


@pytest.mark.parametrize("name", AGENTS)
def test_a_ticket_is_worked_before_your_eyes(built: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    ticket_id = next(iter(Environment(built).tasks))
    assert main(["work", ticket_id, "--agent", name], built) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{ticket_id}: ") and "\ncalls\n" in out and "\nchanges\n" in out
    assert out.rstrip().endswith("passed") or "\nfailed\n" in out


def test_a_member_is_answered(built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter(["How do I get a refund?", "And parking?\ud83d", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(said))
    assert main(["chat", "--as", "u_00001"], built) == 0
    out = capsys.readouterr().out
    assert out.count("desk    ") + out.count("escalated") >= 2


def test_a_talk_ends_with_its_input(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", end)
    assert main(["chat", "--as", "u_00001"], built) == 0


def test_a_table_without_a_terminal_is_plain() -> None:
    assert format_table(["", "of", "tickets"], [["all", "x", "9"]]) == "     of  tickets\nall  x         9\n"


def test_who_lacks_the_packages_is_told_in_one_line(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "langchain_aws", None)
    for arguments in (["work", "t_00001"], ["exam"], ["chat", "--as", "u_00001"], ["work", "t_1", "--customer=model"]):
        assert main([*arguments, "--agent", "bedrock", "--model", "nova-lite"], built) == 1
        error = capsys.readouterr().err
        assert "needs the packages of 'make agents'" in error and error.count("\n") == 1


def test_who_needs_no_model_loads_no_package_of_one() -> None:
    names = ("lang", "boto", "numpy", "scipy", "tokenizers")
    code = f"import sys, agentic.commands.parser; sys.exit(any(n.startswith({names}) for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPO_ROOT, check=False).returncode == 0
