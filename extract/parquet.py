"""Typed Parquet files for dbt, written only when what they hold has changed."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args, get_origin

from extract.entities import PULLED
from extract.errors import BrokenLine
from extract.jsonl import Line, read_lines
from extract.judging import REPEAT
from extract.landing import EntityLanding
from extract.manifest import replace_file
from extract.records import record_columns
from extract.strata import stratum_columns

FINGERPRINTS = "fingerprints.json"
_TEXT = {"reply_id": str, "provider": str, "model": str}
_CALL_COLUMNS: Mapping[str, Any] = {
    "reply_id": str,
    "entity": str,
    "batch_id": str,
    "attempt": int,
    "positions": list[int],
    "provider": str,
    "model": str,
    "prompt_version": str,
    "requested_at": str,
    "latency_ms": int,
    "tries": int,
    "input_tokens": int,
    "output_tokens": int,
    "cost_usd": float | None,
    "stop_reason": str,
    "accepted": int,
    "rejected": int,
    "repeated": int,
}


def list_columns(entity: str) -> dict[str, Any]:
    """Map the columns of an entity's Parquet file to Python types, in their order."""
    strata = dict.fromkeys(stratum_columns(entity), str)
    return {"position": int, **strata, **record_columns(entity), **_TEXT}


def write_records(landing: EntityLanding) -> bool:
    """Bring the entity's Parquet file up to date, sorted by position; tell whether it changed.

    Raises:
        BrokenLine: a landed record lacks a column or has a value of another type.
    """
    path = landing.raw_dir / f"{landing.entity}.parquet"
    columns = list_columns(landing.entity)
    fingerprint = _hash_files([landing.records_path], columns)
    if _is_current(path, fingerprint):
        return False
    for number, line in read_lines(landing.records_path):
        _check_line(landing.records_path, number, line, columns)
    rows = [line for _, line in sorted(landing.records.items())]
    _write(path, rows, columns, fingerprint)
    return True


def write_calls(raw_dir: Path) -> bool:
    """Bring calls.parquet up to date: one row a call, without its text; tell whether it changed."""
    path = raw_dir / "calls.parquet"
    landings = [EntityLanding(raw_dir, entity) for entity in PULLED]
    fingerprint = _hash_files([file for landing in landings for file in landing.paths], _CALL_COLUMNS)
    if _is_current(path, fingerprint):
        return False
    rows = [row for landing in landings for row in _call_rows(landing)]
    _write(path, rows, _CALL_COLUMNS, fingerprint)
    return True


def load_polars() -> None:
    """Load it ahead, while there is nothing to do but wait for replies."""
    import polars  # noqa: F401


def _call_rows(landing: EntityLanding) -> list[Line]:
    accepted = Counter(line["reply_id"] for line in landing.records.values())
    refused = [(line["reply_id"], str(line["reason"])) for _, line in read_lines(landing.rejects_path)]
    rejected = Counter(reply_id for reply_id, _ in refused)
    repeated = Counter(reply_id for reply_id, reason in refused if reason.startswith(REPEAT))
    rows = []
    for path in (landing.replies_path, landing.failures_path):
        for number, line in read_lines(path):
            reply_id = line.get("reply_id")
            counts = (accepted[reply_id], rejected[reply_id], repeated[reply_id])
            row = {**line, **dict(zip(("accepted", "rejected", "repeated"), counts, strict=True))}
            _check_line(path, number, row, _CALL_COLUMNS)
            rows.append(row)
    return rows


def _check_line(path: Path, number: int, line: Line, columns: Mapping[str, Any]) -> None:
    for name, kind in columns.items():
        value = line.get(name)
        if not _fits(value, kind):
            raise BrokenLine(path, number, f"has {name}={value!r:.40}, which is no {getattr(kind, '__name__', kind)}")


def _fits(value: object, kind: Any) -> bool:
    if get_origin(kind) is not list:
        return isinstance(value, kind)
    return isinstance(value, list) and all(isinstance(item, get_args(kind)[0]) for item in value)


def _write(path: Path, rows: Sequence[Line], columns: Mapping[str, Any], fingerprint: str) -> None:
    # Imported here: polars takes longer to load than everything else in a run that has nothing to write.
    import polars as pl

    types: Mapping[Any, Any] = {
        int: pl.Int64,
        str: pl.String,
        float | None: pl.Float64,
        list[str]: pl.List(pl.String),
        list[int]: pl.List(pl.Int64),
    }
    frame = pl.DataFrame(
        {name: [row[name] for row in rows] for name in columns},
        schema={name: types[kind] for name, kind in columns.items()},
    )
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    if not path.exists() or path.read_bytes() != buffer.getvalue():
        replace_file(path, buffer.getvalue())
    _remember(path, fingerprint)


def _hash_files(paths: Sequence[Path], columns: Mapping[str, Any]) -> str:
    digest = blake2b(repr(columns).encode(), digest_size=16)
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
