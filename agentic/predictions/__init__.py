"""Answers that an agent has written into a file, a JSON line a ticket."""

from agentic.predictions.files import append_predictions, find_answered, read_predictions, write_predictions
from agentic.predictions.prediction import Prediction

__all__ = ["Prediction", "append_predictions", "find_answered", "read_predictions", "write_predictions"]
