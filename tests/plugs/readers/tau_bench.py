"""Judge runs with tau2: the key's own, an idle one, and every single mistake; print what passed as JSON.

Called as: tau_bench.py DATA FILES [every]: mistakes are made in each task, or in every so many.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
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
    """Judge all tasks; let scripted agents run, and make mistakes, in every so many."""
    domain, environment = register(files), Environment(data_dir, make_customer=None)
    tasks = domain.get_tasks()
    found: dict[str, Any] = {"splits": {name: len(ids) for name, ids in domain.get_tasks_split().items()}}
    found |= {"tasks": len(tasks), "seconds": {}}
    begun = time.perf_counter()

    def note(name: str, rewards: dict[str, float]) -> None:
        nonlocal begun
        found[name] = sum(rewards.values()) / len(rewards)
        found[f"{name}_runs"], found[f"{name}_failed"] = (
            len(rewards),
            [task for task, one in rewards.items() if one < 1],
        )
        found["seconds"][name], begun = round(time.perf_counter() - begun, 1), time.perf_counter()

    # A ticket whose case the specialists have may be closed or not: each end that is allowed is made.
    ends = [(task, calls) for task in tasks for calls in environment.tasks[task.id].solutions]
    note("gold", {f"{task.id} {len(calls)}": run(domain, task, calls) for task, calls in ends})
    note("idle", {task.id: run(domain, task, []) for task in tasks})
    for agent in AGENTS:
        note(agent, {task.id: run_by_itself(task, agent) for task in tasks[::every]})
    note("mistakes", dict(make_mistakes(domain, environment, tasks[::every], found)))
    return found


def make_mistakes(
    domain: Domain, environment: Environment, tasks: Sequence[Task], found: dict[str, Any]
) -> Iterator[tuple[str, float]]:
    """Judge solutions with one mistake each; note where the desk's own judge says otherwise."""
    found["disagreed"] = []
    for task in tasks:
        environment.reset(task.id)
        for what, calls in list(mutate(environment, environment.tasks[task.id])):
            environment.reset(task.id)
            environment.replay(calls)
            reward, name = run(domain, task, calls), f"{task.id}: {what}"
            if bool(reward) != environment.score().passed:
                found["disagreed"].append(name)
            yield name, reward


if __name__ == "__main__":
    logger.remove()
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    print(json.dumps(check(Path(sys.argv[1]), Path(sys.argv[2]), every)))
