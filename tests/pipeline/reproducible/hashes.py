"""The published content hashes: `make hashes` builds both volumes anew and writes docs/content_hashes.csv."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from export.content_hash import hash_file
from tests.paths import REPO_ROOT
from tests.pipeline.commands import AS_OF, run_dbt_alone, run_extract

PUBLISHED = REPO_ROOT / "docs" / "content_hashes.csv"
HEADER = ("volume", "file", "table", "rows", "content_hash")
# The volume, and the arguments with which extract pulls it.
VOLUMES = {"test": ("--test",), "full": ()}

Hashes = dict[tuple[str, str], tuple[int, str]]  # (file, table) → (rows, content hash)


def read_built(data_dir: Path) -> Hashes:
    """Read what a build exported."""
    query = "select file_name, table_name, row_count, content_hash from analytics.exported_files order by all"
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        return {(file, table): (rows, digest) for file, table, rows, digest in connection.execute(query).fetchall()}


def hash_files(data_dir: Path) -> dict[str, str]:
    """Hash the files whose bytes two builds of the same inputs share."""
    files = [*sorted((data_dir / "generated").glob("*.jsonl")), data_dir / "data_card.html"]
    return {file.name: hash_file(file) for file in files}


def read_published(volume: str) -> Hashes:
    """Read what was published for a volume."""
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return {
            (row["file"], row["table"]): (int(row["rows"]), row["content_hash"])
            for row in csv.DictReader(file)
            if row["volume"] == volume
        }


def list_changes(published: Hashes, built: Hashes) -> list[str]:
    """Return a line for each table that is not as published."""
    changed = sorted(key for key in {*published, *built} if published.get(key) != built.get(key))
    return [
        f"{table} of {file}: {_name_change(published.get(key), built.get(key))}"
        for key in changed
        for file, table in [key]
    ]


def build(volume: str, directory: Path) -> Hashes:
    """Pull and build a volume with the default seed."""
    for result in (run_extract(directory, *VOLUMES[volume]), run_dbt_alone(directory, "build", "--quiet")):
        if result.returncode:
            sys.exit(result.stdout + result.stderr)
    return read_built(directory)


def refresh() -> None:
    """Write the published hashes anew, and tell what has changed."""
    rows: list[tuple[str, str, str, int, str]] = []
    for volume in VOLUMES:
        with TemporaryDirectory() as folder:
            hashes = build(volume, Path(folder))
        changes = list_changes(read_published(volume), hashes) if PUBLISHED.exists() else []
        sys.stdout.write("\n".join([f"{volume}, as_of {AS_OF}: {len(changes)} tables changed", *changes]) + "\n")
        rows += [(volume, *key, *value) for key, value in sorted(hashes.items())]
    with PUBLISHED.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])


def _name_change(published: tuple[int, str] | None, built: tuple[int, str] | None) -> str:
    if published is None or built is None:
        return "is new" if published is None else "is gone"
    rows = "" if published[0] == built[0] else f", {published[0]} rows are {built[0]}"
    return f"content has changed{rows}"


if __name__ == "__main__":
    refresh()
