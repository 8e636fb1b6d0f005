"""Reads retrieval/ with beir, pytrec_eval, ranx, bm25s and datasets; prints what they agree on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import bm25s
import pytrec_eval
from beir.datasets.data_loader import GenericDataLoader
from datasets import get_dataset_config_names, load_dataset
from ranx import Qrels, Run, evaluate

SPLITS = ("train", "dev", "test", "unseen")


def rank(corpus: dict[str, dict[str, str]], queries: dict[str, str]) -> dict[str, dict[str, float]]:
    """Rank the documents for each query by BM25."""
    ids = list(corpus)
    index = bm25s.BM25()
    index.index(bm25s.tokenize([f"{corpus[i]['title']} {corpus[i]['text']}" for i in ids], show_progress=False),
                show_progress=False)  # fmt: skip
    found, scores = index.retrieve(
        bm25s.tokenize(list(queries.values()), show_progress=False), k=min(10, len(ids)), show_progress=False
    )
    return {
        query: {ids[place]: float(score) for place, score in zip(places, values, strict=True)}
        for query, places, values in zip(queries, found, scores, strict=True)
    }


def main(folder: str) -> None:
    """Print a line of JSON."""
    told: dict[str, object] = {}
    for split in SPLITS:
        if len((Path(folder) / "qrels" / f"{split}.tsv").read_text().splitlines()) < 2:
            continue  # no judgement in so small a set
        corpus, queries, qrels = GenericDataLoader(folder).load(split)
        assert set(queries) == set(qrels) and all(queries.values())
        run = rank(corpus, queries)
        measured = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut_10"}).evaluate(run)
        ndcg = sum(line["ndcg_cut_10"] for line in measured.values()) / len(measured)
        by_ranx = float(evaluate(Qrels(qrels), Run(run), "ndcg@10"))
        assert abs(ndcg - by_ranx) < 1e-3, (split, ndcg, by_ranx)
        told[split] = {
            "queries": len(queries),
            "judgements": sum(map(len, qrels.values())),
            "bm25_ndcg10": round(ndcg, 3),
        }
    names = get_dataset_config_names(folder)
    sizes = {name: {split: len(rows) for split, rows in load_dataset(folder, name).items()} for name in names}
    print(json.dumps({"beir": told, "datasets": sizes}))


if __name__ == "__main__":
    main(sys.argv[1])
