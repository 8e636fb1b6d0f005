"""Reads hub/ with datasets, config by config, and croissant.json with mlcroissant; prints what each has found."""

from __future__ import annotations

import json
import sys

import mlcroissant
from datasets import get_dataset_config_names, load_dataset


def main(folder: str) -> None:
    """Print a line of JSON."""
    loaded = {name: load_dataset(folder, name) for name in get_dataset_config_names(folder)}
    described = mlcroissant.Dataset(jsonld=f"{folder}/croissant.json")
    issues = described.metadata.issues
    told = {
        "configs": {name: {split: len(rows) for split, rows in splits.items()} for name, splits in loaded.items()},
        "columns": {name: next(iter(splits.values())).column_names for name, splits in loaded.items()},
        "records": {line.uuid: sum(1 for _ in described.records(line.uuid)) for line in described.metadata.record_sets},
        "errors": sorted(issues.errors),
        "warnings": sorted(issues.warnings),
        "default": len(load_dataset(folder, split="train")),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
