"""Removes everything that was made, but not what was pulled: `make clean`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extract.paths import require_data_dir  # noqa: E402

MADE = (
    "work",
    "generated",
    "eventhub.db",
    "udahub.db",
    "warehouse.duckdb",
    "data_card.html",
    "dbt_docs.html",
    "metadata.json",
    "retrieval",
    "retrieval_baselines.json",
    "hub",
    "chat",
    "flat.db",
    "cultpass.db",
    "tau2",
    "spark",
)
CACHES = ("target", "logs/dbt.log", ".pytest_cache", ".mypy_cache", ".ruff_cache")


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def clean(data_dir: Path, root: Path) -> None:
    """Remove what was made in a data directory, and what tools have left in the checkout."""
    for place in [*(data_dir / name for name in MADE), *(root / name for name in CACHES)]:
        remove(place)


if __name__ == "__main__":
    clean(require_data_dir(), ROOT)
