"""The second node: an agent that works the ticket with the desk's tools, and may hand it over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelRetryMiddleware, ToolCallLimitMiddleware
from langchain_aws.middleware import BedrockPromptCachingMiddleware
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import ToolMessage
from langgraph.graph.state import CompiledStateGraph
from langgraph.prebuilt.tool_node import ToolCallRequest
from langgraph.types import Command

from agentic.chat_models import is_model_failure
from agentic.environment import Environment
from agentic.prompts import read_policy, write_prompt
from agentic.triggers import list_triggers
from agentic.workflow.classifier import is_measured, read_texts
from agentic.workflow.langchain_tools import make_tools
from agentic.workflow.whole_text import WholeText

ESCALATE = "escalate_ticket"


def make_resolver(environment: Environment, model: BaseChatModel, most_calls: int) -> CompiledStateGraph[Any]:
    """Return the agent: the policy as its instructions, every tool of the desk, and an end to its calls."""
    return create_agent(
        model,
        make_tools(environment),
        system_prompt=write_prompt("resolver", policy=read_policy()),
        middleware=[
            WholeText(),
            # The client has waited where that helps; what a model has made wrong may be right the next time.
            ModelRetryMiddleware(retry_on=is_model_failure, on_failure="error", initial_delay=0),
            HandOver(environment),
            ToolCallLimitMiddleware(run_limit=most_calls, exit_behavior="error"),
            # Policy and tools are sent with every call; a model without a cache is sent them as they are.
            BedrockPromptCachingMiddleware(unsupported_model_behavior="ignore"),
        ],
        name="resolver",
    )


class HandOver(AgentMiddleware[Any, Any, Any]):
    """Leads a call of `escalate_ticket` to the escalation, if the ticket may be handed over."""

    def __init__(self, environment: Environment) -> None:
        """Look at the tickets of an environment."""
        super().__init__()
        self._environment = environment

    def wrap_tool_call(
        self, request: ToolCallRequest, handler: Callable[[ToolCallRequest], ToolMessage | Command[Any]]
    ) -> ToolMessage | Command[Any]:
        """Leave the resolver with the reasons; any other tool is called."""
        call = request.tool_call
        # In a ticket that is closed already the desk refuses.
        if call["name"] != ESCALATE or not self._environment.is_open:
            return handler(request)
        reasons = [name for name in list_triggers() if name in read_texts(call["args"].get("reasons"))]
        ticket = self._environment.desk.read_ticket()
        if is_measured(ticket):
            # The classifier has looked: no trigger holds, and a measure does not change within a ticket.
            return _refuse(call["id"], "No trigger of the policy holds for this ticket. Answer the member yourself.")
        if not reasons:
            return _refuse(call["id"], f"Name the triggers that hold: {', '.join(list_triggers())}.")
        return Command(graph=Command.PARENT, goto="escalation", update={"reasons": reasons})


def _refuse(call_id: str | None, text: str) -> ToolMessage:
    return ToolMessage(text, tool_call_id=call_id or "", name=ESCALATE, status="error")
