"""A user and an agent without a model, to see a domain work from the first message to the reward."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tau2.agent.llm_agent import LLMGTAgent
from tau2.data_model.message import AssistantMessage, ToolCall, UserMessage
from tau2.data_model.tasks import Task
from tau2.user.base import STOP
from tau2.user.user_simulator import UserSimulator

from agentic.customers import ScriptedCustomer
from agentic.facts import say
from agentic.tasks import Customer

FIELD = re.compile(r"^\s*(\w+): (.+)$", re.M)


class ScriptedUser(UserSimulator):
    """The desk's scripted customer: answers questions from what is known, thanks once, and ends."""

    def get_init_state(self, message_history: list[Any] | None = None) -> Any:
        """Begin anew."""
        known = dict(FIELD.findall(str(self.instructions)))
        self._customer = ScriptedCustomer(Customer(known.get("name", ""), "As I wrote.", known))
        self._has_thanked = False
        return super().get_init_state(message_history)

    def set_seed(self, seed: int) -> None:
        """Take no seed: nothing is left to chance."""

    def generate_next_message(self, message: Any, state: Any) -> tuple[UserMessage, Any]:
        """Answer a message."""
        answer = self._customer.answer(message.content or "")
        if answer is None:
            answer, self._has_thanked = STOP if self._has_thanked else "Thank you.", True
        return UserMessage(role="user", content=answer, cost=0.0), state


class GoldAgent(LLMGTAgent):
    """Makes the calls of the reference and says what has to be said."""

    def get_init_state(self, message_history: list[Any] | None = None) -> Any:
        """Begin anew."""
        self._messages = write_messages(self.task)
        return super().get_init_state(message_history)

    def set_seed(self, seed: int) -> None:
        """Take no seed: nothing is left to chance."""

    def generate_next_message(self, message: Any, state: Any) -> tuple[AssistantMessage, Any]:
        """Go on."""
        return next(self._messages, say_text("You are welcome.")), state


class IdleAgent(GoldAgent):
    """Is polite and does nothing."""

    def generate_next_message(self, message: Any, state: Any) -> tuple[AssistantMessage, Any]:
        """Say so."""
        return say_text("Thank you for writing. We have looked into it, and everything is taken care of."), state


def write_messages(task: Task) -> Iterator[AssistantMessage]:
    """Return what an agent does that has the key."""
    wanted = task.evaluation_criteria
    for action in wanted.actions:
        call = ToolCall(id=action.action_id, name=action.name, arguments=action.arguments)
        yield AssistantMessage(role="assistant", tool_calls=[call], cost=0.0)
    sentences = [f"{info}." for info in wanted.communicate_info]
    for assertion in wanted.env_assertions:
        sentences += [say(name, value) for name, value in assertion.arguments["facts"].items()]
        sentences += [f'More in "{title}".' for title in list(assertion.arguments["articles"].values())[:1]]
    yield say_text("\n".join(["Thank you for writing.", *sentences]))


def say_text(text: str) -> AssistantMessage:
    """Return a message to the user."""
    return AssistantMessage(role="assistant", content=text, cost=0.0)
