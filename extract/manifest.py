"""The manifest: what the landing holds and how much of it was asked last; dbt follows it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.entities import COUNTED
from extract.errors import LandingError, UsageError
from extract.jsonl import SCHEMA_VERSION

DEFAULT_VOLUME = "full"
CUSTOM = "custom"


class Manifest(BaseModel):
    """One JSON object in the landing.

    Attributes:
        schema_version: version of the landing's files.
        as_of: the day the data set is dated to: when content was first pulled, or last rewritten (UTC).
        seed: the plan's seed of the last pull.
        seeds: the plan's seed by entity, since a rewrite may change one alone.
        volume: the named volume that the counts are, or `custom`.
        counts: rows asked by entity, reservations included.
    """

    model_config = ConfigDict(frozen=True)

    schema_version: int = SCHEMA_VERSION
    as_of: date
    seed: int
    seeds: dict[str, int] = Field(default_factory=dict)
    volume: str
    counts: dict[str, int]


def read_manifest(path: Path) -> Manifest | None:
    """Read the manifest, or None where nothing was pulled yet.

    Raises:
        LandingError: the file is not what extract wrote, or of another version.
    """
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(map(str, problem["loc"])) or "file"
        raise LandingError(
            f"{path} cannot be read: {where}: {problem['msg']}. Mend it, or remove it."
        ) from error
    if manifest.schema_version != SCHEMA_VERSION:
        raise LandingError(
            f"{path} has schema_version {manifest.schema_version}; this extract reads {SCHEMA_VERSION}"
        )
    return manifest


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Replace the manifest at once, unless it says the same already."""
    text = json.dumps(manifest.model_dump(mode="json"), indent=2) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    replace_file(path, text.encode())


def replace_file(path: Path, data: bytes) -> None:
    """Write a file aside and put it in place at once, so that no reader meets a half of it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def choose_counts(
    volumes: Mapping[str, Mapping[str, int]],
    remembered: Mapping[str, int] | None,
    entities: Sequence[str],
    volume: str | None,
    counts: Mapping[str, int],
) -> dict[str, int]:
    """Settle the rows asked of every entity.

    A fresh landing starts from the volume asked (or `full`) for all entities. Later on only the entities of
    this run change: to the volume asked, or else to what is remembered. Single counts win over both.

    Raises:
        UsageError: a count belongs to an entity that this run leaves out.
    """
    stray = [name for name in counts if name not in entities]
    if stray:
        raise UsageError(f"--count {stray[0]}={counts[stray[0]]}: {stray[0]} are not part of this run")
    asked = volumes[volume or DEFAULT_VOLUME]
    start = remembered or asked
    changed = {name: asked[name] for name in entities} if volume else {}
    return {name: {**asked, **start, **changed, **counts}[name] for name in COUNTED}


def name_volume(volumes: Mapping[str, Mapping[str, int]], counts: Mapping[str, int]) -> str:
    """Name the volume that these counts are, or `custom`."""
    return next((name for name, known in volumes.items() if dict(known) == dict(counts)), CUSTOM)


def today() -> date:
    """Tell the day, in UTC."""
    return datetime.now(UTC).date()
