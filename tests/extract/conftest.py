"""Fixtures of the extract tests: the real seeds, settings on a temporary directory, and a provider on a string."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extract.asked import Asked
from extract.config import Settings, load_settings
from extract.providers.base import BatchRequest, Completion
from extract.runner import run
from extract.seeds import Seeds
from extract.strata import PlanItem

Answer = dict[str, Any]


class StubProvider:
    """Answers users with a function of item and attempt; keeps the requests it got."""

    name = "stub"
    model = "stub-1"

    def __init__(self, write: Callable[[PlanItem, int], Answer | None]) -> None:
        self.write = write
        self.requests: list[BatchRequest] = []

    def check(self, entity: str, items: Sequence[PlanItem]) -> None:
        """Serve any plan."""

    def complete(self, request: BatchRequest) -> Completion:
        self.requests.append(request)
        answers = [self.write(item, request.attempt) for item in request.items]
        numbered = [{"n": n, **answer} for n, answer in enumerate(answers, start=1) if answer]
        return Completion(json.dumps(numbered), 10, 20, "end_turn", 5, self.model)


def write_member(item: PlanItem, attempt: int) -> Answer:
    """Write a user whose name follows from the position alone."""
    word = "".join(chr(ord("a") + int(digit)) for digit in str(item.position))
    return {"full_name": f"Ann X{word}", "email": f"ann.x{word}@example.com"}


def read_jsonl(path: Path) -> list[Answer]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


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
        monkeypatch.setattr("extract.runner.open_provider", lambda settings, seeds: provider)
        run(Asked(("users",), counts={"users": count}, rewrite=rewrite), settings.model_copy(update=changes))
        return provider

    return pull
