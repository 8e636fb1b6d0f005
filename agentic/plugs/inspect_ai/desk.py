"""The desk in Inspect: its tools for one sample, whose calls are kept in the sample's store."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from inspect_ai.tool import Tool, ToolDef, ToolError, ToolParams
from inspect_ai.util import store

from agentic import tools
from agentic.embeddings import Encoder
from agentic.environment import Environment
from agentic.errors import ToolError as RefusedError
from agentic.plugs.data_dir import find_data_dir
from agentic.plugs.replaying import ReplayingDesk
from agentic.searches import choose_encoder
from agentic.tasks import ToolCall
from agentic.tools.results import write_result

CALLS = "desk_calls"


def open_desk(data: str | None = None, shows_measures: bool = True, search: str | None = None) -> ReplayingDesk:
    """Open the desk of a data folder, once a process: samples share it, and a sample's calls are its state."""
    return _open(find_data_dir(data).absolute(), shows_measures, choose_encoder(search))


@cache
def _open(folder: Path, shows_measures: bool, encoder: Encoder | None) -> ReplayingDesk:
    return ReplayingDesk(Environment(folder, shows_measures=shows_measures, encoder=encoder))


def make_tools(desk: ReplayingDesk, task_id: str) -> list[Tool]:
    """Return the tools of the desk for a sample."""
    return [make_tool(desk, task_id, tool) for tool in desk.environment.list_tools()]


def make_tool(desk: ReplayingDesk, task_id: str, tool: tools.Tool) -> Tool:
    """Return one tool in Inspect's terms; its arguments are checked by the desk, which tells the model what to do."""

    async def execute(**kwargs: Any) -> str:
        before, call = read_calls(), ToolCall(tool.name, kwargs)
        keep_calls([*before, call])
        try:
            return write_result(desk.call(task_id, before, call))
        except RefusedError as error:
            raise ToolError(str(error)) from error

    return ToolDef(
        execute, name=tool.name, description=tool.summary, parameters=ToolParams(**tool.parameters)
    ).as_tool()


def read_calls() -> list[ToolCall]:
    """Return the calls of the sample at hand."""
    kept: list[dict[str, Any]] = store().get(CALLS, [])
    return [ToolCall(call["tool"], call["arguments"]) for call in kept]


def keep_calls(calls: list[ToolCall]) -> None:
    """Keep the calls of the sample at hand, in its store and so in the log."""
    store().set(CALLS, [{"tool": call.tool, "arguments": dict(call.arguments)} for call in calls])
