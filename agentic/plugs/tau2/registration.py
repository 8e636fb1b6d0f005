"""Puts the domain, the scripted user and two scripted agents into tau2's registry."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from tau2.registry import registry

from agentic.plugs.tau2.environment import Domain
from agentic.plugs.tau2.scenarios import DOMAIN
from agentic.plugs.tau2.scripted import GoldAgent, IdleAgent, ScriptedUser

USER = "eventhub_user"
AGENTS = {"eventhub_gold": GoldAgent, "eventhub_idle": IdleAgent}


def register(folder: Path) -> Domain:
    """Make the domain known, so that `--domain eventhub` can be asked for."""
    domain = Domain(folder)
    registry.register_domain(domain.get_environment, DOMAIN)
    registry.register_tasks(domain.get_tasks, DOMAIN, get_task_splits=domain.get_tasks_split)
    registry.register_user(ScriptedUser, USER)
    for name, agent in AGENTS.items():
        # Versions from 1.0 on take a function that makes an agent, earlier ones its class.
        if hasattr(registry, "register_agent_factory"):
            registry.register_agent_factory(partial(_make_agent, agent), name)
        else:
            registry.register_agent(agent, name)
    return domain


def _make_agent(agent: type[GoldAgent], tools: Any, domain_policy: str, **others: Any) -> GoldAgent:
    return agent(tools=tools, domain_policy=domain_policy, task=others["task"])
