"""Replays answers that were made elsewhere: whatever wrote a file of predictions sits the same exam."""

from __future__ import annotations

from collections.abc import Mapping

from agentic.agents.acting import carry_out
from agentic.predictions.prediction import Prediction
from agentic.tools import Desk


class PredictionAgent:
    """Does and says what a prediction states; a ticket without one is left as it is."""

    def __init__(self, predictions: Mapping[str, Prediction]) -> None:
        """Take predictions by ticket."""
        self._predictions = predictions

    def work(self, desk: Desk) -> None:
        """Carry out the prediction for the ticket at hand, whose first three articles are what it rests on."""
        made = self._predictions.get(desk.read_ticket()["ticket_id"])
        if made:
            carry_out(desk, made.action, made.arguments, made.reply, made.article_ids[:3])
