"""`app.py work`: shows one ticket, every call that an agent makes, and what the judge says."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from agentic.commands.model_options import make_agent, open_environment
from agentic.exam import run_task
from agentic.state import Call
from agentic.usage import Usage
from common.shorten import shorten

MOST_CHARACTERS = 300


def work(asked: argparse.Namespace, data_dir: Path) -> int:
    """Let an agent work a ticket before your eyes."""
    environment = open_environment(asked, data_dir)
    agent = make_agent(asked.agent, asked, environment)
    desk = environment.reset(asked.ticket_id)
    ticket = desk.read_ticket()
    print(f"{asked.ticket_id}: {ticket['subject']}")
    for message in ticket["thread"]:
        print(f"  {message['role']:<6}  {_indent(message['content'] or '')}")
    try:
        run = run_task(environment, agent, environment.task)
    finally:
        # What was called before a model has failed was paid for, and tells why.
        print("\ncalls")
        print("\n".join(describe_calls(environment.state.calls)))
    print("\nchanges")
    print("\n".join(f"  {difference}" for difference in environment.state_diff()) or "  none")
    if run.stopped_by:
        print(f"\nstopped: {run.stopped_by}")
    used = [usage for usage in (run.usage, run.customer_usage) if usage.calls]
    if used:
        print("\nused\n" + "\n".join(f"  {describe_usage(usage)}" for usage in used))
    print("\npassed" if run.verdict.passed else f"\nfailed\n{run.verdict.explain()}")
    return 0


def describe_calls(calls: Sequence[Call]) -> list[str]:
    """Return two lines a call: what was asked, and what came back."""
    lines = []
    for call in calls:
        arguments = ", ".join(f"{name}={value!r}" for name, value in call.arguments.items())
        came_back = f"refused: {call.error}" if call.error else json.dumps(call.result, ensure_ascii=False)
        lines += [f"  {call.tool}({_indent(arguments)})", f"    {shorten(came_back, MOST_CHARACTERS)}"]
    return lines


def describe_usage(usage: Usage) -> str:
    """Say what was used of a model."""
    return (
        f"{usage.calls} calls of {usage.model_id}, {usage.input_tokens:,} tokens sent ({usage.cached_tokens:,} of them"
        f" from a cache), {usage.output_tokens:,} received"
    )


def _indent(text: str) -> str:
    return text.replace("\n", "\n          ")
