"""What finds an article without a model: BM25 as trec_eval measures it, and what was measured on the same files."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from export.card.baselines import MEASURED, draw_baselines, read_measured
from export.card.query_results import run_queries
from export.exported_table import ExportedTable
from tools.retrieval_baselines import SPLITS, hash_files, measure, read_judgements

FIRSTS = """
    select labels.ticket_id, 'kb_' || lpad(article_number::varchar, 5, '0') as article_id
    from analytics.ticket_labels as labels
    inner join intermediate.int_tickets__triaged as triaged using (ticket_id)
    inner join intermediate.int_ticket_texts__ranked as ranked on text_number = ranked.ticket_number
    order by labels.ticket_id, article_rank
"""
ROW = {"ranker": "MiniLM", "split": "test", "ndcg_at_10": 0.5, "success_at_1": 0.25}


def list_files(folder: Path) -> list[ExportedTable]:
    return [
        ExportedTable(file_name=name, table_name="", row_count=1, content_hash=value, byte_count=1)
        for name, value in hash_files(folder).items()
    ]


def test_bm25_of_the_build_is_measured_as_trec_eval_does(built: Path) -> None:
    with duckdb.connect(str(built / "work" / "warehouse.duckdb"), read_only=True) as connection:
        told = {row["split"]: row for row in run_queries(connection)["baselines"]}
        ranked: dict[str, list[str]] = {}
        for ticket_id, article_id in connection.execute(FIRSTS).fetchall():
            ranked.setdefault(ticket_id, []).append(article_id)
    for split in SPLITS:
        judged = read_judgements(built / "retrieval", split)
        assert (split in told) == bool(judged)
        if judged:
            wanted = measure({query: ranked.get(query, []) for query in judged}, judged)
            found = {name: told[split][name] for name in wanted}
            assert found == pytest.approx(wanted, abs=1e-4) and told[split]["queries"] == len(judged)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"files": {}, "rows": [{}]}', '{"files": {}, "rows": [[1]]}', "\ud83d"]
)
def test_what_is_no_measure_is_not_shown(built: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / MEASURED).write_bytes(content.encode("utf-8", "surrogatepass"))
    assert read_measured(tmp_path, list_files(built / "retrieval")) == []


def test_measures_are_shown_beside_bm25_of_the_same_files_alone(built: Path, tmp_path: Path) -> None:
    files = list_files(built / "retrieval")
    saved = {"files": hash_files(built / "retrieval"), "rows": [ROW]}
    (tmp_path / MEASURED).write_text(json.dumps(saved))
    rows = [{"split": split, "queries": 1009, "ndcg_at_10": 0.4, "success_at_1": 0.3} for split in ("dev", "test")]
    figure = draw_baselines(rows, read_measured(tmp_path, files))
    assert figure.headers[2:] == ("BM25: nDCG@10", "BM25: success@1", "MiniLM: nDCG@10", "MiniLM: success@1")
    assert figure.rows == [
        ("dev", "1,009", "0.400", "0.300", "–", "–"),
        ("test", "1,009", "0.400", "0.300", "0.500", "0.250"),
    ]
    (tmp_path / MEASURED).write_text(json.dumps(saved | {"files": saved["files"] | {"retrieval/corpus.jsonl": "0"}}))
    assert read_measured(tmp_path, files) == []
    assert "has not been measured" in draw_baselines(rows, []).note
