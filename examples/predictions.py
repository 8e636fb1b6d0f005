"""What an agent hands in: a JSON line a ticket."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from examples.desk import Ticket


@dataclass(frozen=True)
class Prediction:
    """An agent's answer to a ticket.

    Attributes:
        ticket_id: the ticket.
        article_ids: the articles it rests on, the best first.
        action: one of dbt_project/seeds/support_actions.csv; `escalate` hands the ticket to a person.
        action_arguments: by name, as text: amounts as 42.00, counts as 2.
        reply: what the customer reads.
    """

    ticket_id: str
    article_ids: list[str]
    action: str
    action_arguments: dict[str, str] = field(default_factory=dict)
    reply: str = ""


class Agent(Protocol):
    """Anything that answers tickets: rules, a model, a chain of both."""

    def handle(self, ticket: Ticket) -> Prediction:
        """Answer one ticket."""
        ...


def write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    """Write a line each."""
    lines = [json.dumps(asdict(prediction), ensure_ascii=False) + "\n" for prediction in predictions]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def read_predictions(path: Path) -> dict[str, Prediction]:
    """Read a file of predictions by ticket.

    Raises:
        ValueError: a line is no prediction; the message names the line.
    """
    predictions = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            prediction = Prediction(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: {error}. A line is an object with {FIELDS}") from error
        predictions[prediction.ticket_id] = prediction
    return predictions


FIELDS = ", ".join(Prediction.__dataclass_fields__)
