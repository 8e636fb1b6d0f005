"""Files of predictions: none is lost by a failure, any text survives, and a mistake is named by line and key."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentic.agents.prediction_agent import PredictionAgent
from agentic.environment import Environment
from agentic.exam import run_task, run_tasks
from agentic.labels import read_labels
from agentic.predictions.files import (
    Prediction,
    append_predictions,
    find_answered,
    read_predictions,
    write_predictions,
)
from agentic.tasks import Task
from tests.paths import CASES, REPO_ROOT

GOOD = '{"ticket_id": "t_00001", "article_ids": ["kb_00009"], "action": "answer", "arguments": {}, "reply": "x"}'
# Texts that end a line, are cut in half or are no characters at all, and have to come back as they were.
ODD_TEXTS = [
    "a\u2028b",
    "a\u2029b",
    "a\x85b",
    "a\x0bb\x0cc\x1cd",
    "a\r\nb",
    "half \ud83d pair",
    "\x00",
    "😀 é 漢",
    "\ufeffx",
]


def make(number: int, reply: str = "x") -> Prediction:
    return Prediction(ticket_id=f"t_{number:05}", article_ids=["kb_00001"], action="answer", arguments={}, reply=reply)


def fail_after(count: int) -> Iterator[Prediction]:
    yield from (make(number) for number in range(1, count + 1))
    raise IndexError("list index out of range")


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_any_text_survives_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.jsonl"
    write_predictions(path, [make(1, text), make(2)])
    append_predictions(path, [make(3, text)])
    assert [made.reply for made in read_predictions(path).values()] == [text, "x", text]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_any_text_is_read_as_others_write_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.jsonl"
    row = json.loads(GOOD) | {"reply": text}
    path.write_bytes((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass"))
    assert read_predictions(path)["t_00001"].reply == text


def test_the_reported_line_separator_is_read() -> None:
    assert read_predictions(CASES / "predictions_line_separator.jsonl")["t_00001"].reply.startswith("You get $42.00")


def test_a_file_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode() + b"\r\n\r\n")
    assert list(read_predictions(path)) == ["t_00001"]


def test_a_failure_leaves_the_file_that_was_there_and_keeps_what_was_made(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    write_predictions(path, [make(number) for number in range(100)])
    before = path.read_bytes()
    with pytest.raises(IndexError) as caught:
        write_predictions(path, fail_after(18))
    assert path.read_bytes() == before
    assert len(read_predictions(tmp_path / "p.jsonl.part")) == 18
    assert "p.jsonl.part" in caught.value.__notes__[0]


def test_predictions_are_on_disk_as_they_come(tmp_path: Path) -> None:
    path = tmp_path / "new" / "p.jsonl"
    with pytest.raises(IndexError):
        append_predictions(path, fail_after(18))
    assert find_answered(path) == {f"t_{number:05}" for number in range(1, 19)}
    assert append_predictions(path, [make(19), make(20)]) == 2
    assert len(read_predictions(path)) == 20


@pytest.mark.parametrize(("end", "kept"), [('{"ticket_id": "t_0', 1), (GOOD.replace("t_00001", "t_00002"), 2)])
def test_a_run_goes_on_after_a_line_that_was_cut_or_not_ended(
    tmp_path: Path, end: str, kept: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(f"{GOOD}\n{end}".encode())
    assert len(find_answered(path)) == kept
    append_predictions(path, [make(3)])
    assert len(read_predictions(path)) == kept + 1
    assert ("cut short" in capsys.readouterr().err) is (kept == 1)


WRONG = [
    (GOOD.replace('"x"', "null"), "`reply` is null; right is a text such as"),
    (GOOD.replace('"x"', '["x"]'), "`reply` is a list; right is a text"),
    (GOOD.replace('["kb_00009"]', '"kb_00009"'), '`article_ids` is a text; right is a list of texts such as ["kb_'),
    (GOOD.replace('["kb_00009"]', "[9]"), "`article_ids` is a list that holds a number; right is a list of texts"),
    (GOOD.replace('["kb_00009"]', "[null]"), "`article_ids` is a list that holds null"),
    (GOOD.replace('"t_00001"', "1"), '`ticket_id` is a number; right is a text such as "t_00001"'),
    (GOOD.replace('"ticket_id": "t_00001", ', ""), "`ticket_id` is missing. A line is an object with ticket_id"),
    (GOOD.replace('"action": "answer", ', ""), "`action` is missing"),
    (GOOD.replace('"answer"', '"refund"'), '`action` "refund" is not known; right is one of answer, issue_refund'),
    (GOOD.replace('"answer"', '"isue_refund"'), "Did you mean issue_refund?"),
    (GOOD.replace('"answer"', "true"), "`action` is true or false; right is one of answer"),
    (GOOD.replace("{}", "[]"), "`arguments` is a list; right is an object such as"),
    (GOOD.replace('"reply"', '"action_arguments": {}, "reply"'), "`arguments` stands there twice, once as `action_arg"),
    (GOOD.replace("t_00001", "t_99999"), '`ticket_id` "t_99999" is no ticket of the key'),
    ("[1]", "is a list. A line is an object with"),
    ('"x"', "is a text. A line is an object with"),
    ('{"ticket_id": "t_00001"', "is no JSON: Expecting"),
    ("{'ticket_id': 't_00001'}", "is no JSON: Expecting property name"),
    ('{"a": NaN}', "holds NaN, which is no number of JSON"),
    ("[" * 100_000, "is nested too deep"),
    (GOOD + GOOD, "is no JSON: Extra data at character"),
]
WRONG_ARGUMENTS = [
    (
        '{"reservation_id": "r_00001", "amount": true}',
        "`arguments.amount` is true or false; right is a text or a",
    ),
    ('{"reservation_id": "r_00001", "amount": null}', "`arguments.amount` is null; right is"),
    ('{"reservation_id": "r_00001", "amount": [42]}', "`arguments.amount` is a list that holds a number"),
    ('{"reservation_id": 1, "amount": "42.00"}', "`arguments.reservation_id` is a number; right is a text such"),
    (
        '{"ticket_count": {"value": 2}}',
        "`arguments.ticket_count` is an object; right is a text or a whole",
    ),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_a_wrong_line_is_named_with_what_is_right(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(GOOD.replace("t_00001", "t_00002") + "\n" + line + "\n")
    with pytest.raises(ValueError) as caught:
        read_predictions(path, {"t_00001", "t_00002"})
    assert f"{path}, line 2: " in str(caught.value) and message in str(caught.value)
    assert "\n" not in str(caught.value) and str(caught.value).isascii()


@pytest.mark.parametrize(("arguments", "message"), WRONG_ARGUMENTS)
def test_an_argument_of_the_wrong_type_is_named(tmp_path: Path, arguments: str, message: str) -> None:
    action = "change_party_size" if "ticket_count" in arguments else "issue_refund"
    test_a_wrong_line_is_named_with_what_is_right(
        tmp_path, GOOD.replace('"answer"', f'"{action}"').replace("{}", arguments), message
    )


def test_the_old_name_of_arguments_is_read_and_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.jsonl"
    lines = [
        GOOD.replace('"arguments": {}', '"action_arguments": {"user_id": "u_00001"}').replace("1", d) for d in "123"
    ]
    path.write_text("\n".join([GOOD.replace("t_00001", "t_00009"), *lines]))
    assert read_predictions(path)["t_00002"].arguments == {"user_id": "u_00002"}
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and f"{path}, line 2 and 2 more: `action_arguments` is now called" in said


def test_a_second_line_for_a_ticket_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(GOOD + "\n\n" + GOOD + "\n")
    with pytest.raises(ValueError, match='line 3: ticket "t_00001" has a line already, line 1'):
        read_predictions(path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(GOOD, encoding="utf-16")
    with pytest.raises(ValueError, match="line 1: is not UTF-8"):
        read_predictions(path)


def test_further_keys_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(GOOD.replace('"reply"', '"model": "x", "usage": {"tokens": 7}, "reply"') + "\n")
    assert read_predictions(path) == {
        "t_00001": Prediction(ticket_id="t_00001", article_ids=["kb_00009"], action="answer", arguments={}, reply="x")
    }


ARGUMENTS = [
    ({"amount": 42.0}, True),
    ({"amount": 42}, True),
    ({"amount": "$42.00"}, True),
    ({"amount": " 42.00 USD"}, True),
    ({"reservation_id": " {RESERVATION} "}, True),
    ({"reason": "plans changed", "notify": True}, True),
    ({"amount": 42.01}, False),
    ({"amount": "42.00 EUR"}, False),
    ({"amount": "all of it"}, False),
    ({"amount": 1e300}, False),
    ({"reservation_id": "r_99999"}, False),
    ({"reservation_id": None}, False),
]


def find_refund(environment: Environment) -> tuple[Task, dict[str, object]]:
    """A task that a refund solves, and the arguments of the key."""
    for task in environment.tasks.values():
        call = task.solutions[0][0]
        if call.tool in ("issue_refund", "cancel_reservation") and call.arguments["amount"] != "0.00":
            return task, dict(call.arguments)
    pytest.fail("no task is solved by a refund")


@pytest.mark.parametrize(("changed", "is_right"), ARGUMENTS, ids=str)
def test_amounts_and_ids_count_in_any_form(
    environment: Environment, tmp_path: Path, changed: dict[str, object], is_right: bool
) -> None:
    task, arguments = find_refund(environment)
    due, reservation_id = str(arguments["amount"]), str(arguments["reservation_id"])
    said = {
        name: value.replace("42.00", due).replace("{RESERVATION}", reservation_id.upper()) if isinstance(value, str)
        else float(due) + value - 42 if isinstance(value, int | float) and not isinstance(value, bool) else value
        for name, value in changed.items()
    }  # fmt: skip
    row = {name: value for name, value in (arguments | said).items() if value is not None}
    line = {"ticket_id": task.task_id, "article_ids": list(task.articles), "action": "issue_refund", "reply": "x"}
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps(line | {"arguments": row}))
    run = run_task(environment, PredictionAgent(read_predictions(path)), task)
    assert ("end_state" not in run.verdict.failed_checks) == is_right, run.verdict.explain()


def run_score(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REPO_ROOT / "app.py"), "exam", "--predictions", *arguments]
    environment = {"EVENTHUB_DATA_DIR": str(data_dir), "PATH": "", "PYTHONIOENCODING": "ascii"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("name", ["predictions_null.jsonl", "no_such_file.jsonl", "."])
def test_the_scorer_refuses_in_one_line(built: Path, name: str) -> None:
    result = run_score(built, str(CASES / name))
    assert result.returncode == 1 and result.stdout == ""
    assert result.stderr.startswith("error: ") and len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_the_scorer_names_a_ticket_that_the_key_does_not_know(built: Path, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps(json.loads(GOOD) | {"ticket_id": "t_\ud8001"}))
    result = run_score(built, str(tmp_path / "p.jsonl"))
    assert result.returncode == 1 and 'line 1: `ticket_id` "t_\\ud8001" is no ticket of the key' in result.stderr


def test_the_scorer_says_how_to_make_the_data(tmp_path: Path) -> None:
    result = run_score(tmp_path, str(CASES / "predictions_null.jsonl"))
    assert result.returncode == 1 and "Make the data first: make run" in result.stderr


def test_the_answers_of_the_key_pass_where_facts_are_told(environment: Environment) -> None:
    """The key itself as predictions, with numbers where it has amounts and counts, brings about every end state."""
    made = {}
    for task in environment.tasks.values():
        label = environment.labels[task.task_id]
        said = " ".join(str(call.arguments["text"]) for call in task.solutions[0] if call.tool == "reply")
        made[label.ticket_id] = Prediction(
            ticket_id=label.ticket_id, article_ids=[], action=label.action, arguments=label.arguments, reply=said
        )
    runs = list(run_tasks(environment, PredictionAgent(made), environment.tasks.values()))
    assert [run.verdict.explain() for run in runs if not run.verdict.passed] == []


def test_labels_are_read_with_any_text(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "generated", tmp_path / "generated")
    path = tmp_path / "generated" / "ticket_labels.jsonl"
    row = json.loads(path.read_text(encoding="utf-8").split("\n")[0])
    row["facts"] = [{"name": "event_title", "value": "One\u2028Two", "type": "name", "unit": None}]
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read_labels(tmp_path)[0].facts == {"event_title": "One\u2028Two"}
