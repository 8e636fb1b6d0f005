"""Scores any agent's answers: `python -m examples.score predictions.jsonl`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from examples.labels import SPLITS, read_labels
from examples.predictions import read_predictions
from examples.scoring import format_scores, score
from examples.support_agent import DATA_DIR


def main() -> int:
    """Print a table, a column a split."""
    parser = argparse.ArgumentParser(prog="python -m examples.score", description="Score predictions against the key.")
    parser.add_argument("predictions", type=Path, help="JSONL: ticket_id, article_ids, action, action_arguments, reply")
    parser.add_argument("--split", choices=SPLITS, action="append", help="only these splits (default: test)")
    asked = parser.parse_args()
    try:
        labels = read_labels(DATA_DIR)
    except OSError as error:
        print(f"error: {error}. Make the data first: make run", file=sys.stderr)
        return 1
    try:
        predictions = read_predictions(asked.predictions, {label.ticket_id for label in labels})
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    sys.stdout.write(format_scores([score(split, labels, predictions) for split in asked.split or ["test"]]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
