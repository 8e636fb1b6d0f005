"""`app.py chat`: you write as a member, and the desk answers; nothing of it is kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from agentic.commands.model_options import make_agent
from agentic.environment import Environment
from agentic.errors import AgentError, AgentStopped, ServiceError, ToolError
from agentic.exam import describe_failure
from agentic.searches import choose_encoder
from agentic.tools import Desk

PROMPT = "you     "


def chat(asked: argparse.Namespace, data_dir: Path) -> int:
    """Answer each message until an empty line or the end of the input; give the exit code.

    Raises:
        AgentError: the agent failed.
    """
    environment = Environment(data_dir, make_customer=None, encoder=choose_encoder(asked.search))
    agent = make_agent(asked.agent, asked, environment, is_chat=True)
    desk: Desk | None = None
    while message := _ask():
        if desk is None or not environment.is_open:
            desk = environment.open_ticket(asked.user_id, message)
        else:
            environment.add_message(message)
        said = len(environment.state.replies)
        try:
            agent.work(desk)
        except (ToolError, AgentStopped) as error:
            print(f"stopped {error}")
        except ServiceError:
            raise
        except Exception as error:
            raise AgentError(describe_failure(error)) from error
        for reply in environment.state.replies[said:]:
            print("desk    " + reply.replace("\n", "\n        "))
        for difference in environment.state_diff():
            print(f"        [{difference}]")
    return 0


def _ask() -> str:
    try:
        return input(PROMPT).strip()
    except EOFError:
        return ""
