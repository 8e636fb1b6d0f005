"""Fixtures of the extract tests: the real seeds, settings on a temporary directory, a pull from a stub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.planning.plan import PlanItem
from extract.planning.seeds import Seeds
from extract.pull.pipeline import run
from extract.pull.request import PullRequest
from extract.settings import Settings, load_settings
from tests.read_once import read_files_once
from tests.unit.extract.stubs import Answer, StubProvider, write_member


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read_files_once(monkeypatch)


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    return Seeds(Settings().seeds_dir)


@pytest.fixture
def settings(data_dir: Path) -> Settings:
    return load_settings()


@pytest.fixture
def raw_dir(settings: Settings) -> Path:
    return settings.raw_dir


@pytest.fixture
def pull_users(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., StubProvider]:
    """Pull users from a stub: `pull_users(count, write=..., rewrite=...)`."""

    def pull(
        count: int,
        write: Callable[[PlanItem, int], Answer | None] = write_member,
        rewrite: bool = False,
        **changes: Any,
    ) -> StubProvider:
        provider = StubProvider(write)
        monkeypatch.setattr("extract.pull.pipeline.open_provider", lambda settings, seeds: provider)
        run(
            PullRequest(entities=("users",), counts={"users": count}, rewrite=rewrite),
            settings.model_copy(update=changes),
        )
        return provider

    return pull
