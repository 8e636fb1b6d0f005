"""retrieval/: tickets as queries and articles as documents, as BEIR lays a collection out.

corpus.jsonl and queries.jsonl are of all splits; qrels/<split>.tsv and .jsonl hold the judgements of one. An article is
judged 2 if it is the expected one and 1 if it is accepted, too; what is not judged does not answer. Queries that no
article answers have no judgement, and stand in unanswerable.jsonl.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from duckdb import DuckDBPyConnection

from export.exported_table import ExportedTable, describe_file
from export.finding import Finding, check_bytes
from export.license import NAME, SENTENCE
from export.source import Source
from export.sql import by_number, literal
from export.writers.base import ExportContext, Kind, Writer
from export.writers.jsonl import MOST_RESERVATIONS_AS_JSONL

FOLDER = "retrieval"
SPLITS = ("train", "dev", "test", "unseen")
EXPECTED, ACCEPTED = 2, 1

CORPUS = f"""
    select
        article_id as _id, title, content as text,
        {{category: category, tags: tags, is_published: is_published}} as metadata
    from main.kb_articles
    order by {by_number("article_id")}
"""
QUERIES = f"""
    select
        ticket_id as _id, tickets.description as text,
        {{subject: tickets.subject, split: labels.split, kind: labels.kind, category: tickets.category}} as metadata
    from main.tickets as tickets
    inner join analytics.ticket_labels as labels using (ticket_id)
    order by {by_number("ticket_id")}
"""
UNANSWERABLE = f"""
    select ticket_id as "query-id", split
    from analytics.ticket_labels
    where expected_article_id is null and len(also_accepted) = 0
    order by {by_number("ticket_id")}
"""
JUDGEMENTS = f"""
    with judged as (
        select ticket_id, split, expected_article_id as article_id, {EXPECTED} as score
        from analytics.ticket_labels
        where expected_article_id is not null
        union all
        select ticket_id, split, unnest(also_accepted) as article_id, {ACCEPTED} as score
        from analytics.ticket_labels
    )

    select ticket_id as "query-id", article_id as "corpus-id", max(score)::bigint as score
    from judged
    where split = {{split}}
    group by ticket_id, article_id
    order by {by_number("ticket_id")}, score desc, {by_number("article_id")}
"""
JSONL = "format json, use_tmp_file false"
TSV = "format csv, delimiter '\t', header, quote '', escape '', use_tmp_file false"

README = Path(__file__).with_name("retrieval.md")


def check_judgements(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """Every judgement names a query and a document, and each query is judged or listed as unanswerable."""
    files = {table.file_name for table in tables}
    if f"{FOLDER}/corpus.jsonl" not in files:
        return
    folder = data_dir / FOLDER
    documents = {line["_id"] for line in _read(folder / "corpus.jsonl")}
    queries = {line["_id"] for line in _read(folder / "queries.jsonl")}
    answered = {line["query-id"] for line in _read(folder / "unanswerable.jsonl")}
    for split in SPLITS:
        for line in _read(folder / "qrels" / f"{split}.jsonl"):
            answered.add(line["query-id"])
            if line["corpus-id"] not in documents or line["query-id"] not in queries:
                yield Finding("judgement_names_query_and_document", f"{split}: {json.dumps(line)}")
    for query in sorted(queries ^ answered):
        yield Finding("query_is_judged_or_unanswerable", query)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


class RetrievalWriter(Writer):
    """A folder of small files, and so written as long as JSONL is."""

    kind = Kind(name="retrieval", at_most=MOST_RESERVATIONS_AS_JSONL)
    patterns = (f"{FOLDER}/*.jsonl", f"{FOLDER}/qrels/*.tsv", f"{FOLDER}/qrels/*.jsonl")
    checks = (check_bytes, check_judgements)
    instances = 1
    reads_views = True

    def __init__(self, context: ExportContext) -> None:
        self._folder = context.files.stage(context.data_dir / FOLDER)

    def write(self, source: Source) -> list[ExportedTable]:
        """Write documents, queries and judgements."""
        (self._folder / "qrels").mkdir(parents=True)
        with source.open(FOLDER) as connection:
            tables = list(self._write(connection))
        (self._folder / "README.md").write_text(_describe(tables), encoding="utf-8")
        return tables

    def _write(self, connection: DuckDBPyConnection) -> Iterator[ExportedTable]:
        for name, query in (("corpus", CORPUS), ("queries", QUERIES), ("unanswerable", UNANSWERABLE)):
            yield self._copy(connection, query, name, f"{name}.jsonl", JSONL)
        for split in SPLITS:
            query = JUDGEMENTS.format(split=literal(split))
            yield self._copy(connection, query, "qrels", f"qrels/{split}.tsv", TSV)
            yield self._copy(connection, query, "qrels", f"qrels/{split}.jsonl", JSONL)

    def _copy(self, connection: DuckDBPyConnection, query: str, table: str, name: str, options: str) -> ExportedTable:
        path = self._folder / name
        copied = connection.execute(f"copy ({query}) to {literal(path)} ({options})").fetchone()
        assert copied is not None  # copy always tells the count
        return describe_file(path, file_name=f"{FOLDER}/{name}", table_name=table, row_count=copied[0])


def _describe(tables: Sequence[ExportedTable]) -> str:
    filled = {PurePosixPath(table.file_name).stem for table in tables if table.row_count}  # a reader refuses no rows
    qrels = [f"  - {{split: {split}, path: qrels/{split}.jsonl}}" for split in SPLITS if split in filled]
    return README.read_text(encoding="utf-8").format(
        qrels="\n".join(qrels), expected=EXPECTED, accepted=ACCEPTED, license=NAME, sentence=SENTENCE
    )
