"""A run as a JSON line: all that a table or a report needs of it, without the data or the agent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from agentic.actions import read_actions
from agentic.exam import Message, Run, TicketGroups
from agentic.judge import CHECKS, Check, Verdict
from agentic.searches import FULL_TEXT
from agentic.state import Call
from agentic.tasks import TOOLS_OF_ACTIONS
from agentic.tools.base import make_whole
from agentic.usage import Usage
from common.shorten import shorten

# What is kept of an argument and of what a tool gave back.
MOST_CHARACTERS = 600
ACTIONS_OF_TOOLS = {tool: action for action, tool in TOOLS_OF_ACTIONS.items()} | {"escalate_ticket": "escalate"}
NOTHING, SEVERAL = "nothing", "several"


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """A call of a tool, shortened.

    Attributes:
        tool: its name.
        arguments: each as text.
        result: what it gave back, as JSON; empty where it was refused.
        error: why it was refused; empty where it was not.
    """

    tool: str
    arguments: dict[str, str]
    result: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was measured: lines of one exam have all of it in common.

    Attributes:
        agent: its name.
        model: the id of its model; empty where it has none.
        settings: what else may change the score, such as measures that were hidden.
        data_hash: the hash of the data as they were built.
        files_hash: the hash of both files as they are.
        key_version: the version of the answer key.
    """

    agent: str
    model: str
    settings: dict[str, str]
    data_hash: str
    files_hash: str
    key_version: str


class RunLine(BaseModel):
    """One run. Its score counts for its data, key, agent, model and settings only."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    ticket_id: str
    run: int
    passed: bool
    failed: tuple[str, ...]
    category: str
    kind: str
    difficulty: str
    split: str
    scenario: str
    calls: int
    words: int
    replies: int
    why: str
    stopped_by: str
    checks: tuple[Check, ...]
    expected_action: str
    done_action: str
    thread: tuple[Message, ...]
    tool_calls: tuple[CallLine, ...]
    changes: tuple[str, ...]
    usage: Usage
    customer_usage: Usage
    cost_usd: float | None
    agent: str
    model: str
    settings: dict[str, str]
    data_hash: str
    files_hash: str
    key_version: str

    @field_validator("settings")
    @classmethod
    def _name_search(cls, settings: dict[str, str]) -> dict[str, str]:
        """A line of before embeddings says nothing of the search: full text was all there was."""
        return settings if "search" in settings else settings | {"search": FULL_TEXT}

    @model_validator(mode="after")
    def _require_known_names(self) -> Self:
        if tuple(check.name for check in self.checks) != CHECKS:
            raise ValueError(f"the checks are not {', '.join(CHECKS)}")
        for action in (self.expected_action, self.done_action):
            if action not in (*read_actions(), NOTHING, SEVERAL):
                raise ValueError(f"{action[:60]!r} is no action")
        return self

    @cached_property
    def task(self) -> TicketGroups:
        """The groups that the ticket belongs to."""
        return TicketGroups(
            task_id=self.ticket_id,
            category=self.category,
            scenario=self.scenario,
            kind=self.kind,
            difficulty=self.difficulty,
            split=self.split,
        )

    @cached_property
    def verdict(self) -> Verdict:
        """What the judge has said."""
        return Verdict(self.ticket_id, self.checks, self.calls, self.replies, self.words)

    @property
    def tokens(self) -> int:
        """What models have read and written."""
        return sum(used.input_tokens + used.output_tokens for used in (self.usage, self.customer_usage))

    @property
    def measured(self) -> Measured:
        """What the line's exam has measured."""
        return Measured(
            agent=self.agent,
            model=self.model,
            settings=self.settings,
            data_hash=self.data_hash,
            files_hash=self.files_hash,
            key_version=self.key_version,
        )

    def write(self) -> str:
        """Return it as JSON in ASCII, which holds every text."""
        return json.dumps(self.model_dump())


def describe_run(run: Run, measured: Measured, cost_usd: float | None) -> RunLine:
    """Return what a line says of a run."""
    task, verdict = run.task, run.verdict
    expected = find_expected_action([call.tool for call in task.solutions[0]])
    return RunLine(
        ticket_id=task.task_id,
        run=run.number,
        passed=verdict.passed,
        failed=verdict.failed_checks,
        category=task.category,
        kind=task.kind,
        difficulty=task.difficulty,
        split=task.split,
        scenario=task.scenario,
        calls=verdict.calls,
        words=verdict.words,
        replies=verdict.replies,
        why=verdict.explain(),
        stopped_by=run.stopped_by,
        checks=verdict.checks,
        expected_action=expected,
        # A refund and a cancellation that pays the same are one: where the end is right, what was expected was done.
        done_action=expected if verdict.find_check("end_state").passed else find_done_action(run.calls),
        thread=run.thread,
        tool_calls=tuple(map(_describe_call, run.calls)),
        changes=run.changes,
        usage=run.usage,
        customer_usage=run.customer_usage,
        cost_usd=cost_usd,
        **vars(measured),
    )


def find_expected_action(tools: Sequence[str]) -> str:
    """Return the action of the key that a solution's tools take; an answer where they take none."""
    return next((action for tool in tools if (action := _name_action(tool))), "answer")


def find_done_action(calls: Sequence[Call]) -> str:
    """Return the action that was taken: a refusal is none, and more than one are several."""
    done = {action for call in calls if call.error is None and (action := _name_action(call.tool))}
    if not done:
        return "answer" if any(call.tool == "reply" and call.error is None for call in calls) else NOTHING
    return done.pop() if len(done) == 1 else SEVERAL


def _name_action(tool: str) -> str:
    action = ACTIONS_OF_TOOLS.get(tool, tool)
    return action if action in read_actions() else ""


def _describe_call(call: Call) -> CallLine:
    arguments = {make_whole(name): _shorten(value) for name, value in call.arguments.items()}
    result = "" if call.error else _shorten(call.result)
    return CallLine(tool=call.tool, arguments=arguments, result=result, error=make_whole(call.error or ""))


def _shorten(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return shorten(make_whole(text), MOST_CHARACTERS)
