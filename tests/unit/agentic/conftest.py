"""Environments on what dbt has built; each test begins with a reset of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentic.environment import Environment


@pytest.fixture(scope="session")
def environment(built: Path) -> Iterator[Environment]:
    """A desk at the test volume."""
    environment = Environment(built)
    yield environment
    environment.close()


@pytest.fixture(scope="session")
def full_environment(full: Path) -> Iterator[Environment]:
    """A desk at the full volume, for the long tests."""
    environment = Environment(full)
    yield environment
    environment.close()


@pytest.fixture
def own(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of its own, to write results into; reports there have no charts, which take longer than all else."""
    monkeypatch.setattr("agentic.report.page.draw_svg", lambda spec: "<svg></svg>")
    shutil.copytree(built, tmp_path / "own", ignore=shutil.ignore_patterns("work", "raw", "warehouse.duckdb"))
    return tmp_path / "own"
