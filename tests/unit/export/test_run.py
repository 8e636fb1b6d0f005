"""The whole export: all files or none, and readers are never in the way."""

from __future__ import annotations

import hashlib
import os
import re
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from common.page.vega import DrawingError
from export import run
from export.errors import ExportError
from export.exported_table import ExportedTable
from export.run import export_all
from export.settings import ExportSettings
from export.verify import verify
from export.writers.jsonl import MOST_RESERVATIONS_AS_JSONL
from export.writers.retrieval import SPLITS
from tests.unit.export.conftest import Exported

pytestmark = pytest.mark.early

FILES = {
    "eventhub.db",
    "udahub.db",
    "metadata.json",
    "warehouse.duckdb",
    "generated/datapackage.json",
    "data_card.html",
    *(f"generated/{name}.jsonl" for name in ("users", "venues", "events", "reservations", "kb_articles")),
    "generated/tickets.jsonl",
    "generated/ticket_labels.jsonl",
    "generated/refunds.jsonl",
    "generated/ticket_actions.jsonl",
    "generated/plans.jsonl",
    "retrieval/README.md",
    *(f"retrieval/{name}.jsonl" for name in ("corpus", "queries", "unanswerable")),
    *(f"retrieval/qrels/{split}.{form}" for split in SPLITS for form in ("tsv", "jsonl")),
}
# No line of the list is about these: one holds the list, one shows it, three describe.
TABLELESS = {"metadata.json", "retrieval/README.md", "warehouse.duckdb", "generated/datapackage.json", "data_card.html"}
READ_TWICE = """
import duckdb, sqlite3, sys
warehouse = duckdb.connect(sys.argv[1], read_only=sys.argv[3] == "reads")
if sys.argv[3] == "writes":  # as a notebook or a BI tool opens a file that it is not told to open otherwise
    warehouse.execute("create table mine as from users")
database = sqlite3.connect(sys.argv[2], isolation_level=None)
database.execute("begin")  # and no commit: a read transaction is open while the file is replaced
for _ in range(2):
    counts = [c.execute("select count(*) from users").fetchone()[0] for c in (warehouse, database)]
    print(counts, flush=True)
    sys.stdin.readline()
"""


