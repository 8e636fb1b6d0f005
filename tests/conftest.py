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


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory at the test volume, pulled and built once; tests only read it."""
    from tests.pipeline.commands import run_dbt, run_extract

    directory = tmp_path_factory.mktemp("built") / "data"
    for result in (run_extract(directory, "--test"), run_dbt(directory, "build", "--quiet")):
        assert result.returncode == 0, result.stdout + result.stderr
    return directory


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory at the full volume, for the long tests; they only read it."""
    from tests.pipeline.commands import run_dbt, run_extract

    directory = tmp_path_factory.mktemp("full") / "data"
    for result in (run_extract(directory), run_dbt(directory, "build", "--quiet")):
        assert result.returncode == 0, result.stdout + result.stderr
    return directory
