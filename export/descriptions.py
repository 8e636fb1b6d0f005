"""What every table and column of the marts means, read from the YAML beside the models."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

MODELS = Path(__file__).resolve().parents[1] / "dbt_project" / "models"
BLOCKS = MODELS / "_columns.md"
BLOCK = re.compile(r"{% docs (\w+) %}(.*?){% enddocs %}", re.DOTALL)
REFERENCE = re.compile(r"{{ doc\('(\w+)'\) }}")
# The folder of a mart is its schema; those of the rules and of the export stand in analytics, too.
SCHEMAS = {"rules": "analytics", "exports": "analytics"}


@dataclass(frozen=True)
class Description:
    """A table's purpose and grain, and each column's meaning."""

    text: str
    columns: dict[str, str]


@cache
def read_descriptions(models: Path = MODELS) -> dict[tuple[str, str], Description]:
    """Return the description of each table that a reader gets, by schema and name."""
    paths = [*models.glob("marts/*/*.yml"), *models.glob("rules/*.yml"), *models.glob("exports/*.yml")]
    found = {}
    blocks = dict(BLOCK.findall(BLOCKS.read_text(encoding="utf-8")))
    for path in sorted(paths):
        schema = SCHEMAS.get(path.parent.name, path.parent.name)
        for model in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("models", []):
            columns = {column["name"]: _tidy(column.get("description"), blocks) for column in model.get("columns", [])}
            name = model["name"].removeprefix(f"{schema}__")  # as generate_alias_name does
            found[schema, name] = Description(_tidy(model.get("description"), blocks), columns)
    return found


def _tidy(text: str | None, blocks: dict[str, str]) -> str:
    """Put in the blocks that dbt's doc() would, and take out the line breaks."""
    return " ".join(REFERENCE.sub(lambda match: blocks[match[1]], text or "").split())
