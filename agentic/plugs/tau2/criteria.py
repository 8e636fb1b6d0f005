"""What a run has to do and say, in tau2's terms.

tau2 looks for each text of `communicate_info` in a message of the agent, letter by letter. That is right for amounts,
names and ids, and wrong for `5`, for a date or for `half`, which people say in many ways, and for one article of
several. Those are asked of the environment as an assertion, `has_told`, which reads them as the desk's own judge does.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from agentic.facts import say, states
from agentic.facts.matcher import find_kind
from agentic.tasks import Task, ToolCall

SHORTEST = 3
# The amount follows from the booking, and the words are not the agent's only ones.
NOT_COMPARED = ("amount", "text")


def write_criteria(task: Task, said_before: Sequence[str]) -> dict[str, Any]:
    """Return the evaluation_criteria of a task.

    Args:
        task: the task.
        said_before: what support has written in the thread so far; who only repeats nothing has told nothing.
    """
    written = {name: info for name, value in task.facts.items() if (info := write_info(name, value))}
    # tau2 takes what the thread says already for told.
    before = [text.lower().replace(",", "") for text in said_before]
    written = {name: info for name, info in written.items() if not any(info.lower() in text for text in before)}
    facts = {name: value for name, value in task.facts.items() if name not in written}
    articles = {} if task.facts or task.should_escalate else task.articles
    # Somebody who is not handed over is to be answered at all.
    asked = bool(facts or articles) or not (written or task.should_escalate)
    return {
        "actions": [_write_action(task.task_id, *numbered) for numbered in enumerate(list_actions(task), start=1)],
        "env_assertions": [_write_assertion(facts, articles)] if asked else [],
        "communicate_info": list(dict.fromkeys(written.values())),
        "nl_assertions": _describe(task, articles),
        "reward_basis": ["DB", "COMMUNICATE", *(["ENV_ASSERTION"] if asked else [])],
    }


def write_info(name: str, value: str) -> str | None:
    """Return how every reply writes a fact; None where replies differ. Messages lose their commas before tau2 looks."""
    kind = find_kind(name)
    if kind == "money":
        amount = value.lstrip("$").removesuffix(".00")
        return f"${amount}" if Decimal(amount) else None
    info = " ".join(value.replace(",", "").split())
    return info if kind in ("name", "id") and len(info) >= SHORTEST else None


def list_actions(task: Task) -> list[ToolCall]:
    """Return the calls of the solution that closes the ticket; the reply is what the agent writes to the user."""
    return [call for call in task.solutions[-1] if call.tool != "reply"]


def _write_action(task_id: str, number: int, call: ToolCall) -> dict[str, Any]:
    arguments = {name: _write_argument(name, value) for name, value in call.arguments.items()}
    return {
        "action_id": f"{task_id}_{number}",
        "requestor": "assistant",
        "name": call.tool,
        "arguments": arguments,
        "info": None,
        "compare_args": [name for name in arguments if name not in NOT_COMPARED],
    }


def _write_argument(name: str, value: object) -> object:
    """Write numbers as numbers, as a model gives them."""
    if name == "ticket_count":
        return int(str(value))
    return float(str(value)) if name == "amount" else value


def _write_assertion(facts: dict[str, str], articles: dict[str, str]) -> dict[str, Any]:
    missing = "a fact or an article is not told, or nothing is"
    arguments = {"facts": facts, "articles": articles}
    return {
        "env_type": "assistant",
        "func_name": "has_told",
        "arguments": arguments,
        "assert_value": True,
        "message": missing,
    }


def _describe(task: Task, articles: dict[str, str]) -> list[str]:
    """Say each fact in words, for judges that read them."""
    told = [f"The agent tells the user: {say(name, value)}" for name, value in task.facts.items()]
    if articles:
        told.append("The agent refers to the article " + " or ".join(f'"{title}"' for title in articles.values()) + ".")
    return told


def has_told(said: Sequence[str], facts: dict[str, str], articles: dict[str, str]) -> bool:
    """Whether messages say anything, state all facts and, where there are any, name one of the articles."""
    text = "\n\n".join(said)
    if not text.strip():
        return False
    named = any(name in text or states(title, text, "event_title") for name, title in articles.items())
    return all(states(value, text, name) for name, value in facts.items()) and (named or not articles)
