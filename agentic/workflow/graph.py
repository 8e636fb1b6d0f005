"""The workflow as a graph: classifier to resolver or escalation, resolver to review or escalation."""

from __future__ import annotations

from typing import Any

from langchain_core.language_models import BaseChatModel
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agentic.environment import Environment
from agentic.workflow.classifier import Classifier
from agentic.workflow.escalation import Escalation
from agentic.workflow.resolver import make_resolver
from agentic.workflow.review import Review
from agentic.workflow.state import WorkflowState

MOST_CALLS = 40


def build_workflow(
    environment: Environment,
    model: BaseChatModel,
    checkpointer: BaseCheckpointSaver[Any] | None = None,
    most_calls: int = MOST_CALLS,
) -> CompiledStateGraph[Any]:
    """Return the workflow of an environment; each invocation works the ticket at hand, as far as it goes.

    Args:
        environment: where the ticket is.
        model: any chat model of LangChain that calls tools.
        checkpointer: where conversations are kept, each under its thread_id.
        most_calls: tools that the resolver may call before it is stopped.
    """
    graph = StateGraph(WorkflowState)
    graph.add_node("classifier", Classifier(environment, model))
    graph.add_node("resolver", make_resolver(environment, model, most_calls), destinations=("review", "escalation"))
    graph.add_node("review", Review(environment))
    graph.add_node("escalation", Escalation(environment))
    graph.add_edge(START, "classifier")
    graph.add_edge("resolver", "review")
    return graph.compile(checkpointer=checkpointer, name="support")
