"""What every test gets: outputs in a directory of its own, and no settings of the person who runs it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

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


@pytest.fixture(scope="session", autouse=True)
def _stop_servers() -> Iterator[None]:
    """End at the last test what tests have begun once for all."""
    yield
    from tests.pipeline.commands import stop_servers

    stop_servers()


def build_once(tmp_path_factory: pytest.TempPathFactory, name: str, *volume: str) -> Path:
    """Pull and build once for all workers of pytest-xdist; each gets a copy, as dbt locks what it opens."""
    from tests.pipeline.commands import run_dbt_alone, run_extract

    own = tmp_path_factory.mktemp(name) / "data"
    shared = tmp_path_factory.getbasetemp().parent / f"{name}-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            for result in (run_extract(own, *volume), run_dbt_alone(own, "build", "--quiet")):
                assert result.returncode == 0, result.stdout + result.stderr
            shutil.copytree(own, shared)
        elif not own.exists():
            shutil.copytree(shared, own)
    return own


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory at the test volume, pulled and built once; tests only read it."""
    return build_once(tmp_path_factory, "built", "--test")


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory at the full volume, for the long tests; they only read it."""
    return build_once(tmp_path_factory, "full")
