"""The exam in Inspect: the key passes, idling does not, tickets side by side do not meet, nothing is downloaded.

Inspect is imported by what uses it: all workers of pytest-xdist read this file, and one runs it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agentic.environment import Environment
from agentic.judge import CHECKS
from agentic.plugs.texts import REMINDER
from agentic.tasks import ToolCall

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog
    from inspect_ai.model import ChatMessage, Model, ModelOutput

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries of Inspect
REFUSED = [ToolCall("get_reservation", {"reservation_id": "r_99999"}), ToolCall("read_ticket", {"self": 1})]


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    """Free what Inspect leaves open while its warnings are ignored; later it would fail another test."""
    yield
    gc.collect()


def make_model(environment: Environment) -> Model:
    """Make the calls of the key in the test split; in other splits two that are refused, and then only talk."""
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    def answer(messages: list[ChatMessage], *_: object) -> ModelOutput:
        task = environment.tasks[next(word for word in messages[1].text.split() if word.startswith("t_"))]
        said = sum(message.role == "assistant" for message in messages)
        calls = task.solutions[0] if task.split == "test" else REFUSED
        if said < len(calls):
            output = ModelOutput.for_tool_call("mockllm", calls[said].tool, write_numbers(calls[said]))
        else:
            output = ModelOutput.from_content("mockllm", "I am sorry to hear that.")
        output.usage = ModelUsage()  # else a tokenizer is downloaded to count
        return output

    return get_model("mockllm/model", custom_outputs=answer, memoize=False)


def write_numbers(call: ToolCall) -> dict[str, object]:
    """Inspect holds a call against the schema, which wants numbers; the desk reads texts, too."""
    return {
        name: float(str(value)) if name in ("amount", "ticket_count") else value
        for name, value in call.arguments.items()
    }


def read_metrics(log: EvalLog) -> dict[str, dict[str, float]]:
    assert log.status == "success" and log.results, log.error
    return {
        scored.name: {name: metric.value for name, metric in scored.metrics.items()} for scored in log.results.scores
    }


def test_the_key_passes_and_talking_does_not(built: Path, environment: Environment, tmp_path: Path) -> None:
    from inspect_ai import eval, score
    from inspect_ai.model import ChatMessageTool

    from agentic.plugs.inspect_ai.support import judge, support

    exam = support(split="test, dev", data=str(built))
    (log,) = eval(exam, model=make_model(environment), log_dir=str(tmp_path), display="none")
    metrics = read_metrics(log)
    assert set(metrics) == {"passed", *CHECKS}
    assert metrics["passed"]["by_split test"] == 1 and metrics["passed"]["by_split dev"] == 0
    assert {"mean", "stderr", "by_category refund", "by_kind single"} <= set(metrics["passed"])
    assert log.eval.task_version == environment.key_version
    assert log.eval.metadata and log.eval.metadata["data"] == environment.data_hash
    assert log.samples and len(log.samples) == sum(task.split in ("dev", "test") for task in environment.tasks.values())
    for sample in log.samples:
        if environment.tasks[str(sample.id)].split == "dev":
            told = [turn.error.message for turn in sample.messages if isinstance(turn, ChatMessageTool) and turn.error]
            assert [text[:24] for text in told] == ["There is no booking r_99", "Found 1 validation error"]
            assert [turn.text for turn in sample.messages].count(REMINDER) == 1
            assert sample.scores and "expected" in (sample.scores["judge"].explanation or "")
    rescored = score(log, judge(data=str(built)), action="overwrite", display="none")
    assert read_metrics(rescored)["passed"] == metrics["passed"]  # the log alone is enough


def test_an_agent_of_ours_needs_no_model(built: Path, tmp_path: Path) -> None:
    from inspect_ai import eval

    from agentic.plugs.inspect_ai.support import support

    exam = support(split="dev", limit=2, data=str(built), agent="gold")
    (log,) = eval(exam, model="mockllm/model", log_dir=str(tmp_path), display="none")
    assert read_metrics(log)["passed"]["mean"] == 1


@pytest.mark.parametrize("asked", [{"split": "all"}, {"agent": "clever"}, {"data": "nowhere"}])
def test_what_cannot_be_is_told_in_one_line(built: Path, asked: dict[str, str]) -> None:
    from inspect_ai._util.error import PrerequisiteError

    from agentic.plugs.inspect_ai.support import support

    with pytest.raises(PrerequisiteError) as caught:
        support(**{"data": str(built), "split": "dev"} | asked)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
