"""Where a language model is plugged in: it gets all that bears on the ticket, and answers with an object."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import Any, Protocol

from agentic.actions import read_actions
from agentic.agents.acting import carry_out
from agentic.agents.briefing import read_briefing
from agentic.agents.prompt import write_prompt
from agentic.agents.reply_object import find_object
from agentic.agents.rule_agent import RuleAgent, write_question
from agentic.errors import ToolError
from agentic.predictions.prediction import Prediction
from agentic.tools import Desk
from agentic.triggers import find_reasons, list_triggers


class Model(Protocol):
    """A language model: the one method to write."""

    def complete(self, prompt: str) -> str:
        """Return what the model says."""
        ...


class ModelAgent:
    """Retrieval by full text, the decision and the words by a model, in one call.

    Attributes:
        unread: what the model said where no answer was in it, by ticket; a person takes these over.
    """

    def __init__(self, model: Model, retriever: RuleAgent | None = None) -> None:
        """Take the model, and who finds articles for it: full text alone where nobody is named."""
        self.unread: dict[str, str] = {}
        self._model = model
        self._retriever = retriever or RuleAgent()

    def work(self, desk: Desk) -> None:
        """Work one ticket: carry out what the model has decided; where the desk refuses it, the member is answered."""
        decided = self.decide(desk)
        arguments, reply = decided.arguments, decided.reply
        if decided.action == "escalate":
            reasons = arguments.get("reasons") or ", ".join(find_reasons(desk.read_ticket())) or list_triggers()[0]
            arguments = {"reasons": reasons}
        try:
            carry_out(desk, decided.action, arguments, reply, decided.article_ids)
        except ToolError as error:
            print(f"{decided.ticket_id}: {decided.action} was refused: {error}", file=sys.stderr)
            desk.reply(reply)

    def decide(self, desk: Desk) -> Prediction:
        """Ask the model; a reply without an answer is told, counted, and handed to a person."""
        ticket = read_briefing(desk)
        found = self._retriever.find_articles(desk, ticket, write_question(ticket))
        articles = [desk.read_article(name) for name in found]
        text = self._model.complete(write_prompt(ticket, articles)) or ""
        said = find_object(text, is_answer)
        if said is None:
            self.unread[ticket.ticket_id] = text
            quoted = json.dumps(text[:80]) if text.strip() else "nothing was said"
            print(f"{ticket.ticket_id}: no answer in the reply, so a person takes over: {quoted}", file=sys.stderr)
            return Prediction(ticket_id=ticket.ticket_id, article_ids=list(found), action="escalate")
        cited = said.get("article_ids")
        ids = [name for name in cited if isinstance(name, str)] if isinstance(cited, list) else []
        return Prediction(
            ticket_id=ticket.ticket_id,
            article_ids=[name for name in dict.fromkeys([*ids, *found]) if name in found][:3],
            action=said["action"].strip().lower(),
            arguments=read_arguments(said.get("arguments")),
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
