"""Keeps half characters out of a conversation: a model may say half a surrogate pair, and no checkpoint takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage

from agentic.tools.base import make_whole

PARTS = ("content", "tool_calls", "invalid_tool_calls", "additional_kwargs")


class WholeText(AgentMiddleware[Any, Any, Any]):
    """Makes whatever a model says whole before it is kept."""

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> ModelResponse[Any]:
        """Ask the model, and repair its messages."""
        response = handler(request)
        said = [repair_message(one) if isinstance(one, AIMessage) else one for one in response.result]
        return replace(response, result=said)


def repair_message(message: AIMessage) -> AIMessage:
    """Return a message whose texts are whole."""
    return message.model_copy(update={part: repair(getattr(message, part)) for part in PARTS})


def repair(value: Any) -> Any:
    """Return texts as whole ones, however deep they are."""
    if isinstance(value, str):
        return make_whole(value)
    if isinstance(value, list):
        return [repair(one) for one in value]
    return {repair(name): repair(one) for name, one in value.items()} if isinstance(value, dict) else value
