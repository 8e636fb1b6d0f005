"""An agent's answer to a ticket."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """An agent's answer to a ticket.

    Attributes:
        ticket_id: the ticket.
        article_ids: the articles it rests on, the best first.
        action: one of dbt_project/seeds/support_actions.csv; `escalate` hands the ticket to a person.
        arguments: by name, as text: amounts as 42.00, counts as 2.
        reply: what the customer reads.
    """

    ticket_id: str
    article_ids: list[str]
    action: str
    arguments: dict[str, str] = field(default_factory=dict)
    reply: str = ""
