"""Counts what a model has used, whichever node has asked it."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from agentic.usage import Usage


class UsageCounter(BaseCallbackHandler):
    """Adds up calls and tokens from what each answer says of itself.

    Attributes:
        usage: what was used since the last `start`.
    """

    def __init__(self, model_id: str) -> None:
        """Count for a model."""
        self.usage = Usage(model_id)

    def start(self) -> None:
        """Begin anew."""
        self.usage = Usage(self.usage.model_id)

    def on_llm_end(self, response: LLMResult, **kwargs: Any) -> None:
        """Add an answer."""
        generation = response.generations[0][0]
        message = generation.message if isinstance(generation, ChatGeneration) else None
        self.usage = self.usage.add_message(message.usage_metadata if isinstance(message, AIMessage) else None)
