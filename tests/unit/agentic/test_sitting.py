"""An exam that is stopped goes on where it was, keeps to its budget, and says what is kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage

from agentic import prompts
from agentic.agents import AGENTS
from agentic.agents.baselines import GoldAgent
from agentic.commands import exam, model_options
from agentic.commands.parser import main
from agentic.commands.progress import LINE_SECONDS, Progress, show_progress
from agentic.customers import ScriptedCustomer, make_customer
from agentic.environment import Environment
from agentic.errors import ServiceError
from agentic.model_customer import STOP
from agentic.prices import find_cost
from agentic.run_file import RunFile, read_runs
from agentic.run_lines import RunLine
from agentic.tasks import Task
from agentic.tools import Desk
from agentic.usage import Usage
from extract.providers.prices import price_tokens
from tests.unit.agentic.fake_model import FakeModel

COMMAND = [
    "exam",
    "--agent",
    "idle",
    "--no-baselines",
    "--limit",
    "3",
    "--k",
    "2",
    "--split",
    "train",
    "--split",
    "dev",
]
NAME = "idle-train-dev-first3-k2.jsonl"


class Paid(GoldAgent):
    """Makes the calls of the key, and uses a model in each ticket; it fails when it is told to."""

    fails_after: int = 99
    failure: BaseException = KeyboardInterrupt()
    model = "amazon.nova-lite-v1:0"

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.usage = Usage(self.model)
        self._worked = 0

    def work(self, desk: Desk) -> None:
        if self._worked == self.fails_after:
            raise self.failure
        self._worked += 1
        self.usage = Usage(self.model).add(100_000, 10_000)
        super().work(desk)


@pytest.fixture
def hold(own: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Hold the exam of Paid, which fails after so many runs."""

    def hold(*words: str, **changes: object) -> int:
        monkeypatch.setitem(AGENTS, "idle", type("Changed", (Paid,), changes))
        return main([*COMMAND, *words], own, price_tokens)

    return hold


