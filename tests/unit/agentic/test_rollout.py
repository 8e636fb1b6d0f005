"""A rollout has the shape that trainers take, rewards what passes the exam, and the examples name what there is."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
from pathlib import Path
from typing import get_type_hints

import pytest

from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.plugs.rollout import Rollout, list_rows
from tests.paths import REPO_ROOT


@pytest.fixture(scope="module")
def rollout(built: Path) -> Rollout:
    return Rollout(built)


def find_public_methods(instance: object) -> dict[str, object]:
    """Find what GRPOTrainer finds, which looks at the class."""
    found = inspect.getmembers(type(instance), predicate=inspect.isfunction)
    return {name: getattr(instance, name) for name, _ in found if not name.startswith("_")}


def test_public_methods_are_the_tools_and_give_text(rollout: Rollout, environment: Environment) -> None:
    methods = find_public_methods(rollout)
    tools = {tool.name: tool for tool in environment.list_tools()}
    assert set(methods) == {*tools, "reset", "get_reward"}
    for name, tool in tools.items():
        method = getattr(rollout, name)
        assert inspect.getdoc(method) == tool.description
        assert list(inspect.signature(method).parameters) == list(tool.parameters["properties"])
        assert get_type_hints(method) == get_type_hints(tool.function) | {"return": str}


def test_what_passes_the_exam_is_rewarded(rollout: Rollout, environment: Environment) -> None:
    task = next(task for task in environment.tasks.values() if len(task.solutions[0]) == 3)
    rollout.reset(task_id=task.task_id, prompt=[])
    assert rollout.get_reward() == 0
    for call in task.solutions[0]:
        assert isinstance(getattr(rollout, call.tool)(**call.arguments), str)
    assert rollout.get_reward() == 1
    with pytest.raises(ToolError, match="nothing more can be done"):
        rollout.reply("Once more.")  # type: ignore[attr-defined]
    rollout.reset(task.task_id)
    assert rollout.get_reward() == 0
    assert json.loads(rollout.read_ticket())["ticket_id"] == task.task_id  # type: ignore[attr-defined]


def test_a_row_a_ticket_of_the_split(built: Path, environment: Environment) -> None:
    rows = list_rows(built, ["dev"])
    assert [row["task_id"] for row in rows] == [
        task.task_id for task in environment.tasks.values() if task.split == "dev"
    ]
    for row in rows:
        assert [message["role"] for message in row["prompt"]] == ["system", "user"]
        assert row["task_id"] in row["prompt"][1]["content"]


@pytest.mark.parametrize("name", ["rl_trl.py", "rl_verifiers.py"])
def test_examples_import_what_there_is(name: str) -> None:
    tree = ast.parse((REPO_ROOT / "examples" / name).read_text(encoding="utf-8"))
    ours = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and "agentic" in (node.module or "")]
    assert ours
    for node in ours:
        module = importlib.import_module(str(node.module))
        assert all(hasattr(module, alias.name) for alias in node.names)
