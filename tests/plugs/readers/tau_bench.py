"""Judge runs with tau2: the key's own, an idle one, and every single mistake; print what passed as JSON.

Called as: tau_bench.py DATA FILES [every]: mistakes are made in each task, or in every so many.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loguru import logger
from tau2.data_model.message import AssistantMessage, ToolCall, UserMessage
from tau2.data_model.simulation import SimulationRun, TerminationReason
from tau2.data_model.tasks import Task
from tau2.evaluator.evaluator import EvaluationType, evaluate_simulation
from tau2.run import run_task

from agentic import tasks as desk
from agentic.environment import Environment
from agentic.plugs.tau2.environment import Domain
from agentic.plugs.tau2.registration import AGENTS, USER, register
from tests.unit.agentic.mutations import mutate

STOP = "###STOP###"


def run(domain: Domain, task: Task, calls: Sequence[desk.ToolCall]) -> float:
    """Make calls of the desk in tau2, a reply as what it is there, and return the reward."""
    environment = domain.get_environment()
    history = task.initial_state.message_history
    environment.set_state(None, task.initial_state.initialization_actions, message_history=history)
    messages: list[Any] = list(history)
    for number, call in enumerate(calls):
        if call.tool == "reply":
            messages.append(AssistantMessage(role="assistant", content=str(call.arguments["text"])))
            continue
        made = ToolCall(id=f"call_{number}", name=call.tool, arguments=dict(call.arguments))
        messages += [AssistantMessage(role="assistant", tool_calls=[made]), environment.get_response(made)]
    messages.append(UserMessage(role="user", content=STOP))
    return judge(task, messages)


def judge(task: Task, messages: list[Any]) -> float:
    """Return the reward of a run that the user has ended."""
    simulation = SimulationRun(
        id=task.id, task_id=task.id, start_time="", end_time="", duration=0.0, messages=messages,
        termination_reason=TerminationReason.USER_STOP,
    )  # fmt: skip
    return float(evaluate_simulation(simulation, task, EvaluationType.ALL, False, "eventhub").reward)


def run_by_itself(task: Task, agent: str) -> float:
    """Let the harness run a scripted agent and user from the first message on."""
    return float(run_task("eventhub", task, agent, USER, llm_args_agent={}, llm_args_user={}).reward_info.reward)


def check(data_dir: Path, files: Path, every: int) -> dict[str, Any]:
    """Judge all tasks."""
    domain, environment = register(files), Environment(data_dir, make_customer=None)
    found: dict[str, Any] = {"splits": {name: len(ids) for name, ids in domain.get_tasks_split().items()}}
    tasks = domain.get_tasks()
    found["tasks"] = len(tasks)
    for what, calls_of in (("gold", lambda one: one.solutions[0]), ("gold_closed", lambda one: one.solutions[-1])):
        begun = time.perf_counter()
        rewards = {task.id: run(domain, task, calls_of(environment.tasks[task.id])) for task in tasks}
        found[what] = sum(rewards.values()) / len(rewards)
        found[f"{what}_failed"] = [name for name, reward in rewards.items() if reward != 1.0][:20]
        found[f"{what}_seconds"] = round(time.perf_counter() - begun, 1)
    found["idle"] = sum(run(domain, task, []) for task in tasks) / len(tasks)
    for agent in AGENTS:
        begun = time.perf_counter()
        found[agent] = sum(run_by_itself(task, agent) for task in tasks) / len(tasks)
        found[f"{agent}_seconds"] = round(time.perf_counter() - begun, 1)
    found["mistakes"], found["mistakes_passed"] = 0, []
    begun = time.perf_counter()
    for task in tasks[::every]:
        environment.reset(task.id)
        for what, calls in list(mutate(environment, environment.tasks[task.id])):
            found["mistakes"] += 1
            if run(domain, task, calls):
                found["mistakes_passed"].append(f"{task.id}: {what}")
    found["mistakes_seconds"] = round(time.perf_counter() - begun, 1)
    return found


if __name__ == "__main__":
    logger.remove()
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    print(json.dumps(check(Path(sys.argv[1]), Path(sys.argv[2]), every)))
