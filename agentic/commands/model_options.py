"""Flags about models, and what they choose: an agent that has one, and a customer played by one."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from agentic.agent import Agent
from agentic.agents import AGENTS
from agentic.chat_models import choose_model_id, make_chat_model, needs_packages
from agentic.customers import make_customer
from agentic.environment import Environment, MakeCustomer
from agentic.errors import UsageError
from agentic.model_customer import play_customers
from agentic.searches import choose_encoder

MODEL_AGENTS = ("bedrock",)
CUSTOMERS = ("scripted", "model")


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Add what an agent with a model needs."""
    parser.add_argument(
        "--model", metavar="ID", help="the model of --agent bedrock: an alias, id, profile or ARN (or EVENTHUB_MODEL)"
    )
    parser.add_argument(
        "--checkpoints", type=Path, metavar="FILE", help="keep the conversations of --agent bedrock in a SQLite file"
    )


def add_customer_options(parser: argparse.ArgumentParser) -> None:
    """Add who answers the agent's questions."""
    parser.add_argument(
        "--customer", choices=CUSTOMERS, default="scripted", help="who answers as the member (default: scripted)"
    )
    parser.add_argument("--customer-model", metavar="ID", help="who plays --customer model (default: that of --model)")


def refuse_unused(asked: argparse.Namespace) -> None:
    """Refuse a flag that would change nothing, since another is not as it needs it.

    Raises:
        UsageError: there is one.
    """
    has_model = getattr(asked, "agent", None) in MODEL_AGENTS
    plays = getattr(asked, "customer", "") == "model"
    if getattr(asked, "customer_model", None) and not plays:
        raise UsageError("--customer-model needs --customer model")
    if getattr(asked, "model", None) and not has_model and not plays:
        raise UsageError("--model needs --agent bedrock or --customer model")
    if getattr(asked, "checkpoints", None) and not has_model:
        raise UsageError("--checkpoints needs --agent bedrock")


def make_agent(name: str, asked: argparse.Namespace, environment: Environment, is_chat: bool = False) -> Agent:
    """Return the agent of a name.

    Raises:
        ServiceError: its model cannot be had.
    """
    if name not in MODEL_AGENTS:
        return AGENTS[name](environment)
    model_id = choose_model_id(asked.model)
    model = make_chat_model(model_id)
    with needs_packages("--agent bedrock"):
        from agentic.workflow.agent import WorkflowAgent
        from agentic.workflow.checkpoints import open_checkpointer
    checkpointer = open_checkpointer(asked.checkpoints)
    return WorkflowAgent(environment, model, model_id=model_id, checkpointer=checkpointer, is_chat=is_chat)


def name_agent(name: str, asked: argparse.Namespace) -> str:
    """Name an agent so that its results tell its model."""
    if name not in MODEL_AGENTS:
        return name
    return f"{name}-{re.sub(r'[^A-Za-z0-9.-]+', '-', choose_model_id(asked.model))}"


def open_environment(asked: argparse.Namespace, data_dir: Path) -> Environment:
    """Open the desk as it was asked for: what it shows, how it searches, who answers.

    Raises:
        DataError: there are no data, or they are of another form.
        ServiceError: the model that plays members cannot be had.
        UsageError: the search that was asked for cannot be had.
    """
    return Environment(
        data_dir,
        shows_measures=not asked.unmeasured,
        make_customer=choose_customer(asked),
        encoder=choose_encoder(asked.search),
    )


def choose_customer(asked: argparse.Namespace) -> MakeCustomer:
    """Return what makes the customer of each task.

    Raises:
        ServiceError: the model that plays them cannot be had.
    """
    if asked.customer == "scripted":
        return make_customer
    model_id = choose_model_id(asked.customer_model or asked.model)
    return play_customers(make_chat_model(model_id), model_id)
