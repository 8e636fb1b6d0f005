"""Where a language model is plugged in: it gets the ticket and three articles, and answers with an object."""

from __future__ import annotations

import json
from typing import Protocol

from examples.desk import Article, Ticket
from examples.predictions import Prediction
from examples.rule_agent import RuleAgent, describe_booking

PROMPT = """You answer a customer of a ticketing club. Use only the facts below.

Customer: plan {tier}, {quota} bookings a month. {booking}
Articles:
{articles}

Subject: {subject}
{message}

Reply with one JSON object: {{"action": one of answer, issue_refund, cancel_reservation, change_party_size, upgrade,
cancel_subscription, pause_subscription, reset_access, delete_account, open_case, escalate,
"action_arguments": {{}}, "reply": "what the customer reads"}}"""


class Model(Protocol):
    """A language model: the one method to write."""

    def complete(self, prompt: str) -> str:
        """Return what the model says."""
        ...


class ModelAgent:
    """Retrieval by the rule agent, the decision and the words by a model."""

    def __init__(self, model: Model, retriever: RuleAgent, articles: list[Article]) -> None:
        """Take the model, and who finds articles for it."""
        self._model = model
        self._retriever = retriever
        self._articles = {article.article_id: article for article in articles}

    def handle(self, ticket: Ticket) -> Prediction:
        """Answer one ticket; a reply that is no such object hands it to a person."""
        found = self._retriever.handle(ticket).article_ids
        try:
            said = json.loads(self._model.complete(self._write_prompt(ticket, found)))
            arguments = {name: str(value) for name, value in said.get("action_arguments", {}).items()}
            return Prediction(ticket.ticket_id, found, said["action"], arguments, said["reply"])
        except (ValueError, KeyError, AttributeError, TypeError):
            return Prediction(ticket.ticket_id, found, "escalate")

    def _write_prompt(self, ticket: Ticket, found: list[str]) -> str:
        articles = "\n\n".join(f"# {self._articles[name].title}\n{self._articles[name].content}" for name in found)
        return PROMPT.format(
            tier=ticket.tier,
            quota=ticket.monthly_quota,
            booking=describe_booking(ticket.booking) if ticket.booking else "No booking is linked.",
            articles=articles,
            subject=ticket.subject,
            message=ticket.message,
        )