@pytest.fixture
def file(own: Path) -> Path:
    return own / "work" / "exam" / NAME


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), ServiceError("Bedrock: slow down."), RuntimeError("a bug")])
def test_an_exam_goes_on_where_it_was_stopped(
    hold: Callable[..., int], file: Path, failure: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hold() == 0
    whole, table = file.read_bytes(), capsys.readouterr().out
    file.unlink()
    part = file.with_name(f"{NAME}.part")
    assert hold(fails_after=4, failure=failure) == 1
    said = capsys.readouterr().err
    assert "4 of 6 runs are done and kept. The same command goes on from there" in said and said.count("\n") == 1
    # As a kill within a write leaves it.
    part.write_bytes(part.read_bytes()[:-30])
    assert not file.exists() and len(part.read_bytes().split(b"\n")) == 4
    assert hold() == 0
    printed = capsys.readouterr()
    assert (file.read_bytes(), printed.out) == (whole, table) and "3 of 6 runs are done from before" in printed.err
    assert not part.exists() and not file.with_suffix(".error.txt").exists()


def test_where_an_agent_failed_is_in_a_file(
    hold: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hold(fails_after=0, failure=RuntimeError("a\nbug")) == 1
    said = capsys.readouterr().err
    assert ", run 1: the agent failed: RuntimeError: a bug. 0 of 6 runs are done and kept. Where it" in said
    assert "raise self.failure" in file.with_suffix(".error.txt").read_text()


@pytest.mark.parametrize(
    ("words", "changes", "told"),
    [
        ((), {"model": "amazon.nova-pro-v1:0"}, "had model amazon.nova-lite-v1:0, this one has model amazon.nova-pro"),
        (("--unmeasured",), {}, ""),
        ((), {"data_hash": "e" * 64}, "had data eeeeeeeeeeee, this one has data"),
        ((), {"key_version": "0"}, "had answer key 0, this one has answer key"),
        (
            (),
            {"settings": {"measures": "hidden"}},
            "had the settings measures hidden, judge none, this one has the settings measures shown, judge ",
        ),
        ((), {"ticket_id": "t_99999"}, "run 1 of t_99999 is not asked for in its place"),
        ((), {"checks": 7}, "line 1: checks: input should be"),
        ((), {"checks": []}, "line 1: the line: value error, the checks are not end_state, told"),
        ((), {"done_action": "fly"}, "value error, 'fly' is no action"),
    ],
)
def test_runs_of_another_exam_are_refused(
    hold: Callable[..., int],
    file: Path,
    words: tuple[str, ...],
    changes: dict[str, object],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hold(fails_after=1)
    part = file.with_name(f"{NAME}.part")
    if "model" not in changes:
        part.write_text(json.dumps(json.loads(part.read_text()) | changes) + "\n")
    kept = part.read_bytes()
    capsys.readouterr()
    again = {"model": changes["model"]} if "model" in changes else {}
    assert hold(*words, **again) == (1 if told else 0)
    said = capsys.readouterr().err
    assert told in said and part.read_bytes() == kept
    if told:
        assert said.startswith(f"error: {part}, line 1: ") and said.count("\n") == 1 and "--fresh" in said
        assert hold("--fresh", **again) == 0 and len(read_runs(file)) == 6


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("resolver.md", ()),
        ("classifier.md", ()),
        ("new.md", ()),
        ("customer.md", ("--customer", "model", "--model", "nova-lite")),
    ],
)
def test_an_exam_does_not_go_on_with_another_prompt(
    hold: Callable[..., int],
    own: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "prompts"
    shutil.copytree(prompts.PROMPTS, folder)
    monkeypatch.setattr(prompts, "PROMPTS", folder)
    monkeypatch.setattr(model_options, "make_chat_model", lambda model_id: FakeModel(said=[AIMessage(STOP)] * 99))
    if not words:
        monkeypatch.setattr(exam, "MODEL_AGENTS", ("idle",))
    hold(*words, fails_after=1)
    part = next((own / "work" / "exam").glob("*.part"))
    kept = part.read_bytes()
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("Be brief.\n")
    capsys.readouterr()
    assert hold(*words) == 1
    said = capsys.readouterr().err
    assert f"an exam that was stopped had the settings {name} " in said and f"this one has the settings {name} " in said
    assert said.count("\n") == 1 and part.read_bytes() == kept
    assert hold(*words, "--fresh") == 0


def test_an_exam_compares_all_that_leads_its_model() -> None:
    assert {"resolver.md", "classifier.md", "reminder.md", "policy.md", "tools", "workflow"} == set(
        exam.hash_instructions()
    )


def test_a_budget_ends_an_exam_before_the_next_ticket(
    hold: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # A run costs 100,000 * 0.06 / 10**6 + 10,000 * 0.24 / 10**6 = 0.0084.
    assert hold("--budget", "0.02") == 1
    said = capsys.readouterr().err
    assert "error: the budget of $0.02 is reached: $0.0252 is spent; 3 of 6 runs are done and kept." in said
    # What was spent before is not of this budget, and no ticket is left when it is spent.
    assert hold("--budget", "0.02") == 0
    assert [round(run.cost_usd or 0, 4) for run in read_runs(file)] == [0.0084] * 6


def test_no_model_plays_the_member_for_a_baseline(
    hold: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    played: list[str] = []

    def play(task: Task) -> ScriptedCustomer:
        played.append(task.task_id)
        return make_customer(task)

    monkeypatch.setattr("agentic.commands.model_options.choose_customer", lambda asked: play)
    monkeypatch.setattr(f"{__name__}.COMMAND", [word for word in COMMAND if word != "--no-baselines"])
    assert hold() == 0 and len(played) == 6
    assert capsys.readouterr().out.count("\nalways") == 3


def test_what_is_written_to_a_cache_may_cost_more() -> None:
    message = {"input_tokens": 400, "output_tokens": 5, "input_token_details": {"cache_creation": 201}}
    usage = Usage("m").add_message(message)
    assert find_cost([usage, Usage("m")], lambda model, sent, received: sent + received / 10) == 451.5


def test_a_budget_needs_a_price(hold: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hold("--budget", "1", model="acme.unknown-v1:0") == 2
    assert "--budget: no price of acme.unknown-v1:0 is known. Leave --budget out" in capsys.readouterr().err
    assert not list(file.parent.glob("*.part"))
    # Without a budget its tokens are counted.
    assert hold(model="acme.unknown-v1:0") == 0
    assert {(run.cost_usd, run.tokens) for run in read_runs(file)} == {(None, 110_000)}


@pytest.mark.parametrize("word", ["0", "-1", "nan", "inf", "much"])
def test_a_budget_is_a_number_above_0(word: str, own: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["exam", f"--budget={word}"], own)
    assert caught.value.code == 2


def test_one_exam_at_a_time_writes_a_file(
    hold: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with RunFile(file):
        assert hold() == 1
    assert "is written by another exam. Wait until it has ended" in capsys.readouterr().err


def test_progress_tells_share_cost_and_time(
    hold: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hold()
    runs: list[RunLine] = read_runs(file)
    capsys.readouterr()
    now = iter([0.0, LINE_SECONDS, LINE_SECONDS, LINE_SECONDS, *[99.0] * 9])
    monkeypatch.setattr("agentic.commands.progress.time.monotonic", lambda: next(now))
    Progress(runs[:2], 6).advance(runs[2])
    assert capsys.readouterr().err == "3 of 6 runs, 100 % passed, $0.0084 of about $0.0336, 90 s left\n".replace(
        "90 s", "2 min"
    )
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with show_progress(runs[:2], 6) as bar:
        bar.advance(runs[2].model_copy(update={"cost_usd": None}))
        assert "cost unknown (110,000 tokens)" in bar.describe()
