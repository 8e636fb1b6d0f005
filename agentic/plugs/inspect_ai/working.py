"""How a ticket is set up and worked in Inspect: any other solver may take the place of the second."""

from __future__ import annotations

from inspect_ai.model import ChatMessageSystem, ChatMessageUser
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agentic.agent import Agent
from agentic.plugs.inspect_ai.desk import keep_calls, make_tools, read_calls
from agentic.plugs.replaying import ReplayingDesk
from agentic.plugs.texts import REMINDER, write_instructions

# How often a model is told that nobody reads what it writes outside of the tools.
MOST_REMINDERS = 1


@solver
def set_up_ticket(desk: ReplayingDesk) -> Solver:
    """Give the model the policy and the tools of the desk."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        state.messages.insert(0, ChatMessageSystem(content=write_instructions()))
        state.tools = make_tools(desk, str(state.sample_id))
        return state

    return solve


@solver
def work_ticket(desk: ReplayingDesk) -> Solver:
    """Let the model call tools until the ticket is closed, or it is done; the tool reply brings the member's answer."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        reminders = 0
        while is_open(desk, str(state.sample_id)) and not state.completed:
            state = await generate(state, tool_calls="single")
            if state.output.message.tool_calls:
                continue
            if reminders == MOST_REMINDERS:
                break
            reminders += 1
            state.messages.append(ChatMessageUser(content=REMINDER))
        return state

    return solve


@solver
def let_agent_work(desk: ReplayingDesk, agent: Agent) -> Solver:
    """Let an agent of ours work the ticket, with no model: to compare with, and to see that all is set up."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        keep_calls(desk.let_work(str(state.sample_id), agent))
        return state

    return solve


def is_open(desk: ReplayingDesk, task_id: str) -> bool:
    """Whether anything can still be done in the ticket of the sample at hand."""
    desk.take_up(task_id, read_calls())
    return desk.environment.is_open
