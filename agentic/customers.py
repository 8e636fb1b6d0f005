"""The scripted customer, who answers an agent's questions without a model, the same each time.

model_customer.py has the one that a model plays.
"""

from __future__ import annotations

import re
from typing import Protocol

from agentic.tasks import Customer, Task

# What a question is about, by what the customer knows; the first that fits counts.
ASKED = {
    "reservation_id": r"\b(booking|order|reservation|confirmation) (id|number|code)|\br_|(which|what) booking",
    "email": r"e-?mail",
    "phone": r"phone|mobile number",
    "event_date": r"\b(date|which day|what day|when is)\b",
    "ticket_count": r"how many (tickets|seats|people|guests)",
    "payment_method": r"how did you pay|paid with|payment method|which card",
    "event_title": r"which (event|show)|what (event|show)|name of the (event|show)",
    "user_id": r"member (id|number)|user id|account (id|number)",
    "name": r"(full|your) name",
}
SAID = {
    "reservation_id": "It is {}.",
    "email": "My email is {}.",
    "phone": "My phone number is {}.",
    "event_date": "It is on {}.",
    "ticket_count": "{} tickets.",
    "payment_method": "I paid by {}.",
    "event_title": "It is {}.",
    "user_id": "My member number is {}.",
    "name": "{}.",
}
MOST_ANSWERS = 4


class Answerer(Protocol):
    """Anybody who answers as the member: a script, a model, a person."""

    def answer(self, reply: str) -> str | None:
        """Return what the member says to a reply; None where they are done."""
        ...


class ScriptedCustomer:
    """Answers questions from what is known and the ticket's own words; stops when nothing is asked any more."""

    def __init__(self, customer: Customer) -> None:
        """Speak for a customer."""
        self._customer = customer
        self._answers = 0

    def answer(self, reply: str) -> str | None:
        """Return what is asked for in the last paragraph, as far as it is known; nothing where nothing is asked."""
        paragraphs = [part for part in reply.split("\n\n") if part.strip()]
        # A sentence begins where another has ended: a long text without an end is read once.
        questions = re.findall(r"(?<![^.!?\n])[^.!?\n]*\?", paragraphs[-1]) if paragraphs else []
        if not questions or self._answers >= MOST_ANSWERS:
            return None
        self._answers += 1
        return " ".join(dict.fromkeys(self._answer_one(question) for question in questions))

    def _answer_one(self, question: str) -> str:
        if any(name in question.lower() for name in self._customer.unknown):
            return "I do not have that at hand."
        for name, pattern in ASKED.items():
            if name in self._customer.known and re.search(pattern, question, re.I):
                return SAID[name].format(self._customer.known[name])
        return self._customer.reason


def make_customer(task: Task) -> ScriptedCustomer:
    """Return the scripted customer of a task."""
    return ScriptedCustomer(task.customer)
