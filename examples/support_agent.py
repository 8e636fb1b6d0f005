"""Runs the agent that needs no model over a split, and scores it: `python -m examples.support_agent`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from examples.desk import read_articles, read_tickets
from examples.labels import SPLITS, Label, read_labels
from examples.predictions import write_predictions
from examples.rule_agent import RuleAgent
from examples.scoring import format_scores, score
from extract.paths import require_data_dir

DATA_DIR = require_data_dir()


def main() -> int:
    """Answer every ticket of the splits, write the predictions, and print the score."""
    parser = argparse.ArgumentParser(prog="python -m examples.support_agent", description=__doc__)
    parser.add_argument("--split", choices=SPLITS, action="append", help="which tickets to answer (default: test)")
    parser.add_argument("--untrained", action="store_true", help="learn nothing from the train split")
    parser.add_argument(
        "--triage", action="store_true", help="show the agent what the desk has measured (docs/agents.md)"
    )
    asked = parser.parse_args()
    splits = asked.split or ["test"]
    path = DATA_DIR / "work" / "predictions.jsonl"
    try:
        labels = read_labels(DATA_DIR)
        agent = build_agent(DATA_DIR, [] if asked.untrained else labels)
        ids = [label.ticket_id for label in labels if label.split in splits]
        made = [agent.handle(ticket) for ticket in read_tickets(DATA_DIR, ids, asked.triage)]
    except OSError as error:
        print(f"error: {error}. Make the data first: make run", file=sys.stderr)
        return 1
    write_predictions(path, made)
    predictions = {prediction.ticket_id: prediction for prediction in made}
    sys.stdout.write(format_scores([score(split, labels, predictions) for split in splits]))
    print(f"written: {path}", file=sys.stderr)
    return 0


def build_agent(data_dir: Path, labels: list[Label]) -> RuleAgent:
    """Read what the agent knows: articles, and the solved tickets of the train split."""
    train = {label.ticket_id: label for label in labels if label.split == "train"}
    solved = [(ticket, train[ticket.ticket_id]) for ticket in read_tickets(data_dir, list(train))]
    return RuleAgent(read_articles(data_dir), solved)


if __name__ == "__main__":
    sys.exit(main())
