"""A format is a writer and its line in the registry; nothing else in the export has to know of it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from duckdb import DuckDBPyConnection

from export import run, settings, verify
from export.card.baselines import MEASURED
from export.exported_table import ExportedTable, describe_file
from export.finding import check_bytes
from export.run import export_all
from export.settings import ExportSettings, read_settings
from export.source import Source
from export.sql import literal
from export.writers import KINDS, WRITERS
from export.writers.base import ExportContext, Kind, Writer
from tests.paths import REPO_ROOT
from tools.clean import MADE


class ToyWriter(Writer):
    """The users as text, and a file that counts the tables of all writers."""

    kind = Kind(name="toy", at_most=10)
    patterns = ("*.toy",)
    checks = (check_bytes,)
    instances = 1

    def __init__(self, context: ExportContext) -> None:
        self._rows = context.files.stage(context.data_dir / "users.toy")
        self._count = context.files.stage(context.data_dir / "count.txt")

    def prepare(self, marts: DuckDBPyConnection) -> None:
        self._header = [name for name, *_ in marts.execute("describe main.users").fetchall()]

    def write(self, source: Source) -> list[ExportedTable]:
        with source.open("toy") as connection:
            connection.execute(f"copy (from main.users order by all) to {literal(self._rows)} (header)")
        return [describe_file(self._rows, file_name="users.toy", table_name="users", row_count=2)]

    def finish(self, tables: Sequence[ExportedTable]) -> None:
        self._count.write_text(f"{len(tables)} tables")


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry with one line more."""
    for module in (run, settings, verify):
        monkeypatch.setattr(module, "WRITERS", (*WRITERS, ToyWriter))
    monkeypatch.setattr(settings, "KINDS", (*KINDS, "toy"))


@pytest.mark.usefixtures("toy")
def test_a_new_format_is_written_listed_and_verified(marts: DuckDBPyConnection, data_dir: Path) -> None:
    tables = export_all(marts.cursor(), data_dir)
    assert [table.file_name for table in tables if table.table_name == "users"].count("users.toy") == 1
    assert (data_dir / "users.toy").read_text().startswith("user_id,full_name")
    assert (data_dir / "count.txt").read_text() == f"{len(tables)} tables"
    assert verify.verify(data_dir) == []
    (data_dir / "users.toy").write_text("changed")
    assert verify.verify(data_dir) == [("generated_file_is_as_written", "users.toy")]


class ViewWriter(ToyWriter):
    """What the bookings are in its source."""

    reads_views = True

    def write(self, source: Source) -> list[ExportedTable]:
        with source.open("toy") as connection:
            query = "select table_type from information_schema.tables where table_schema = 'main'"
            self._rows.write_text(str(connection.execute(f"{query} and table_name = 'reservations'").fetchall()))
            assert connection.execute("select count(*) from main.reservations").fetchone() == (2,)
        return []


@pytest.mark.parametrize(("is_early", "read"), [(True, "VIEW"), (False, "BASE TABLE")])
def test_who_reads_views_begins_before_the_wide_entities_are_tables(
    marts: DuckDBPyConnection, data_dir: Path, monkeypatch: pytest.MonkeyPatch, is_early: bool, read: str
) -> None:
    marts.execute("create table intermediate.bookings as from main.reservations; drop table main.reservations")
    marts.execute("create view main.reservations as from intermediate.bookings")
    monkeypatch.setattr(ViewWriter, "reads_views", is_early)
    monkeypatch.setattr(run, "WRITERS", (*WRITERS, ViewWriter))
    export_all(marts.cursor(), data_dir, ExportSettings(frozenset({"toy", "warehouse"})))
    assert (data_dir / "users.toy").read_text() == f"[('{read}',)]"
    assert list((data_dir / "work").glob(".*")) == []


class SlowWriter(ToyWriter):
    """Is not prepared for longer than the copy takes, unless somebody writes."""

    def __init__(self, context: ExportContext) -> None:
        super().__init__(context)
        self._writes = Event()
        self._is_prepared = False

    def prepare(self, marts: DuckDBPyConnection) -> None:
        super().prepare(marts)
        self._is_prepared = not self._writes.wait(0.5)

    def write(self, source: Source) -> list[ExportedTable]:
        self._writes.set()
        assert self._is_prepared
        return super().write(source)


@pytest.mark.parametrize("is_early", [True, False])
def test_nobody_writes_before_being_prepared(
    marts: DuckDBPyConnection, data_dir: Path, monkeypatch: pytest.MonkeyPatch, is_early: bool
) -> None:
    monkeypatch.setattr(SlowWriter, "reads_views", is_early)
    monkeypatch.setattr(run, "WRITERS", (*WRITERS, SlowWriter))
    export_all(marts.cursor(), data_dir, ExportSettings(frozenset({"toy", "warehouse"})))
    assert (data_dir / "users.toy").exists()


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize("kinds", [["toy"], ["toy", "card"], ["toy", "sqlite"]])
def test_a_new_format_is_asked_for_by_its_name(marts: DuckDBPyConnection, data_dir: Path, kinds: list[str]) -> None:
    tables = export_all(marts.cursor(), data_dir, read_settings(kinds, None))
    assert (data_dir / "users.toy").exists() and (data_dir / "count.txt").read_text() == f"{len(tables)} tables"


@pytest.mark.usefixtures("toy")
def test_a_new_format_that_is_off_is_named(
    marts: DuckDBPyConnection, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    export_all(marts.cursor(), data_dir, read_settings(["toy"], None))
    export_all(marts.cursor(), data_dir, read_settings(["jsonl"], None))
    assert caplog.messages[-1].endswith("of an earlier build: *.toy")


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize(("reservations", "is_written"), [(0, True), (10, True), (11, False)])
def test_a_new_format_says_at_what_size_it_is_written(reservations: int, is_written: bool) -> None:
    assert ("toy" in ExportSettings().choose_kinds(reservations)) is is_written


def test_a_format_is_known_by_the_files_it_leaves(marts: DuckDBPyConnection, data_dir: Path) -> None:
    for table in export_all(marts.cursor(), data_dir, ExportSettings(frozenset(KINDS), parquet_rows_per_file=1)):
        assert len([writer for writer in WRITERS if writer.has_written(table)]) == 1, table.file_name


def test_a_file_that_no_format_knows_is_compared_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("of a newer version")
    written = describe_file(tmp_path / "notes.txt", file_name="notes.txt", table_name="notes", row_count=1)
    checks = [check for check, own in verify.choose_checks([written]) if written in own]
    assert checks == [verify.check_journal, check_bytes]


HEAVY = ("sqlalchemy", "jinja2", "vl_convert")


def test_what_takes_long_to_load_is_loaded_by_the_writer_that_needs_it() -> None:
    code = f"import sys, export.run; print([name for name in {HEAVY} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_documented(kind: str) -> None:
    reference = (REPO_ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    [line] = [line for line in reference.splitlines() if line.startswith("| `exports`")]
    assert re.search(rf"\b{kind}\b", line.split("|")[3])


def test_make_clean_removes_what_every_format_leaves() -> None:
    left = {pattern.split("/")[0] for writer in WRITERS for pattern in writer.patterns}
    assert "chat" in left and left | {MEASURED} <= set(MADE)
