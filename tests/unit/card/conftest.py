"""Cards of one world have most charts in common."""

from __future__ import annotations

import pytest

from tests.drawn_once import draw_charts_once


@pytest.fixture(autouse=True)
def _draw_once(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_charts_once(monkeypatch)
