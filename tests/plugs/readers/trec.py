"""Judges the rankings that retrieval_baselines.py wrote in this folder with pytrec_eval; prints nDCG@10, success@1."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytrec_eval

MEASURES = {"ndcg_cut_10", "success_1"}


def main(folder: str) -> None:
    """Print a line of JSON: by ranker and split."""
    told: dict[str, dict[str, list[float]]] = {}
    for path in sorted(Path().glob("*.trec")):
        with path.open() as file:
            run = pytrec_eval.parse_run(file)
        for qrels in sorted((Path(folder) / "qrels").glob("*.jsonl")):
            judged: dict[str, dict[str, int]] = {}
            for line in map(json.loads, qrels.read_text().splitlines()):
                judged.setdefault(line["query-id"], {})[line["corpus-id"]] = line["score"]
            if judged:
                found = pytrec_eval.RelevanceEvaluator(judged, MEASURES).evaluate(run).values()
                means = [sum(one[name] for one in found) / len(judged) for name in sorted(MEASURES)]
                told.setdefault(path.stem, {})[qrels.stem] = means
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
