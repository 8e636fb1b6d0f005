"""The workflow as an agent of the exam, of `work` and of `chat`."""

from __future__ import annotations

import uuid
from typing import Any

from langchain.agents.middleware.tool_call_limit import ToolCallLimitExceededError
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.errors import GraphRecursionError

from agentic.chat_models import translate_errors
from agentic.environment import Environment
from agentic.errors import AgentStopped, ServiceError
from agentic.tools import Desk
from agentic.usage import Usage
from agentic.workflow.checkpoints import open_checkpointer
from agentic.workflow.graph import MOST_CALLS, build_workflow
from agentic.workflow.usage_counter import UsageCounter

# Nodes of a turn: each call of a tool is two, and an answer one.
STEPS_A_CALL = 4


class WorkflowAgent:
    """Works tickets with a graph of LangGraph; a new run of a ticket begins a new conversation.

    Attributes:
        usage: calls and tokens of the ticket at hand.
    """

    def __init__(
        self,
        environment: Environment,
        model: BaseChatModel,
        *,
        model_id: str = "",
        checkpointer: BaseCheckpointSaver[Any] | None = None,
        most_calls: int = MOST_CALLS,
        is_chat: bool = False,
    ) -> None:
        """Build the graph.

        Args:
            environment: where tickets are worked.
            model: any chat model of LangChain that calls tools.
            model_id: by which its cost is worked out.
            checkpointer: where conversations are kept; in memory where none is named.
            most_calls: tools that may be called in one turn.
            is_chat: whether one member goes on talking over several tickets, all of which are one conversation.
        """
        self._environment = environment
        self._checkpointer = checkpointer or open_checkpointer()
        self._graph = build_workflow(environment, model, self._checkpointer, most_calls)
        self._counter = UsageCounter(model_id)
        self._most_calls, self._is_chat = most_calls, is_chat
        self._thread_id = ""
        self._calls: list[Any] | None = None
        self._was_interrupted = False

    @property
    def usage(self) -> Usage:
        """Calls and tokens of the ticket at hand."""
        return self._counter.usage

    @property
    def _config(self) -> RunnableConfig:
        return {
            "configurable": {"thread_id": self._thread_id},
            "callbacks": [self._counter],
            "recursion_limit": STEPS_A_CALL * self._most_calls,
            # One tool after another, in the order of the calls: the desk is one.
            "max_concurrency": 1,
        }

    def work(self, desk: Desk) -> None:
        """Work the ticket at hand; after an error of the service, go on where it was.

        Raises:
            AgentStopped: it does not come to an end, or the model can read no more.
            ServiceError: the model cannot be asked.
        """
        goes_on = self._calls is self._environment.state.calls
        if not goes_on:
            self._begin()
        start = None if goes_on and self._was_interrupted else {"reminders": 0}
        self._was_interrupted = False
        try:
            with translate_errors():
                self._graph.invoke(start, self._config)
        except ServiceError:
            self._was_interrupted = True
            raise
        except (ToolCallLimitExceededError, GraphRecursionError) as error:
            raise AgentStopped(f"no end after {self._most_calls} calls of tools in one turn") from error
        except RecursionError as error:
            raise AgentStopped("what the model said is nested too deep to be read") from error

    def _begin(self) -> None:
        """Begin a conversation, unless a chat goes on; the environment makes a new list of calls for each run."""
        self._calls = self._environment.state.calls
        self._counter.start()
        if self._is_chat and self._thread_id:
            return
        # An exam has thousands of runs; a file keeps them to be looked at, memory does not.
        if self._thread_id and isinstance(self._checkpointer, InMemorySaver):
            self._checkpointer.delete_thread(self._thread_id)
        self._thread_id = f"{self._environment.state.ticket_id}-{uuid.uuid4().hex[:8]}"
