"""A ticket as a rollout of reinforcement learning: public methods are the tools, beside `reset` and `get_reward`.

This is the shape that `environment_factory` of TRL's GRPOTrainer takes; examples/rl_trl.py shows it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from agentic.environment import Environment
from agentic.exam import choose_tasks
from agentic.plugs.data_dir import find_data_dir
from agentic.plugs.texts import write_instructions, write_opening
from agentic.searches import choose_encoder
from agentic.tools import Desk, Tool, list_tools
from agentic.tools.results import write_result


class Rollout:
    """One ticket at a time, on private copies of the databases; each tool of the desk is a method that returns text."""

    def __init__(self, data_dir: str | Path | None = None, search: str | None = None) -> None:
        """Copy the data.

        Args:
            data_dir: the folder; else the one that EVENTHUB_DATA_DIR names.
            search: full-text, embeddings or auto; else what EVENTHUB_SEARCH says, or full-text.

        Raises:
            DataError: there are no data, or they are of another form.
            UsageError: the search cannot be had.
        """
        self._environment = Environment(find_data_dir(data_dir), encoder=choose_encoder(search))

    def reset(self, task_id: str, **_row: Any) -> None:
        """Begin a ticket.

        Args:
            task_id: a ticket that is not resolved; further columns of a data set are passed over.
        """
        self._environment.reset(task_id)

    def get_reward(self) -> float:
        """Return 1 where what was done passes the exam, else 0."""
        return float(self._environment.score().passed)


def list_rows(data_dir: str | Path | None = None, splits: Sequence[str] = ("train",)) -> list[dict[str, Any]]:
    """Return a row a ticket: `task_id`, and `prompt` as chat messages with the policy."""
    environment = Environment(find_data_dir(data_dir))
    tasks = choose_tasks(environment, splits)
    environment.close()
    system = {"role": "system", "content": write_instructions()}
    return [
        {"task_id": task.task_id, "prompt": [system, {"role": "user", "content": write_opening(task.task_id)}]}
        for task in tasks
    ]


def _make_method(tool: Tool) -> Callable[..., str]:
    """Return a tool as a method that gives text: TRL takes a list for parts of a picture message."""

    @functools.wraps(tool.function)
    def method(self: Rollout, /, *args: Any, **kwargs: Any) -> str:
        return write_result(tool.function(self._environment.desk, *args, **kwargs))

    method.__annotations__ = {**tool.function.__annotations__, "return": "str"}
    return method


for _tool in list_tools(Desk):
    setattr(Rollout, _tool.name, _make_method(_tool))
