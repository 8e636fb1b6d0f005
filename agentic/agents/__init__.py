"""Agents that come with the desk, by the name that the command line knows them by."""

from __future__ import annotations

from collections.abc import Callable

from agentic.agent import Agent
from agentic.agents.baselines import AnsweringAgent, EscalatingAgent, GoldAgent, IdleAgent, RefundingAgent
from agentic.agents.rule_agent import RuleAgent, build_rule_agent
from agentic.environment import Environment

AGENTS: dict[str, Callable[[Environment], Agent]] = {
    "rules": build_rule_agent,
    "untrained": lambda environment: RuleAgent(),
    "gold": GoldAgent,
    "idle": lambda environment: IdleAgent(),
    "escalate": lambda environment: EscalatingAgent(),
    "answer": lambda environment: AnsweringAgent(),
    "refund": lambda environment: RefundingAgent(),
}
DEFAULT_AGENT = "rules"
# Printed beside any agent, to compare with.
BASELINES = ("escalate", "answer", "refund")

__all__ = ["AGENTS", "BASELINES", "DEFAULT_AGENT", "Agent"]
