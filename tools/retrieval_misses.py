"""Lays out tickets whose first article is none that the key takes, for readers who judge whether the key is right.

    python tools/retrieval_misses.py data RUN MISSES [--split test] [--count 100]

RUN is a ranking that `tools/retrieval_baselines.py --runs` has written, such as MiniLM.trec; MISSES gets a JSON line
for each ticket, drawn at random: its words, what the key asks, the article that was found and the one that is expected.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
QUESTION = "Does the article that was found answer this ticket fully, so that the key is wrong not to take it?"


def read_rows(data_dir: Path, name: str, key: str) -> dict[str, Row]:
    """Return the rows of a generated file by their ids."""
    lines = (data_dir / "generated" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return {row[key]: row for row in map(json.loads, filter(None, lines))}


def read_firsts(run: Path) -> dict[str, str]:
    """Return the first document of each query."""
    lines = (line.split() for line in run.read_text(encoding="utf-8").splitlines())
    return {query: document for query, _, document, place, *_ in lines if place == "1"}


def find_misses(data_dir: Path, firsts: dict[str, str], split: str) -> Iterator[Row]:
    """Lay out each miss of a split."""
    articles = read_rows(data_dir, "kb_articles", "article_id")
    tickets = read_rows(data_dir, "tickets", "ticket_id")
    for name, label in read_rows(data_dir, "ticket_labels", "ticket_id").items():
        right = [label["expected_article_id"], *label["also_accepted"]]
        if label["split"] == split and right[0] and name in firsts and firsts[name] not in right:
            yield {
                "ticket_id": name,
                "question": QUESTION,
                "scenario": label["scenario"],
                "kind": label["kind"],
                "facts": {fact["name"]: fact["value"] for fact in label["facts"]},
                "ticket": {key: tickets[name][key] for key in ("subject", "description")},
                "found_article": _show(articles[firsts[name]]),
                "expected_article": _show(articles[right[0]]),
                "also_accepted": [articles[other]["title"] for other in right[1:]],
            }


def _show(article: Row) -> Row:
    return {key: article[key] for key in ("article_id", "title", "category", "tags", "content")}


def main(words: Sequence[str]) -> int:
    """Write the misses; return the exit code."""
    parser = argparse.ArgumentParser(description="Tickets whose first article is none that the key takes.")
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("misses", type=Path)
    parser.add_argument("--split", default="test", choices=("train", "dev", "test", "unseen"))
    parser.add_argument("--count", type=int, default=100)
    asked = parser.parse_args(words)
    try:
        found = list(find_misses(asked.data_dir, read_firsts(asked.run), asked.split))
    except OSError as error:
        print(f"error: {error.filename} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    drawn = random.Random(42).sample(found, min(asked.count, len(found)))
    with asked.misses.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in drawn)
    print(f"{len(drawn)} of {len(found)} misses: {asked.misses}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
