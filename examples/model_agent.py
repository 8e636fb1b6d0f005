"""Where a language model is plugged in: it gets all that bears on the ticket, and answers with an object."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import Any, Protocol

from examples.actions import read_actions
from examples.desk import Article, Ticket
from examples.prediction import Prediction
from examples.prompt import write_prompt
from examples.reply_object import find_object
from examples.rule_agent import RuleAgent


class Model(Protocol):
    """A language model: the one method to write."""

    def complete(self, prompt: str) -> str:
        """Return what the model says."""
        ...


class ModelAgent:
    """Retrieval by the rule agent, the decision and the words by a model.

    Attributes:
        unread: what the model said where no answer was in it, by ticket; a person takes these over.
    """

    def __init__(self, model: Model, retriever: RuleAgent, articles: list[Article]) -> None:
        """Take the model, and who finds articles for it."""
        self.unread: dict[str, str] = {}
        self._model = model
        self._retriever = retriever
        self._articles = {article.article_id: article for article in articles}

    def handle(self, ticket: Ticket) -> Prediction:
        """Answer one ticket; a reply without an answer is told, counted, and handed to a person."""
        found = self._retriever.handle(ticket).article_ids
        text = self._model.complete(write_prompt(ticket, [self._articles[name] for name in found])) or ""
        said = find_object(text, is_answer)
        if said is None:
            self.unread[ticket.ticket_id] = text
            quoted = json.dumps(text[:80]) if text.strip() else "nothing was said"
            print(f"{ticket.ticket_id}: no answer in the reply, so a person takes over: {quoted}", file=sys.stderr)
            return Prediction(ticket.ticket_id, found, "escalate")
        cited = said.get("article_ids")
        ids = [name for name in cited if isinstance(name, str)] if isinstance(cited, list) else []
        return Prediction(
            ticket_id=ticket.ticket_id,
            article_ids=list(dict.fromkeys([name for name in ids if name in self._articles] + found))[:3],
            action=said["action"].strip().lower(),
            action_arguments=read_arguments(said.get("action_arguments")),
            reply=said.get("reply") or "",
        )


def is_answer(said: dict[str, Any]) -> bool:
    """Whether an object names an action that there is, and says something to the customer."""
    action, reply = str(said.get("action")).strip().lower(), said.get("reply")
    return action in read_actions() and (isinstance(reply, str) or (reply is None and action == "escalate"))


def read_arguments(said: object) -> dict[str, str]:
    """Return arguments as text; those that are null are left out, and so is all that is no argument."""
    if not isinstance(said, dict):
        return {}
    texts = {name: _write(value) for name, value in said.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _write(value: object) -> str | None:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    is_scalar = isinstance(value, str | int | float | Decimal) and not isinstance(value, bool)
    return str(value) if is_scalar else None
