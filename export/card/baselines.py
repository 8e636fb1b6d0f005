"""What finds an article without a language model: BM25 as the build has it, and what was measured on the files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from common.page.figure import Figure, nothing
from common.page.formatting import number
from export.card.query_results import Row
from export.exported_table import ExportedTable

# Written by tools/retrieval_baselines.py, beside the folder that it has measured.
MEASURED = "retrieval_baselines.json"
MEASURES = {"nDCG@10": "ndcg_at_10", "success@1": "success_at_1"}
NOTE = (
    "nDCG@10 and success@1 over subject and message, of the tickets that an article answers: the expected article"
    " counts 2, an accepted one 1. BM25 is that of the build (title and body, the defaults of bm25s). "
)
OTHERS = "The others were measured on the files of data/retrieval."
NO_OTHERS = "MiniLM has not been measured on these files: tools/retrieval_baselines.py --save does it."


def read_measured(data_dir: Path, tables: Sequence[ExportedTable]) -> list[Row]:
    """Return what was measured on the very files that are there; nothing where they are others."""
    hashes = {table.file_name: table.content_hash for table in tables}
    try:
        saved = json.loads((data_dir / MEASURED).read_text(encoding="utf-8"))
        if any(hashes.get(name) != value for name, value in saved["files"].items()):
            return []
        return [_read_row(row) for row in saved["rows"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _read_row(row: Row) -> Row:
    measures = {name: float(row[name]) for name in MEASURES.values()}
    return {"ranker": str(row["ranker"]), "split": str(row["split"])} | measures


def draw_baselines(rows: Sequence[Row], measured: Sequence[Row]) -> Figure:
    """Each split with what BM25, and whatever else was measured, finds."""
    if not rows:
        return nothing("baselines", "tickets that an article answers")
    found = {("BM25", row["split"]): row for row in rows}
    found |= {(row["ranker"], row["split"]): row for row in measured}
    rankers = list(dict.fromkeys(ranker for ranker, _ in found))
    columns = [(ranker, name) for ranker in rankers for name in MEASURES.values()]
    return Figure(
        name="baselines",
        title="What finds the article without a language model",
        note=NOTE + (OTHERS if measured else NO_OTHERS),
        headers=("Split", "Queries", *(f"{ranker}: {measure}" for ranker in rankers for measure in MEASURES)),
        rows=[
            (
                row["split"],
                number(row["queries"]),
                *(_write(found.get((one, row["split"])), name) for one, name in columns),
            )
            for row in rows
        ],
    )


def _write(row: Row | None, name: str) -> str:
    return f"{row[name]:.3f}" if row else "–"
