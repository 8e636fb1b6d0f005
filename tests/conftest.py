"""What every test gets: outputs in a directory of its own, and no settings of the person who runs it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

from tests.paths import REPO_ROOT
from tests.pipeline.commands import LATER, run_dbt, run_dbt_alone, run_extract, serve_dbt

# So that the tests run without installing the package.
sys.path.insert(0, str(REPO_ROOT))

# Where Python is to keep no bytecode, each worker would rewrite the asserts of all tests, and each of the hundreds of
# processes that tests begin would compile the project, which takes longer than many of these tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("eventhub", deadline=None)
hypothesis.settings.load_profile("eventhub")

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
BUILDS = {"built", "later", "landed_in_full", "full"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that wait for a build, and begin with the files that take longest: two workers end together.

    Of these, one that needs the common build comes first, and the others that do come last: while one worker builds,
    the other has something to do.
    """
    early, waiting = set(), []
    for item in items:
        fixtures, file = getattr(item, "fixturenames", ()), item.nodeid.partition("::")[0]
        if BUILDS.intersection(fixtures):
            item.add_marker("builds")
        if item.get_closest_marker("early"):
            early.add(file)
            if "built" in fixtures:
                waiting.append(file)
    first, last = waiting[:1], frozenset(waiting)

    def find_turn(item: pytest.Item) -> tuple[bool, bool, bool]:
        file = item.nodeid.partition("::")[0]
        return file not in early, file not in first, file in last

    items.sort(key=find_turn)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point EVENTHUB_DATA_DIR to a temporary directory, so that the repo's data/ is never touched."""
    for name in [name for name in os.environ if name.startswith("EVENTHUB_")]:
        monkeypatch.delenv(name)
    directory = tmp_path / "data"
    monkeypatch.setenv("EVENTHUB_DATA_DIR", str(directory))
    return directory


def find_shared(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """Find a place of this run of the tests that all workers of pytest-xdist share."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if IS_WORKER else own) / f"shared-{name}"


@pytest.fixture(scope="session", autouse=True)
def _serve_dbt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """End at the last test what tests have begun once for all."""
    with serve_dbt(find_shared(tmp_path_factory, "parsed")):
        yield


def make_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Make a data directory once for all workers of pytest-xdist; each gets a copy, as dbt locks what it opens."""
    own = tmp_path_factory.mktemp(name) / "data"
    if not IS_WORKER:
        make(own)
        return own
    shared = find_shared(tmp_path_factory, name)
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            make(own)
            shutil.copytree(own, shared)
        elif not own.exists():
            shutil.copytree(shared, own)
    return own


def build(data_dir: Path, *volume: str) -> None:
    """Pull and build as a person does."""
    for result in (run_extract(data_dir, *volume), run_dbt_alone(data_dir, "build", "--quiet")):
        assert result.returncode == 0, result.stdout + result.stderr


def build_later(data_dir: Path, landing: Path) -> None:
    """Build from a landing for a later day, and write what tests read of it."""
    shutil.copytree(landing, data_dir / "raw")
    result = run_dbt(data_dir, "build", "--quiet", "--vars", f"{{as_of: {LATER}, exports: [jsonl, warehouse]}}")
    assert result.returncode == 0, result.stdout  # and with it every rule


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory at the test volume, pulled and built once; tests only read it."""
    return make_once(tmp_path_factory, "built", lambda data_dir: build(data_dir, "--test"))


@pytest.fixture(scope="session")
def later(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same landing built for a later day, with every rule; tests only read it."""
    return make_once(tmp_path_factory, "later", lambda data_dir: build_later(data_dir, built / "raw"))


def pull(data_dir: Path) -> None:
    """Pull the full volume of the bundled content."""
    result = run_extract(data_dir)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="session")
def landed_in_full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw content of the full volume, pulled once; tests only read it."""
    return make_once(tmp_path_factory, "landed_in_full", pull) / "raw"


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory at the full volume, for the long tests; they only read it."""
    return make_once(tmp_path_factory, "full", build)
