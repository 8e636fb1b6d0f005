"""The desk's tools as tools of LangChain."""

from __future__ import annotations

from contextvars import Context
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.tools import Tool
from agentic.tools.results import write_result


def make_tools(environment: Environment) -> list[BaseTool]:
    """Return every tool of an environment; they stay right when it is reset."""
    return [_make_tool(environment, tool) for tool in environment.list_tools()]


class DeskTool(StructuredTool):
    """A tool that hands on whatever a model names as arguments, `self` and `config` too, for the desk to judge."""

    def _run(self, /, *args: Any, **arguments: Any) -> Any:
        assert self.func
        return self.func(**arguments)


def _make_tool(environment: Environment, tool: Tool) -> BaseTool:
    def call(**arguments: Any) -> str:
        try:
            # In a context of its own: a model that plays the member does not count as the agent's.
            return write_result(Context().run(environment.call, tool.name, arguments))
        except ToolError as error:
            raise ToolException(str(error)) from error

    # A schema, not a class: the desk itself checks arguments, and counts a call that it refuses.
    return DeskTool.from_function(
        func=call,
        name=tool.name,
        description=tool.summary,
        args_schema=simplify(tool.parameters),
        infer_schema=False,
        handle_tool_error=True,
    )


def simplify(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with what every model takes: Nova refuses other keys at the top, some models `anyOf`.

    An argument that may be null may be left out, too, so null is dropped.
    """
    properties = {name: _drop_null(one) for name, one in schema["properties"].items()}
    return {"type": "object", "properties": properties, "required": schema.get("required", [])}


def _drop_null(schema: dict[str, Any]) -> dict[str, Any]:
    options = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
    kept = {name: value for name, value in schema.items() if name != "default"}
    if len(options) != 1:
        return kept
    return {**options[0], **{name: value for name, value in kept.items() if name != "anyOf"}}
