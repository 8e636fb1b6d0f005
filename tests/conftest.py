"""What every test gets: outputs in a directory of its own, and no settings of the person who runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

REPO_ROOT = Path(__file__).resolve().parent.parent
# So that the tests run without installing the package.
sys.path.insert(0, str(REPO_ROOT))


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point EVENTHUB_DATA_DIR to a temporary directory, so that the repo's data/ is never touched."""
    for name in [name for name in os.environ if name.startswith("EVENTHUB_")]:
        monkeypatch.delenv(name)
    directory = tmp_path / "data"
    monkeypatch.setenv("EVENTHUB_DATA_DIR", str(directory))
    return directory
