"""The desk over MCP: the same tools, refusals, states and scores as in Python, in memory and over stdio."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp_types import CallToolResult, TextContent, TextResourceContents

from agentic.environment import Environment
from agentic.mcp import main
from agentic.plugs.mcp_server import ADDITIVE, DeskServer
from agentic.plugs.texts import read_policy
from agentic.tasks import Task
from tests.paths import REPO_ROOT


@pytest.fixture
def task(environment: Environment) -> Task:
    return next(task for task in environment.tasks.values() if len(task.solutions[0]) == 3)


def talk(server: DeskServer, work: Callable[[Client], Awaitable[None]]) -> None:
    async def connect() -> None:
        async with Client(server) as client:
            await work(client)

    asyncio.run(connect())


def read_text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def make_calls(client: Client, task: Task) -> None:
    for call in task.solutions[0]:
        result = await client.call_tool(call.tool, dict(call.arguments))
        assert not result.is_error, read_text(result)


def test_a_ticket_is_worked_reset_and_scored(environment: Environment, task: Task) -> None:
    server = DeskServer(environment, task.task_id, with_scoring=True)
    start = environment.state_hash()

    async def work(client: Client) -> None:
        first = json.loads(read_text(await client.call_tool("score", {})))
        assert first["passed"] is False and first["state_hash"] == start and first["search"] == "full_text"
        await make_calls(client, task)
        verdict = json.loads(read_text(await client.call_tool("score", {})))
        assert verdict["passed"] and all(verdict["checks"].values()) and verdict["why"] == ""
        assert verdict["state_hash"] == environment.state_hash() != start
        assert (verdict["data"], verdict["key_version"]) == (environment.data_hash, environment.key_version)
        assert json.loads(read_text(await client.call_tool("reset", {})))["state_hash"] == start
        refused = await client.call_tool("reset", {"task_id": "t_none"})
        assert refused.is_error and "t_none is no task" in read_text(refused)

    talk(server, work)


def test_tools_are_described_and_those_of_the_harness_are_hidden(environment: Environment, task: Task) -> None:
    server = DeskServer(environment, task.task_id)

    async def look(client: Client) -> None:
        told = {tool.name: tool for tool in (await client.list_tools()).tools}
        known = {tool.name: tool for tool in environment.list_tools()}
        assert set(told) == set(known) and ADDITIVE.issubset(known)
        for name, tool in told.items():
            assert (tool.description, tool.input_schema) == (known[name].summary, known[name].parameters)
            assert tool.annotations and tool.annotations.read_only_hint is not known[name].is_write
        assert told["issue_refund"].annotations and told["issue_refund"].annotations.destructive_hint
        assert (await client.call_tool("score", {})).is_error
        resources = {str(one.uri): one for one in (await client.list_resources()).resources}
        assert set(resources) == {"desk://policy", "desk://ticket"}
        (policy,) = (await client.read_resource("desk://policy")).contents
        assert isinstance(policy, TextResourceContents) and policy.text == read_policy()
        (ticket,) = (await client.read_resource("desk://ticket")).contents
        assert isinstance(ticket, TextResourceContents) and json.loads(ticket.text)["ticket_id"] == task.task_id
        (prompt,) = (await client.get_prompt("work_ticket")).messages
        assert task.task_id in str(prompt.content) and "read_ticket" in str(prompt.content)

    talk(server, look)


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("fly", {}, "There is no tool fly. There are cancel_reservation,"),
        ("get_reservation", {"id": "r_00001"}, "It takes reservation_id."),
        ("get_reservation", {"reservation_id": "r_99999"}, "There is no booking r_99999."),
    ],
)
def test_a_refusal_has_the_words_of_the_desk(
    environment: Environment, task: Task, tool: str, arguments: dict[str, Any], message: str
) -> None:
    async def call(client: Client) -> None:
        result = await client.call_tool(tool, arguments)
        assert result.is_error and message in read_text(result) and "Error executing" not in read_text(result)

    talk(DeskServer(environment, task.task_id), call)


def test_a_process_of_its_own_over_stdio(environment: Environment, built: Path, task: Task) -> None:
    environment.reset(task.task_id)
    start = environment.state_hash()
    words = ["-m", "agentic.mcp", "--task", task.task_id, "--data", str(built), "--with-scoring"]

    async def connect() -> None:
        async with Client(StdioServerParameters(command=sys.executable, args=words, cwd=REPO_ROOT)) as client:
            assert json.loads(read_text(await client.call_tool("score", {})))["state_hash"] == start
            await make_calls(client, task)
            assert json.loads(read_text(await client.call_tool("score", {})))["passed"]

    asyncio.run(connect())


def test_what_cannot_be_served_is_told_in_one_line(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--task", "t_99999", "--data", str(built)], ["--task", "t_00001", "--data", str(tmp_path)]):
        assert main(words) == 1
        told = capsys.readouterr()
        assert told.err.startswith("error: ") and told.err.count("\n") == 1 and not told.out
