"""Charts of the same figures are the same picture (tests/unit/card/test_figures.py): each is drawn once a process."""

from __future__ import annotations

import json

import pytest

from common.page.vega import Spec, draw_svg
from export.card import page

_DRAWN: dict[str, str] = {}


def draw_charts_once(patched: pytest.MonkeyPatch) -> None:
    """Keep the card's charts: drawing them takes longer than the rest of an export."""
    patched.setattr(page, "draw_all", lambda specs: [_draw(spec) for spec in specs])


def _draw(spec: Spec) -> str:
    key = json.dumps(spec)
    if key not in _DRAWN:
        _DRAWN[key] = draw_svg(spec)
    return _DRAWN[key]
