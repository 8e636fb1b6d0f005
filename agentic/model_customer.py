"""The customer played by a model, who answers an agent's questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from agentic.chat_models import needs_packages, translate_errors
from agentic.customers import MOST_ANSWERS, Answerer
from agentic.errors import AgentStopped
from agentic.prompts import write_prompt
from agentic.tasks import Customer, Task
from agentic.usage import Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

# As tau-bench has it; models have read it often.
STOP = "###STOP###"


class ModelCustomer:
    """A member whom a model plays: it knows what the member knows, and says when they are done.

    Attributes:
        usage: what playing this member has used of the model.
    """

    def __init__(self, customer: Customer, model: BaseChatModel, model_id: str = "") -> None:
        """Play a customer."""
        with needs_packages("--customer model"):
            from langchain_core.messages import SystemMessage
        self._model = model
        self._messages: list[BaseMessage] = [SystemMessage(write_part(customer))]
        self._answers = 0
        self.usage = Usage(model_id)

    def answer(self, reply: str) -> str | None:
        """Return what the member says; None where they are done, or were asked often enough.

        Raises:
            ServiceError: the model cannot be asked.
        """
        from langchain_core.messages import AIMessage, HumanMessage

        if self._answers >= MOST_ANSWERS:
            return None
        messages = [*self._messages, HumanMessage(f"Support writes:\n\n{reply}")]
        try:
            with translate_errors():
                said = self._model.invoke(messages)
        except AgentStopped:
            # Longer than this model reads, or it has failed: no fault of the agent.
            return None
        self.usage = self.usage.add_message(said.usage_metadata)
        words = str(said.text).strip()
        # Each reply is remembered and bounds the cost, also one that needs no answer: another may follow.
        self._answers += 1
        self._messages = [*messages, AIMessage(words or STOP)]
        # A model may say goodbye before it stops: what stands with the signal is no answer to work on.
        return None if STOP in words or not words else words


def write_part(customer: Customer) -> str:
    """Write who is to be played: what they want, know, do not know, and when they stop."""
    return write_prompt(
        "customer",
        full_name=customer.full_name,
        persona=customer.persona,
        reason=customer.reason,
        known="\n".join(f"- {name.replace('_', ' ')}: {value}" for name, value in customer.known.items()),
        unknown="\n".join(f"- {name}" for name in customer.unknown),
        stop=STOP,
    )


def play_customers(model: BaseChatModel, model_id: str = "") -> Callable[[Task], Answerer]:
    """Return what makes the customer of each task, for an environment."""
    return lambda task: ModelCustomer(task.customer, model, model_id)
