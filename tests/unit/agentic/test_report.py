"""The report of exams: one page with every group, action, cost and failure, in which text stays text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agentic.commands.parser import main
from agentic.errors import DataError
from agentic.exam import Message
from agentic.judge import CHECKS, Check
from agentic.report import write_report
from agentic.report.confusion import confuse
from agentic.report.failures import choose_failures
from agentic.report.gathering import gather
from agentic.run_lines import CallLine, RunLine, find_done_action
from agentic.state import Call
from agentic.usage import Usage
from tests.unit.card.reading import read

# No script, no font, no picture, no network.
ALONE = "default-src 'none'; style-src 'unsafe-inline'"
HOSTILE = '</bdi></p><script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7 * 7 }}\x00\x1b\u202e&lt;b&gt;'


def make_run(number: int, **changes: object) -> RunLine:
    """Return a run that failed, and whose every text is hostile."""
    failed = ("end_state",)
    checks = tuple(Check(name, name not in failed, (HOSTILE,), (HOSTILE,)) for name in CHECKS)
    fields: dict[str, object] = {
        "ticket_id": f"t_{number:05}", "run": 1, "passed": False, "failed": failed, "category": HOSTILE,
        "kind": "single", "difficulty": "easy", "split": "test", "scenario": f"s{number % 3}", "calls": 2, "words": 9,
        "replies": 1, "why": HOSTILE, "stopped_by": HOSTILE, "checks": checks, "expected_action": "issue_refund",
        "done_action": "answer", "thread": (Message("user", HOSTILE, False), Message("ai", HOSTILE, True)),
        "tool_calls": (
            CallLine(tool=HOSTILE, arguments={HOSTILE: HOSTILE}, result=HOSTILE, error=""),
            CallLine(tool="reply", arguments={}, result="", error=HOSTILE),
        ),
        "changes": (), "usage": Usage("m", 1, 10, 5), "customer_usage": Usage(), "cost_usd": 0.002, "agent": HOSTILE,
        "model": HOSTILE, "settings": {"measures": HOSTILE}, "data_hash": "d" * 64, "files_hash": "f" * 64,
        "key_version": "3",
    }  # fmt: skip
    return RunLine.model_validate(fields | changes)


def write_exam(path: Path, *runs: RunLine) -> Path:
    path.write_text("".join(f"{run.write()}\n" for run in runs), encoding="ascii")
    return path


def test_whatever_a_ticket_says_is_text(tmp_path: Path) -> None:
    passed = make_run(2, passed=True, failed=(), done_action="issue_refund", cost_usd=None)
    other = write_exam(tmp_path / "other<b>.jsonl", make_run(1, data_hash=HOSTILE))
    mine = write_exam(tmp_path / "mine<i>.jsonl", make_run(1), passed)
    page = read(write_report(tmp_path / "report.html", [mine, other, write_exam(tmp_path / "free.jsonl", passed)]))
    assert not page.find("script", "img", "b", "i", "link") and page.text.count("alert(1)") > 10
    assert not any("49" in text for text in page.texts)
    assert "\x00" not in page.text and page.find("meta")[2]["content"] == ALONE
    ids = [found["id"] for found in (attributes for _, attributes in page.tags) if "id" in found]
    assert len(ids) == len(set(ids))


def test_an_exam_is_followed_by_its_report(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    splits = [word for split in ("train", "dev", "test", "unseen") for word in ("--split", split)]
    for agent in ("answer", "gold"):
        assert main(["exam", "--agent", agent, "--no-baselines", *splits], own) == 0
    path = own / "work" / "exam" / "report.html"
    assert f"report:  {path}" in capsys.readouterr().err
    page = read(path)
    assert "No run has failed" in page.text and "Left out" not in page.text
    assert "No cost to compare: no exam so far has paid for a model" in page.text
    named = path.with_name("answer-train-dev-test-unseen.jsonl")
    stale = path.with_name("stale.jsonl")
    stale.write_text('{"ticket_id": "t_00001"}\n')
    assert main(["report", str(named), str(stale)], own) == 0
    page = read(path)
    assert capsys.readouterr().out == f"{path}\n" and "an earlier version may have written it" in page.text
    failed = [json.loads(line) for line in named.read_text().splitlines()]
    first = next(run for run in failed if not run["passed"])
    assert {first["ticket_id"], first["thread"][0]["content"]} <= set(page.texts)
    check = next(check for check in first["checks"] if check["counts"] and not check["passed"])
    assert {*check["expected"], *check["found"]} <= set(page.texts)
    assert first["tool_calls"][0]["tool"] in page.texts and first["thread"][-1]["is_new"]
    assert len(page.find("article")) == min(10, len({run["ticket_id"] for run in failed if not run["passed"]}))


def test_exams_of_other_data_or_another_key_are_left_out(tmp_path: Path) -> None:
    changes = {"data": {"data_hash": "e" * 64}, "files": {"files_hash": "e" * 64}, "key": {"key_version": "9"}}
    files = [write_exam(tmp_path / f"{name}.jsonl", make_run(1, **change)) for name, change in changes.items()]
    mine = write_exam(tmp_path / "mine.jsonl", make_run(1))
    gathered = gather([tmp_path / "gone.jsonl", mine, *files, write_exam(tmp_path / "empty.jsonl"), mine])
    assert [exam.name for exam in gathered.exams] == ["mine"] and gathered.shown.cost == 0.002
    assert [name for name, _ in gathered.left_out] == [
        "gone.jsonl", "data.jsonl", "files.jsonl", "key.jsonl", "empty.jsonl"
    ]  # fmt: skip
    with pytest.raises(DataError, match=r"both\.jsonl, run 2 is of another exam than the first"):
        gather([write_exam(tmp_path / "both.jsonl", make_run(1), make_run(2, model="another"))])


def test_without_an_exam_the_way_to_one_is_told(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report"], own) == 1
    assert capsys.readouterr().err == "error: There is no exam to report. Hold one: python app.py exam\n"
    with pytest.raises(DataError, match="No such file"):
        gather([own / "gone.jsonl"])


@pytest.mark.parametrize(
    ("model", "short"),
    [
        ("us.anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5"),
        ("amazon.nova-lite-v1:0", "nova-lite"),
        ("us.deepseek.v3.2", "deepseek.v3.2"),
        ("mistral.mistral-7b-instruct-v0:2", "mistral-7b-instruct"),
        ("arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-pro-v1:0", "nova-pro"),
        ("openai.gpt-oss-120b-1:0", "gpt-oss-120b-1"),
        ("", ""),
    ],
)
def test_models_are_named_in_short(model: str, short: str, tmp_path: Path) -> None:
    path = write_exam(tmp_path / "x.jsonl", make_run(1, agent="bedrock", model=model))
    assert gather([path]).shown.agent == f"bedrock {short}".strip()


def test_the_confusion_counts_every_run() -> None:
    runs = [make_run(number, done_action=name) for number, name in enumerate(["issue_refund", "several", "nothing"])]
    confusion = confuse([*runs, make_run(4, expected_action="escalate", done_action="nothing")])
    assert confusion.columns == ("issue_refund", "escalate", "several", "nothing") and confusion.right == 0.25
    assert [(name, total) for name, total, _ in confusion.rows] == [("issue_refund", 3), ("escalate", 1)]
    assert [(cell.count, cell.step, cell.is_right) for cell in confusion.rows[0][2]] == [
        (1, 2, True), (0, 0, False), (1, 2, False), (1, 2, False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tools", "action"),
    [
        ((), "nothing"),
        (("read_ticket", "reply", "resolve_ticket"), "answer"),
        (("upgrade_plan", "reply"), "upgrade"),
        (("escalate_ticket",), "escalate"),
        (("issue_refund", "reset_access"), "several"),
        (("issue_refund!", "reply"), "answer"),
    ],
)
def test_the_action_taken_is_named_as_the_key_names_it(tools: tuple[str, ...], action: str) -> None:
    calls = [
        Call(tool=tool.strip("!"), arguments={}, result={}, error="no" if tool.endswith("!") else None, is_write=True)
        for tool in tools
    ]
    assert find_done_action(calls) == action


def test_failures_of_every_way_to_fail_are_shown() -> None:
    runs = [make_run(number, scenario="same") for number in range(12)]
    rare = make_run(50, failed=("told", "forbidden"))
    other = make_run(60, scenario="other")
    chosen = choose_failures([*runs, make_run(0, run=2), rare, other, make_run(70, passed=True, failed=())])
    assert [run.ticket_id for run in chosen[:4]] == ["t_00000", "t_00050", "t_00060", "t_00001"] and len(chosen) == 10
