"""A task of the desk as a task of tau2: who the user is, what was written so far, and what counts."""

from __future__ import annotations

from typing import Any

from agentic.environment import Environment
from agentic.plugs.tau2.criteria import write_criteria
from agentic.tasks import TOOLS_OF_ACTIONS, Task

DOMAIN = "eventhub"
MOODS = {
    "positive": "in a good mood",
    "neutral": "matter-of-fact",
    "negative": "annoyed",
    "very_negative": "very angry",
}
ROLES = {"user": "user", "ai": "assistant", "agent": "assistant"}
INSTRUCTIONS = """
You have written to support, and the conversation goes on from there.
Say what you know when you are asked for it, and only then; invent nothing.
Ask for nothing that is not in your reason for writing, and do not argue with a clear answer, even if it is a no.
When support has settled your request or said that a specialist goes on with it, thank them once.
End the conversation when support answers that.
""".strip()


def write_task(environment: Environment, task: Task) -> dict[str, Any]:
    """Return a task as tau2 reads it; the environment is reset to it."""
    thread = environment.reset(task.task_id).read_ticket()["thread"]
    history = [_write_message(message) for message in thread if message["role"] in ROLES and message["content"]]
    said_before = [message["content"] for message in history if message["role"] == "assistant"]
    return {
        "id": task.task_id,
        "description": {
            "purpose": f"{task.category}, {task.kind}, {task.difficulty}: {task.scenario}",
            "relevant_policies": None,
            "notes": f"split {task.split}",
        },
        "user_scenario": {"persona": _describe_persona(environment, task), "instructions": _write_instructions(task)},
        "ticket": "\n\n".join([task.customer.reason, *(message["content"] for message in history[1:])]),
        "initial_state": {
            "initialization_data": None,
            "initialization_actions": [_open(task)],
            "message_history": history,
        },
        "evaluation_criteria": write_criteria(task, said_before),
    }


def _open(task: Task) -> dict[str, Any]:
    """Tell the environment which ticket is at hand, and which calls count as forbidden; no agent sees this."""
    arguments = {
        "ticket_id": task.task_id,
        "forbidden_tools": sorted(TOOLS_OF_ACTIONS.get(action, action) for action in task.forbidden_actions),
        "escalation_reasons": list(task.escalation_reasons),
    }
    return {"env_type": "assistant", "func_name": "open_ticket", "arguments": arguments}


def _write_message(message: dict[str, Any]) -> dict[str, Any]:
    # A time of its own, so that two loads of a task are the same task; without a cost tau2 counts none for the run.
    moment = str(message["created_at"]).replace(" ", "T")
    return {"role": ROLES[message["role"]], "content": message["content"], "timestamp": moment, "cost": 0.0}


def _describe_persona(environment: Environment, task: Task) -> str:
    found = environment.state.database.find_one(
        "select sentiment from udahub.ticket_metadata where ticket_id = ?", task.task_id
    )
    mood = MOODS.get((found or {}).get("sentiment") or "", MOODS["neutral"])
    return f"You are {task.customer.full_name}, a member of EventHub, a ticketing club, and you are {mood}."


def _write_instructions(task: Task) -> dict[str, str]:
    return {
        "domain": DOMAIN,
        "reason_for_call": task.customer.reason,
        "known_info": "\n".join(f"{name}: {value}" for name, value in task.customer.known.items()),
        "unknown_info": "\n".join(task.customer.unknown),
        "task_instructions": INSTRUCTIONS,
    }
