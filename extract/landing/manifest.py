"""The manifest: what the landing holds and how much was requested last; dbt follows it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import LandingError
from extract.landing.jsonl import SCHEMA_VERSION, upgrade
from extract.landing.replace import replace_file

MANIFEST_FILE = "manifest.json"
# Between these days every date of a data set has four digits and is a day of every calendar that reads it.
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
# The most that dbt takes as a var, too: ten times the largest set that was ever built.
MOST_ROWS = 1_000_000_000
_MEND = "Restore it, or remove it and pull everything again: python extract/run.py --rewrite"


class Manifest(BaseModel):
    """One JSON object in the landing.

    Attributes:
        schema_version: version of the landing's files.
        as_of: the day the data set is dated to: when content was first pulled, or last rewritten (UTC).
        seed: the plan's seed of the last pull.
        seeds: the plan's seed by entity, since a rewrite may change one alone.
        volume: the named volume that the counts are, or `custom`.
        counts: rows requested by entity, reservations included.
        email_domains: `reserved` or `realistic`; dbt makes the addresses.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int = SCHEMA_VERSION
    as_of: date = Field(ge=EARLIEST, le=LATEST)
    seed: int
    seeds: dict[str, int] = Field(default_factory=dict)
    volume: str
    counts: dict[str, Annotated[int, Field(ge=1, le=MOST_ROWS)]]
    email_domains: Literal["reserved", "realistic"] = "reserved"


def read_manifest(path: Path) -> Manifest | None:
    """Read the manifest, or None where nothing was pulled yet.

    Raises:
        LandingError: the file is not what extract wrote, or of another version.
    """
    try:
        data = json.loads(path.read_bytes())
        if isinstance(data, dict):
            data = upgrade(data, "manifest", str(path))
        return Manifest.model_validate_json(json.dumps(data), strict=True)
    except FileNotFoundError:
        return None
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(map(str, problem["loc"])) or "file"
        raise LandingError(f"{path} cannot be read: {where}: {problem['msg']}. {_MEND}") from error
    except (ValueError, RecursionError) as error:
        raise LandingError(f"{path} cannot be read: it is not JSON. {_MEND}") from error


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Replace the manifest at once, unless it says the same already."""
    text = json.dumps(manifest.model_dump(mode="json"), indent=2) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    replace_file(path, text.encode())


def today() -> date:
    """Tell the day, in UTC."""
    return datetime.now(UTC).date()
