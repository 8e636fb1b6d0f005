"""Typed Parquet files for dbt, written only when what they hold has changed."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from extract.errors import CorruptLine, LandingError
from extract.landing.jsonl import SCHEMA_VERSION, Line, read_lines
from extract.landing.replace import replace_file
from extract.landing.reply_log import tidy_call
from extract.landing.schema import CALL_FILE, COUNT_COLUMNS, VERSION, Columns, find_type_error, list_columns
from extract.landing.store import EntityLanding
from extract.replies.validate import REPEAT

FINGERPRINTS = "fingerprints.json"


def write_records(landing: EntityLanding) -> bool:
    """Bring the entity's Parquet file up to date, sorted by position; tell whether it changed.

    Raises:
        CorruptLine: a landed record lacks a column or has a value of another type.
    """
    path = landing.raw_dir / f"{landing.entity}.parquet"
    columns = list_columns(landing.entity)
    fingerprint = _hash_files([landing.records_path], columns)
    if _is_current(path, fingerprint):
        return False
    rows = [line for _, line in sorted(landing.records.items())]
    _write(path, rows, columns, fingerprint)
    return True


def write_calls(landings: Collection[EntityLanding]) -> bool:
    """Bring calls.parquet up to date: one row a call, without its text; tell whether it changed."""
    path = next(iter(landings)).raw_dir / "calls.parquet"
    fingerprint = _hash_files([file for landing in landings for file in landing.paths], CALL_FILE)
    if _is_current(path, fingerprint):
        return False
    rows = [row for landing in landings for row in _call_rows(landing)]
    _write(path, rows, CALL_FILE, fingerprint)
    return True


def load_polars() -> None:
    """Load it ahead, while there is nothing to do but wait for replies."""
    import polars  # noqa: F401


def _call_rows(landing: EntityLanding) -> list[Line]:
    accepted = Counter(line["reply_id"] for line in landing.records.values())
    refused = [(line["reply_id"], line["reason"]) for line in landing.read_rejects()]
    rejected = Counter(reply_id for reply_id, _ in refused)
    repeated = Counter(reply_id for reply_id, reason in refused if reason.startswith(REPEAT))
    rows = []
    for path in (landing.replies_path, landing.failures_path):
        for number, line in read_lines(path):
            reply_id = line.get("reply_id")
            counts = (accepted[reply_id], rejected[reply_id], repeated[reply_id])
            row = {**tidy_call(line), **dict(zip(COUNT_COLUMNS, counts, strict=True))}
            problem = find_type_error(row, CALL_FILE)
            if problem:
                raise CorruptLine(path, number, problem)
            rows.append(row)
    return rows


def _write(path: Path, rows: Sequence[Line], columns: Columns, fingerprint: str) -> None:
    # Imported here: polars takes longer to load than everything else in a run that has nothing to write.
    import polars as pl

    types: Mapping[Any, Any] = {
        int: pl.Int64,
        str: pl.String,
        float | None: pl.Float64,
        list[str]: pl.List(pl.String),
        list[int]: pl.List(pl.Int64),
    }
    buffer = io.BytesIO()
    try:
        frame = pl.DataFrame(
            {name: [row[name] for row in rows] for name in columns},
            schema={name: types[kind] for name, kind in columns.items()},
        )
        frame.write_parquet(buffer, metadata={VERSION: str(SCHEMA_VERSION)})
    except (pl.exceptions.PolarsError, ValueError, OverflowError) as error:
        # A number of more than 64 bits or a lone surrogate, put in by hand.
        raise LandingError(f"{path} cannot be made: {error}. The old one stays.") from error
    if not path.exists() or path.read_bytes() != buffer.getvalue():
        replace_file(path, buffer.getvalue())
    _remember(path, fingerprint)


def _hash_files(paths: Sequence[Path], columns: Columns) -> str:
    digest = blake2b(repr((SCHEMA_VERSION, columns)).encode(), digest_size=16)
    for path in paths:
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def _is_current(path: Path, fingerprint: str) -> bool:
    known = _read_fingerprints(path.parent).get(path.name, {})
    return path.exists() and known == {"content": fingerprint, "bytes": path.stat().st_size}


def _read_fingerprints(raw_dir: Path) -> dict[str, Any]:
    try:
        known = json.loads((raw_dir / FINGERPRINTS).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(path: Path, fingerprint: str) -> None:
    known = _read_fingerprints(path.parent)
    known[path.name] = {"content": fingerprint, "bytes": path.stat().st_size}
    replace_file(path.parent / FINGERPRINTS, (json.dumps(known, indent=2, sort_keys=True) + "\n").encode())
