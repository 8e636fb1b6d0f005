"""Reads chat/ with datasets; prints for each file how many rows it has, and how many are as they stand in it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from datasets import load_dataset


def drop_nulls(value: Any) -> Any:
    """Leave out what a column of objects fills in: keys that other rows have."""
    if isinstance(value, dict):
        return {name: drop_nulls(one) for name, one in value.items() if one is not None}
    return [drop_nulls(one) for one in value] if isinstance(value, list) else value


def main(folder: str) -> None:
    """Print a line of JSON."""
    told = {}
    for name in ("train", "preference"):
        rows = load_dataset(folder, name, split="train")
        with (Path(folder) / f"{name}.jsonl").open(encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        equal = sum(drop_nulls(row) == drop_nulls(line) for row, line in zip(rows, lines, strict=True))
        told[name] = {"rows": len(rows), "equal": equal}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
