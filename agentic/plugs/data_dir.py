"""Where a plug finds the data: harnesses start it from anywhere, and know neither flags nor folders of the project."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def find_data_dir(stated: str | Path | None = None) -> Path:
    """Find the folder of all outputs: what is stated, or what EVENTHUB_DATA_DIR names, or `data` of the project."""
    named = str(stated or "") or os.environ.get("EVENTHUB_DATA_DIR", "").strip()
    return Path(named).expanduser() if named else PROJECT / "data"
