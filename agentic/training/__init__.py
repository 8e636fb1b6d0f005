"""What a model is trained on: resolved tickets of the train split as conversations with calls of tools."""

from agentic.training.conversation import (
    Conversation,
    describe_tools,
    list_solved,
    write_conversation,
    write_system_prompt,
)
from agentic.training.preferences import Preference, find_preferences

__all__ = [
    "Conversation",
    "Preference",
    "describe_tools",
    "find_preferences",
    "list_solved",
    "write_conversation",
    "write_system_prompt",
]