def hash_files(data_dir: Path) -> dict[str, str]:
    """Hash every file there is outside of work/."""
    return {
        str(path.relative_to(data_dir)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in data_dir.rglob("*")
        if path.is_file() and "work" not in path.relative_to(data_dir).parts
    }


def test_every_file_is_there_with_ordinary_permissions(exported_once: Exported, tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    assert hash_files(exported_once.data_dir).keys() == FILES
    modes = {(exported_once.data_dir / file).stat().st_mode for file in FILES}
    assert modes == {(tmp_path / "plain").stat().st_mode}


def test_the_list_of_exported_files_is_published_with_them(exported_once: Exported) -> None:
    tables = exported_once.tables
    assert {line.file_name for line in tables} == FILES - TABLELESS
    assert sum(line.row_count for line in tables if line.table_name == "users") == 6
    with duckdb.connect(str(exported_once.data_dir / "warehouse.duckdb"), read_only=True) as copy:
        assert copy.execute("select count(*) from analytics.exported_files").fetchone() == (len(tables),)


def test_exporting_twice_gives_the_same_bytes_and_hashes(
    exported_once: Exported, exported_marts: DuckDBPyConnection, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = hash_files(data_dir)
    written_at = {file: (data_dir / file).stat().st_mtime_ns for file in FILES}
    assert export_all(exported_marts.cursor(), data_dir) == exported_once.tables
    assert not caplog.messages
    after = hash_files(data_dir)
    # DuckDB writes a new identifier into each file
    assert {file for file in FILES if before[file] != after[file]} <= {"warehouse.duckdb"}
    assert all((data_dir / file).stat().st_mtime_ns > written_at[file] for file in FILES)


@pytest.mark.parametrize(
    "statement",
    [
        "update udahub.ticket_messages set role = 'robot'",
        "update udahub.ticket_metadata set reservation_id = 'r_00404'",
        "drop table analytics.ticket_labels",
        "drop table analytics.drawn_tickets",
    ],
)
def test_any_failure_leaves_all_old_files(exported_marts: DuckDBPyConnection, data_dir: Path, statement: str) -> None:
    before = hash_files(data_dir)
    exported_marts.execute("update main.users set full_name = 'Changed'")
    exported_marts.execute(statement)
    with pytest.raises(ExportError, match="The old files stay"):
        export_all(exported_marts.cursor(), data_dir)
    assert hash_files(data_dir) == before


def test_the_card_of_many_is_counted_in_the_copy(
    exported_marts: DuckDBPyConnection, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (data_dir / "data_card.html").read_bytes()
    monkeypatch.setattr("export.writers.card.FEW_RESERVATIONS", 1)  # there are two
    export_all(exported_marts.cursor(), data_dir)
    assert (data_dir / "data_card.html").read_bytes() == before


def test_a_chart_that_cannot_be_drawn_leaves_all_old_files(
    exported_marts: DuckDBPyConnection, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hash_files(data_dir)
    exported_marts.execute("update main.users set full_name = 'Changed'")
    monkeypatch.setattr("export.card.page.draw_all", Mock(side_effect=DrawingError("no such mark")))
    with pytest.raises(ExportError, match=r"data_card.html cannot be drawn: no such mark\. Leave card out"):
        export_all(exported_marts.cursor(), data_dir)
    assert hash_files(data_dir) == before


@pytest.mark.faults
@pytest.mark.parametrize("mode", ["reads", "writes"])
def test_a_reader_neither_blocks_the_export_nor_is_cut_off(
    exported_marts: DuckDBPyConnection, data_dir: Path, mode: str
) -> None:
    paths = [str(data_dir / "warehouse.duckdb"), str(data_dir / "eventhub.db")]
    with subprocess.Popen(
        [sys.executable, "-c", READ_TWICE, *paths, mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout and reader.stdout.readline() == "[2, 2]\n"
        for table in ("main.reservations", "main.users", "udahub.users"):
            exported_marts.execute(f"delete from {table} where user_id = 'u_00002'")
        exported_marts.execute("delete from eventhub.refunds")
        export_all(exported_marts.cursor(), data_dir)
        assert count_users(paths) == [1, 1]  # who opens the files now sees the new ones
        assert reader.communicate("\n\n")[0] == "[2, 2]\n"
    assert count_users(paths) == [1, 1] and verify(data_dir) == []


def count_users(paths: list[str]) -> list[int]:
    """Count the users in the warehouse and in a SQLite file, and see that the warehouse has nobody's table."""
    with duckdb.connect(paths[0], read_only=True) as warehouse, closing(sqlite3.connect(paths[1])) as database:
        assert warehouse.execute("select count(*) from duckdb_tables() where table_name = 'mine'").fetchone() == (0,)
        query = "select count(*) from users"
        return [warehouse.execute(query).fetchall()[0][0], database.execute(query).fetchall()[0][0]]


def test_nothing_is_written_outside_of_the_data_directory(exported_once: Exported) -> None:
    assert os.listdir(exported_once.home) == os.listdir(exported_once.elsewhere) == []
    assert os.listdir(exported_once.data_dir.parent) == [exported_once.data_dir.name]


DATABASES = {"eventhub.db", "udahub.db"}
KINDS = {
    "sqlite": DATABASES | {"metadata.json"},
    "jsonl": {file for file in FILES if file.startswith("generated/")},
    "parquet": {
        file.replace(".jsonl", ".parquet")
        for file in FILES
        if file.startswith("generated/") and file.endswith(".jsonl")
    },
    "warehouse": {"warehouse.duckdb"},
    "card": {"data_card.html"},
    "retrieval": {file for file in FILES if file.startswith("retrieval/")},
    "flat": {"flat.db"},
    "cultpass": {"cultpass.db"},
}
LARGE = KINDS.keys() - {"jsonl", "retrieval", "flat", "cultpass"}


def ask_for(*kinds: str, rows_per_file: int = 1000) -> ExportSettings:
    """Return settings that name kinds."""
    return ExportSettings(frozenset(kinds), rows_per_file)


def check_written(data_dir: Path, kinds: Iterable[str], tables: list[ExportedTable]) -> None:
    """Check that a folder has the files of kinds and no others, and a line for each file with a table."""
    written = {file for kind in kinds for file in KINDS[kind]}
    assert set(hash_files(data_dir)) == written
    assert {line.file_name for line in tables} == written - TABLELESS


@pytest.mark.parametrize("kinds", [(), ("sqlite", "parquet")])
def test_only_the_kinds_asked_for_are_written(
    marts: DuckDBPyConnection, data_dir: Path, kinds: tuple[str, ...]
) -> None:
    check_written(data_dir, kinds, export_all(marts.cursor(), data_dir, ask_for(*kinds)))
    assert sorted(os.listdir(data_dir / "work")) in (["warehouse.duckdb"], ["warehouse.duckdb", "warehouse.duckdb.wal"])


def test_each_kind_alone_is_written_with_the_content_it_has_among_all(
    marts: DuckDBPyConnection, tmp_path: Path
) -> None:
    written = []
    for asked in (*((kind,) for kind in KINDS), tuple(KINDS)):
        folder = tmp_path / "-".join(asked)
        tables = export_all(marts.cursor(), folder, ask_for(*asked))
        check_written(folder, asked, tables)
        assert list(folder.glob("work/*")) == []
        written.append({(line.file_name, line.table_name, line.content_hash) for line in tables})
    assert set().union(*written[:-1]) == written[-1]


def test_files_of_a_kind_that_is_off_stay_and_are_named(
    exported_marts: DuckDBPyConnection, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = hash_files(data_dir)
    export_all(exported_marts.cursor(), data_dir, ask_for("parquet"))
    assert before.items() <= hash_files(data_dir).items()
    (message,) = caplog.messages
    assert message.endswith("retrieval/qrels/*.jsonl, warehouse.duckdb, data_card.html")


def test_a_large_set_gets_parquet_instead_of_jsonl(
    marts: DuckDBPyConnection, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "count_reservations", lambda _: MOST_RESERVATIONS_AS_JSONL + 1)
    export_all(marts.cursor(), data_dir)
    assert set(hash_files(data_dir)) == set().union(*(KINDS[kind] for kind in LARGE))


def test_parquet_changes_its_shape_with_the_size(marts: DuckDBPyConnection, data_dir: Path) -> None:
    folder = {"generated/reservations/part-00000.parquet", "generated/reservations/part-00001.parquet"}
    for rows_per_file, expected in ((1, folder), (2, {"generated/reservations.parquet"}), (1, folder)):
        tables = export_all(marts.cursor(), data_dir, ask_for("parquet", rows_per_file=rows_per_file))
        there = {file for file in hash_files(data_dir) if "reservations" in file}
        assert there == expected == {line.file_name for line in tables if line.table_name == "reservations"}


def test_a_failure_leaves_the_old_folder_of_parquet(marts: DuckDBPyConnection, data_dir: Path) -> None:
    export_all(marts.cursor(), data_dir, ask_for("parquet", rows_per_file=1))
    before = hash_files(data_dir)
    marts.execute("update main.users set full_name = 'Changed'")
    marts.execute("drop table analytics.ticket_labels")
    with pytest.raises(ExportError, match="The old files stay"):
        export_all(marts.cursor(), data_dir, ask_for("parquet", rows_per_file=2))
    assert hash_files(data_dir) == before


def test_little_memory_gives_the_same_files(exported_once: Exported, marts: DuckDBPyConnection, data_dir: Path) -> None:
    plenty = [line for line in exported_once.tables if not line.file_name.startswith("retrieval/")]
    plenty += export_all(marts.cursor(), data_dir, ask_for("parquet"))
    marts.execute("set memory_limit = '200MB'")
    assert set(export_all(marts.cursor(), data_dir, ask_for("sqlite", "jsonl", "parquet"))) == set(plenty)


@contextmanager
def files_may_grow_to(byte_count: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size; Python ignores the signal, so writing fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte_count, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.faults
@pytest.mark.parametrize("byte_count", [2**10, 2**14, 2**16, 2**18, 2**20])
def test_where_files_may_not_grow_one_line_tells_and_all_old_files_stay(
    exported: Path, capfd: pytest.CaptureFixture[str], byte_count: int
) -> None:
    path = str(exported / "work" / "warehouse.duckdb")
    with duckdb.connect(path) as connection:
        connection.execute("update main.users set full_name = 'Changed'")
    before = hash_files(exported)
    connection = duckdb.connect(path)
    with files_may_grow_to(byte_count), connection, pytest.raises(ExportError) as failed:
        export_all(connection.cursor(), exported)
    assert capfd.readouterr() == ("", "")
    assert re.fullmatch(r"the export failed: .*File too large.* The old files stay\.", str(failed.value))
    assert hash_files(exported) == before
