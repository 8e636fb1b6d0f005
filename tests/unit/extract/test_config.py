from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.settings import load_settings


def test_defaults_are_the_guides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVENTHUB_DATA_DIR")

    settings = load_settings()

    assert settings.raw_dir == Path("data/raw")
    assert (settings.model, settings.email_domains, settings.seed) == ("bundled", "reserved", 42)
    assert (settings.max_tokens, settings.temperature, settings.top_p) == (4096, 0.7, 0.9)


def test_the_environment_overrides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTHUB_MAX_ATTEMPTS", "2")
    monkeypatch.setenv("EVENTHUB_MODEL", "")

    assert load_settings().max_attempts == 2
    assert load_settings().model == "bundled"


@pytest.mark.parametrize(
    ("name", "value"),
    [("EVENTHUB_MAX_ATTEMPTS", "many"), ("EVENTHUB_EMAIL_DOMAINS", "gmail"), ("EVENTHUB_CONCURRENCY", "0")],
)
def test_a_value_that_does_not_fit_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(UsageError, match=f"{name}='{value}' does not fit"):
        load_settings()
