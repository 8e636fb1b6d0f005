"""Measures how the desk's search finds the article that answers: by full text, by embeddings, and by both.

    .venv/bin/python tools/search_scores.py [DATA] [--split dev]

A query is a ticket's subject and first message; an article counts where the answer key expects or accepts it. Needs
`make embeddings` for all but full text. Choose on train and dev; test and unseen are for the last word.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from agentic.embeddings import Encoder, VectorIndex  # noqa: E402
from agentic.environment import Environment  # noqa: E402
from agentic.errors import DataError, UsageError  # noqa: E402
from agentic.knowledge import find_words, list_parts  # noqa: E402
from agentic.labels import SPLITS, Label  # noqa: E402
from agentic.searches import choose_encoder  # noqa: E402
from extract.paths import require_data_dir  # noqa: E402

MOST_RANKS = 3
Rank = Callable[[str], Sequence[str]]


def list_searches(data_dir: Path, encoder: Encoder | None) -> dict[str, Rank]:
    """Return each search by its name, as what ranks ids of articles for a question."""
    searches: dict[str, Rank] = {}
    for one in [None, encoder] if encoder else [None]:
        environment = Environment(data_dir, encoder=one)
        searches[environment.search_method] = _rank_at_desk(environment)
    if encoder:
        rows = environment.knowledge.list_articles()
        index = VectorIndex(encoder, ((row["article_id"], list_parts(row)) for row in rows))
        searches["embeddings alone"] = lambda question: list(index.rank(question))
    return searches


def _rank_at_desk(environment: Environment) -> Rank:
    return lambda question: [found.article_id for found in environment.knowledge.search(question, MOST_RANKS)]


def measure(rank: Rank, asked: Sequence[tuple[str, Label]]) -> dict[str, float]:
    """Return the share of questions that an article answers which stands first, or among the first three."""
    found = [
        (rank(question)[:MOST_RANKS], {label.expected_article_id, *label.also_accepted}) for question, label in asked
    ]
    first = sum(bool(ranked) and ranked[0] in right for ranked, right in found)
    return {
        "tickets": len(asked),
        "top_1": round(first / len(asked), 3),
        f"top_{MOST_RANKS}": round(sum(not right.isdisjoint(ranked) for ranked, right in found) / len(asked), 3),
    }


def main(words: Sequence[str]) -> int:
    """Print a line for each search and split; return the exit code."""
    parser = argparse.ArgumentParser(description="How the desk's search finds the article that answers.")
    parser.add_argument("data", nargs="?", type=Path, help="the data directory (default: EVENTHUB_DATA_DIR, or data)")
    parser.add_argument("--split", action="append", choices=SPLITS, help="more than once (default: train and dev)")
    asked = parser.parse_args(words)
    data_dir = asked.data or require_data_dir()
    try:
        environment, encoder = Environment(data_dir), choose_encoder("auto")
        searches = list_searches(data_dir, encoder)
    except (DataError, UsageError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if encoder is None:
        print("embeddings are not measured: make embeddings installs them", file=sys.stderr)
    database = environment.state.database
    for split in asked.split or ["train", "dev"]:
        labels = [label for label in environment.labels.values() if label.split == split and label.expected_article_id]
        questions = [(find_words(database, label.ticket_id)[0], label) for label in labels]
        for name, rank in searches.items() if questions else ():
            print(json.dumps({"search": name, "split": split} | measure(rank, questions)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
