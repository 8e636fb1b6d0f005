"""A chat model that says what a test has written for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from agentic.tasks import ToolCall

Said = AIMessage | Exception | Callable[[list[BaseMessage]], AIMessage]


class FakeModel(BaseChatModel):
    """Says one thing after another; an error is raised, a function is asked with the messages."""

    said: list[Any]
    heard: list[list[BaseMessage]] = []
    tools: list[str] = []

    @property
    def _llm_type(self) -> str:
        return "fake"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> FakeModel:
        self.tools[:] = [tool.name for tool in tools]
        return self

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        self.heard.append(messages)
        said = self.said.pop(0)
        if isinstance(said, Exception):
            raise said
        message = said if isinstance(said, AIMessage) else said(messages)
        return ChatResult(generations=[ChatGeneration(message=message)])


USAGE = {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110, "input_token_details": {"cache_read": 40}}


def say(text: str = "", *calls: tuple[str, dict[str, Any]]) -> AIMessage:
    """Say a text and call tools."""
    listed = [
        {"name": name, "args": arguments, "id": f"call_{number}_{name}"}
        for number, (name, arguments) in enumerate(calls)
    ]
    return AIMessage(text, tool_calls=listed, usage_metadata=USAGE)


def classify(*requests: str, reasons: Sequence[str] = ()) -> AIMessage:
    """Say what a classifier says."""
    return say(json.dumps({"category": "general", "requests": requests, "reasons": reasons}))


def follow(calls: Iterable[ToolCall]) -> list[AIMessage]:
    """Make calls, one a message, and stop."""
    return [*(say("", (call.tool, dict(call.arguments))) for call in calls), say("Done.")]
