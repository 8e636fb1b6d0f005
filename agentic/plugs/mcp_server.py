"""The desk as an MCP server: tools with their schemas, policy and ticket as resources, one ticket a session.

The databases are private to the server, so a client that starts it over stdio has a state of its own.
"""

from __future__ import annotations

from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError as RefusedError
from mcp.server.mcpserver.prompts.base import Message, UserMessage
from mcp_types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from mcp_types import Tool as McpTool

from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.plugs.texts import INSTRUCTIONS, read_policy, write_instructions, write_opening
from agentic.tools import Tool
from agentic.tools.results import write_result

# Writes that only add something; all others change what stands.
ADDITIVE = {"open_case", "reply", "reset_access", "write_note"}


class DeskServer(MCPServer[Any]):
    """The tools of a desk, as they are, and refusals in the desk's own words."""

    def __init__(self, environment: Environment, task_id: str, *, with_scoring: bool = False) -> None:
        """Take a ticket.

        Args:
            environment: where it is worked; the server changes it, so it is to be the server's own.
            task_id: a ticket that is not resolved.
            with_scoring: whether a client may begin anew and be judged: for harnesses, not for the model.

        Raises:
            ValueError: there is no such task.
        """
        super().__init__("eventhub", title="EventHub support", instructions=INSTRUCTIONS, log_level="ERROR")
        environment.reset(task_id)
        self._environment = environment
        self._first = task_id
        self._tools = {tool.name: tool for tool in environment.list_tools()}
        self.resource("desk://policy", title="Policy", mime_type="text/markdown")(read_policy)
        self.resource("desk://ticket", title="The ticket at hand", mime_type="application/json")(self._read_ticket)
        self.prompt("work_ticket", title="Work the ticket at hand")(self._write_prompt)
        if with_scoring:
            self.tool(annotations=ToolAnnotations(idempotent_hint=True))(self.reset)
            self.tool(annotations=ToolAnnotations(read_only_hint=True))(self.score)

    async def list_tools(self) -> list[McpTool]:
        """Return the tools of the desk, and those for scoring if they were asked for."""
        return [*map(describe, self._tools.values()), *await super().list_tools()]

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool in this thread: calls on one state must not overlap."""
        if name not in self._tools and self._tool_manager.get_tool(name):
            return await super().call_tool(name, arguments, context)
        try:
            text, is_error = write_result(self._environment.call(name, arguments)), False
        except ToolError as error:
            text, is_error = str(error), True
        return CallToolResult(content=[TextContent(type="text", text=text)], is_error=is_error)

    async def reset(self, task_id: str = "") -> dict[str, Any]:
        """Begin a ticket anew, whatever was done before.

        Args:
            task_id: another ticket that is not resolved; leave it out for the one that the server was started with.
        """
        try:
            self._environment.reset(task_id or self._first)
        except ValueError as error:
            raise RefusedError(str(error)) from error
        return {"task_id": self._environment.task.task_id, "state_hash": self._environment.state_hash()}

    async def score(self) -> dict[str, Any]:
        """Judge what was done since the ticket began; nothing changes, and more may be done and judged again."""
        verdict = self._environment.score()
        return {
            "task_id": verdict.task_id,
            "passed": verdict.passed,
            "checks": {check.name: check.passed for check in verdict.checks},
            "why": verdict.explain(),
            "state_hash": self._environment.state_hash(),
            "data": self._environment.data_hash,
            "key_version": self._environment.key_version,
            "search": self._environment.search_method,
        }

    async def _read_ticket(self) -> str:
        return write_result(self._environment.desk.read_ticket())

    async def _write_prompt(self) -> list[Message]:
        opening = write_opening(self._environment.task.task_id)
        return [UserMessage(f"{write_instructions()}\n\n{opening}")]


def describe(tool: Tool) -> McpTool:
    """Describe a tool of the desk in MCP's terms."""
    annotations = ToolAnnotations(
        read_only_hint=not tool.is_write,
        destructive_hint=tool.is_write and tool.name not in ADDITIVE,
        open_world_hint=False,
    )
    return McpTool(name=tool.name, description=tool.summary, input_schema=tool.parameters, annotations=annotations)
