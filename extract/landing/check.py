"""The landing as dbt finds it: whole, typed and of this version, or the first thing that is wrong with it."""

from __future__ import annotations

import glob
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from extract.entities import PULLED, get_entity
from extract.errors import ExtractError, Shortfall, describe_fill
from extract.landing.jsonl import SCHEMA_VERSION
from extract.landing.manifest import MANIFEST_FILE, Manifest, read_manifest
from extract.landing.reasons import Reasons, show_sample
from extract.landing.schema import CALL_FILE, VERSION, Columns, list_columns
from extract.landing.store import EntityLanding

_MISSING = "{} is missing; dbt builds from what extract has pulled. Run: python extract/run.py"
_AGAIN = "Remove it and run: python extract/run.py"
# A folder such as day=1 above the file is no column of it.
_READ = "read_parquet(?, hive_partitioning = false)"
_TYPES = {
    int: "BIGINT",
    str: "VARCHAR",
    float | None: "DOUBLE",
    list[str]: "VARCHAR[]",
    list[int]: "BIGINT[]",
}


def check_landing(raw_dir: Path) -> str | None:
    """Say in one line what keeps dbt from building on a landing, and what to do; None if nothing does."""
    try:
        manifest = read_manifest(raw_dir / MANIFEST_FILE)
        if manifest is None:
            return _MISSING.format(raw_dir / MANIFEST_FILE)
        short = [found for entity in PULLED if (found := _find_shortfall(raw_dir, entity, manifest))]
    except ExtractError as error:
        return str(error)
    if short:
        described = " ".join(shortfall.describe() for shortfall in short)
        return f"{described} {describe_fill([shortfall.entity for shortfall in short])}"
    with duckdb.connect() as connection:
        return next(_find_problems(connection, raw_dir), None)


def read_state(raw_dir: Path) -> dict[str, tuple[int, int, int]]:
    """Return what tells each file that dbt reads from one that has replaced it: inode, size and nanoseconds."""
    stats = {path.name: path.stat() for path in [*raw_dir.glob("*.parquet"), *raw_dir.glob(MANIFEST_FILE)]}
    return {name: (stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()}


def _find_shortfall(raw_dir: Path, entity: str, manifest: Manifest) -> Shortfall | None:
    """Tell what an entity lacks whose pull has begun and not come to its end, if it never came to one."""
    landing = EntityLanding(raw_dir, entity)
    if (raw_dir / f"{entity}.parquet").exists() or not landing.replies_path.exists():
        return None
    missing = [at for at in range(1, manifest.counts.get(entity, 0) + 1) if at not in landing.records]
    if not missing:
        return None
    reasons = Reasons(str(line["reason"]) for line in landing.read_rejects()).list_commonest()
    sample = next((found for reply in reversed(landing.replies) if (found := show_sample(reply))), "")
    return Shortfall(entity=entity, positions=missing, attempts="", reasons=reasons, sample=sample)


def _find_problems(connection: DuckDBPyConnection, raw_dir: Path) -> Iterator[str]:
    files = {**{entity: list_columns(entity) for entity in PULLED}, "calls": CALL_FILE}
    added = {entity: frozenset(get_entity(entity).added_columns) for entity in PULLED}
    for name, columns in files.items():
        path = raw_dir / f"{name}.parquet"
        if not path.is_file():
            yield _MISSING.format(path)
        elif problem := _find_file_problem(connection, path, columns, added.get(name, frozenset())):
            yield problem


def _find_file_problem(
    connection: DuckDBPyConnection, path: Path, columns: Columns, added: Collection[str]
) -> str | None:
    try:
        described = connection.execute(f"describe from {_READ}", [_name(path)]).fetchall()
        found = {name: kind for name, kind, *_ in described}
        # An older extract wrote none of what was added since; dbt does without.
        known = {name: kind for name, kind in columns.items() if name in found or name not in added}
        return (
            _find_version_problem(connection, path)
            or _find_column_problem(path, found, known)
            or _find_row_problem(connection, path, known)
        )
    except duckdb.Error:
        return f"{path} is no whole Parquet file. {_AGAIN}"


def _find_version_problem(connection: DuckDBPyConnection, path: Path) -> str | None:
    query = "select value::varchar from parquet_kv_metadata(?) where key = encode(?)"
    found = connection.execute(query, [_name(path), VERSION]).fetchone()
    # The first files of version 1 do not say so.
    version = found[0] if found else "1"
    if version == str(SCHEMA_VERSION):
        return None
    if version.isdecimal() and int(version) > SCHEMA_VERSION:
        advice = "A newer extract wrote it: update this checkout, or set EVENTHUB_DATA_DIR."
    else:
        advice = "Bring it up to date: python extract/run.py"
    return f"{path} has {VERSION} {version}; this dbt project reads {SCHEMA_VERSION}. {advice}"


def _find_column_problem(path: Path, found: Mapping[str, str], columns: Columns) -> str | None:
    for name, kind in columns.items():
        if found.get(name) != _TYPES[kind]:
            return f"{path} has {name} as {found.get(name, 'no column')}, where {_TYPES[kind]} is needed. {_AGAIN}"
    unknown = next((name for name in found if name not in columns), None)
    return f"{path} has a column {unknown!r:.40} that nothing reads. {_AGAIN}" if unknown is not None else None


def _find_row_problem(connection: DuckDBPyConnection, path: Path, columns: Columns) -> str | None:
    """Read every value once; look for empty ones, and for positions that do not run from 1 without a gap."""
    needed = [name for name, kind in columns.items() if kind != float | None]
    counts = ", ".join(f'count("{name}")' for name in needed)
    query = f"select {counts}, count(*), bit_xor(hash(row_read)) from {_READ} as row_read"
    *filled, rows, _ = connection.execute(query, [_name(path)]).fetchone() or (0, 0)
    for name, count in zip(needed, filled, strict=True):
        if count < rows:
            return f"{path} has {rows - count:,} rows without {name}. {_AGAIN}"
    if "position" not in columns:
        return None
    query = f"select min(position), max(position), count(distinct position) from {_READ}"
    if rows and connection.execute(query, [_name(path)]).fetchone() != (1, rows, rows):
        return f"{path} has a position twice, or leaves one out. {_AGAIN}"
    return None


def _name(path: Path) -> str:
    """Write a path as DuckDB reads it where it would take * and [ for a pattern."""
    return glob.escape(str(path))
