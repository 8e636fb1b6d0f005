"""Whatever a model says, its answer is found, or it is told that there was none; nothing made before is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from agentic.agents.model_agent import ModelAgent, is_answer, read_arguments
from agentic.agents.reply_object import find_object
from agentic.environment import Environment
from agentic.exam import run_task
from agentic.predictions.files import read_predictions
from agentic.tasks import Task
from tests.paths import CASES, REPO_ROOT

ANSWER = '{"action": "answer", "arguments": {}, "reply": "Here is what applies."}'
DRAFT = ANSWER.replace("Here is what applies.", "A draft.")
READ = [
    ANSWER,
    f"```json\n{ANSWER}\n```",
    f"```\n{ANSWER}\n```\nLet me know if you need more.",
    f"Here is my answer:\n\n{ANSWER}\n\nI hope {{this}} helps.",
    f"<think>\nFirst idea: {DRAFT}\n</think>\n\n{ANSWER}",
    f"First idea: {DRAFT}\n</think>\n{ANSWER}",
    f"<reasoning>{DRAFT}</reasoning>{ANSWER}",
    f"<thinking budget='9'>{DRAFT}</thinking>\n{ANSWER}",
    f"[THINK]{DRAFT}[/THINK]{ANSWER}",
    f"{DRAFT}\nOn second thought:\n{ANSWER}",
    f'The form is {{"action": "answer", "arguments": {{}}}}. So:\n{ANSWER}',
    f"<answer>{ANSWER}</answer>",
    f"[{ANSWER}]",
    f'{{"result": {ANSWER}}}',
    f'{ANSWER}\n{{"confidence": 0.9}}',
    f"{{ {{ {ANSWER}",
    ANSWER.replace('"answer"', '" Answer "'),
    ANSWER.replace("what applies", "what\napplies"),
    ANSWER.replace("{}", "null"),
]
UNREAD = [
    "",
    "   ",
    "I cannot.",
    "[]",
    "{}",
    '{"action": "answer"}',
    '{"action": "answer", "reply": null}',
    '{"action": "answer", "reply": ["x"]}',
    '{"action": "refund_now", "reply": "x"}',
    '{"action": null, "reply": "x"}',
    '{"action": ["answer"], "reply": "x"}',
    f"<think>{DRAFT}</think> I am not sure.",
    f"<think>{DRAFT}",
    ANSWER[:-1],
    "{" * 50_000,
    '{"a":' * 50_000,
    "half \ud83d pair",
]


class Parrot:
    """A model that always says the same."""

    def __init__(self, says: str) -> None:
        self.says, self.prompts = says, list[str]()

    def complete(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self.says


@pytest.fixture
def task(environment: Environment) -> Task:
    return next(task for task in environment.tasks.values() if not task.should_escalate)


@pytest.mark.parametrize("says", READ)
def test_the_last_whole_answer_is_found(says: str) -> None:
    found = find_object(says, is_answer)
    assert found is not None and found["reply"].split() == ["Here", "is", "what", "applies."]


@pytest.mark.parametrize("says", UNREAD)
def test_a_reply_without_an_answer_is_told_counted_and_handed_over(
    environment: Environment, task: Task, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    agent = ModelAgent(Parrot(says))
    run = run_task(environment, agent, task)
    assert "escalation" in run.verdict.failed_checks and environment.state.replies == []
    assert agent.unread == {task.task_id: says}
    err = capsys.readouterr().err
    assert err.startswith(f"{task.task_id}: no answer in the reply") and len(err) < 300 and err.isascii()


def test_a_models_object_is_its_decision(
    environment: Environment, task: Task, capsys: pytest.CaptureFixture[str]
) -> None:
    says = {"article_ids": ["kb_00002", "kb_99999", 3], "action": "Issue_Refund", "reply": "Done."}
    says |= {"arguments": {"ticket_count": 2, "amount": 42.5, "reservation_id": None, "x": {}, "y": ["a", "b"]}}
    model = Parrot(json.dumps(says))
    agent, desk = ModelAgent(model), environment.reset(task.task_id)
    made = agent.decide(desk)
    assert (made.action, made.reply) == ("issue_refund", "Done.")
    assert made.arguments == {"ticket_count": "2", "amount": "42.5", "y": "a, b"}
    assert len(set(made.article_ids)) == len(made.article_ids) <= 3 and "kb_99999" not in made.article_ids
    assert agent.unread == {} and capsys.readouterr().err == ""
    assert task.customer.reason.split(": ", 1)[1] in model.prompts[0]


def test_a_decision_that_the_desk_refuses_is_told_and_the_member_is_answered(
    environment: Environment, task: Task, capsys: pytest.CaptureFixture[str]
) -> None:
    says = {"action": "issue_refund", "arguments": {"reservation_id": "r_99999"}, "reply": "half \ud83d pair"}
    run = run_task(environment, ModelAgent(Parrot(json.dumps(says))), task)
    assert not run.verdict.passed and environment.state.replies == ["half ? pair"]
    assert "issue_refund was refused: There is no booking r_99999" in capsys.readouterr().err


def test_handing_over_needs_no_words(environment: Environment) -> None:
    task = next(task for task in environment.tasks.values() if task.should_escalate)
    assert run_task(environment, ModelAgent(Parrot('{"action": "escalate"}')), task).verdict.passed
    assert read_arguments(["x"]) == read_arguments(None) == {}


# What Converse sends: the text stands where it stands, or there is none.
TEXT = {"text": ANSWER}
REPORTED = json.loads((CASES / "body_converse_reasoning_first.json").read_text(encoding="utf-8"))
BODIES: list[tuple[list[dict[str, Any]], bool]] = [
    (
        json.loads((CASES / "body_converse_reasoning_first.json").read_text())["output"]["message"]["content"],
        True,
    ),
    ([TEXT], True),
    ([{"text": "Here you are:\n"}, {"text": f"```json\n{ANSWER}\n```"}], True),
    ([{"text": ANSWER[:20]}, {"text": ANSWER[20:]}], True),
    ([{"reasoningContent": {"redactedContent": "aGk="}}, {"cachePoint": {"type": "default"}}, TEXT], True),
    ([{"toolUse": {"toolUseId": "1", "name": "x", "input": {}}}, TEXT], True),
    ([{"text": ""}, TEXT], True),
    ([], False),
    ([{"reasoningContent": {"reasoningText": {"text": DRAFT}}}], False),
    ([{"toolUse": {"toolUseId": "1", "name": "x", "input": {}}}], False),
]


@contextmanager
def serve(reply: Callable[[int], tuple[int, dict[str, Any]]]) -> Iterator[str]:
    """A service that answers call after call."""
    calls = iter(range(1, 1000))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = reply(next(calls))
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if status != 200:
                self.send_header("x-amzn-ErrorType", "ValidationException")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.002,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def wrap(content: list[dict[str, Any]]) -> dict[str, Any]:
    usage = {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}
    message = {"role": "assistant", "content": content}
    return {"output": {"message": message}, "stopReason": "end_turn", "usage": usage, "metrics": {"latencyMs": 1}}


def run_guide(data_dir: Path, url: str) -> subprocess.CompletedProcess[str]:
    """Run the guide's block for Bedrock as it stands there, but with the tickets of all splits."""
    blocks = re.findall(r"```python\n(.*?)```", (REPO_ROOT / "docs" / "agents.md").read_text(encoding="utf-8"), re.S)
    code = next(block for block in blocks if "class Bedrock" in block).replace(
        '["dev"]', '["train", "dev", "test", "unseen"]'
    )
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    places = {"AWS_ENDPOINT_URL_BEDROCK_RUNTIME": url, "EVENTHUB_DATA_DIR": str(data_dir), "AWS_MAX_ATTEMPTS": "1"}
    files = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    environment = {**os.environ, **keys, **places, **files, "AWS_EC2_METADATA_DISABLED": "true"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=REPO_ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A set of its own, to write predictions into."""
    shutil.copytree(built, tmp_path / "own", ignore=shutil.ignore_patterns("work", "raw", "warehouse.duckdb"))
    return tmp_path / "own"


def test_the_guides_bedrock_class_reads_every_kind_of_block(own: Path) -> None:
    with serve(lambda call: (200, wrap(BODIES[(call - 1) % len(BODIES)][0]))) as url:
        ran = run_guide(own, url)
    assert ran.returncode == 0, ran.stderr
    made = list(read_predictions(own / "work" / "nova.jsonl").values())
    count = len(made)
    assert count > len(BODIES)
    expected = [BODIES[place % len(BODIES)][1] for place in range(count)]
    assert [one.reply == "Here is what applies." for one in made] == expected
    assert [one.action == "answer" for one in made] == expected
    assert ran.stderr.count("no answer in the reply") == count - sum(expected)
    assert f"{count - sum(expected)} of {count} replies held no answer" in ran.stdout


def test_the_guides_run_keeps_what_it_has_and_goes_on(own: Path) -> None:
    path = own / "work" / "nova.jsonl"
    with serve(lambda call: (200, wrap([TEXT])) if call < 7 else (400, {"message": "no more"})) as url:
        ran = run_guide(own, url)
    assert ran.returncode == 1 and "ValidationException" in ran.stderr
    before = read_predictions(path)
    assert len(before) == 6
    with serve(lambda call: (200, wrap([{"text": DRAFT}]))) as url:
        assert run_guide(own, url).returncode == 0
    after = read_predictions(path)
    assert len(after) > 6 and {name: after[name] for name in before} == before
