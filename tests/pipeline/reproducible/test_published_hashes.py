"""The rows of the default data set are those that were published; a change of one is a decision, not an accident."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.reproducible.hashes import VOLUMES, list_changes, read_built, read_published

ADVICE = "Rows of the default data set have changed. If that is meant: make hashes, and a line in CHANGELOG.md.\n"


def assert_as_published(volume: str, data_dir: Path) -> None:
    changes = list_changes(read_published(volume), read_built(data_dir))
    assert not changes, ADVICE + "\n".join(changes)


def test_the_test_volume_is_as_published(built: Path) -> None:
    assert_as_published("test", built)


@pytest.mark.long
def test_the_full_volume_is_as_published(full: Path) -> None:
    assert_as_published("full", full)


def test_both_volumes_are_published_table_by_table() -> None:
    tables = [set(read_published(volume)) for volume in VOLUMES]
    assert tables[0] == tables[1] and len(tables[0]) >= 19


def test_a_changed_row_is_seen_and_the_message_says_what_to_do(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / "warehouse.duckdb", tmp_path / "warehouse.duckdb")
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        connection.execute("update analytics.exported_files set content_hash = 'x' where table_name = 'knowledge'")
    with pytest.raises(
        AssertionError, match="(?s)make hashes, and a line in CHANGELOG.*knowledge of udahub.db: content"
    ):
        assert_as_published("test", tmp_path)


def test_added_lost_and_shorter_tables_are_named() -> None:
    published = {("a.db", "lost"): (1, "x"), ("a.db", "shorter"): (2, "x"), ("a.db", "same"): (1, "x")}
    built = {("a.db", "new"): (1, "x"), ("a.db", "shorter"): (1, "y"), ("a.db", "same"): (1, "x")}
    assert list_changes(published, built) == [
        "lost of a.db: is gone",
        "new of a.db: is new",
        "shorter of a.db: content has changed, 2 rows are 1",
    ]
