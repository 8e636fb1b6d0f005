"""The desk's tools as tools of LangChain."""

from __future__ import annotations

import json
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.tools import Tool


def make_tools(environment: Environment) -> list[BaseTool]:
    """Return every tool of an environment; they stay right when it is reset."""
    return [_make_tool(environment, tool) for tool in environment.list_tools()]


def _make_tool(environment: Environment, tool: Tool) -> BaseTool:
    def call(**arguments: Any) -> str:
        try:
            return write_result(environment.call(tool.name, arguments))
        except ToolError as error:
            raise ToolException(str(error)) from error

    # A schema, not a class: the desk itself checks arguments, and counts a call that it refuses.
    return StructuredTool.from_function(
        func=call,
        name=tool.name,
        description=tool.summary,
        args_schema=tool.parameters,
        infer_schema=False,
        handle_tool_error=True,
    )


def write_result(result: object) -> str:
    """Write what a tool gave back, for a model."""
    return result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)
