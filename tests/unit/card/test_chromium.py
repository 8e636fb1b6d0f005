"""The card in a browser: nothing sticks out, nothing is complained of, and the keyboard opens what is folded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.card.chromium import EXECUTABLE, Page, launch
from tests.unit.card.test_hostile_data import PLANTED, PLANTED_NAMES, TITLES, draw_planted

pytestmark = pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine: apt-get install chromium")

WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
OPEN_ALL = "document.querySelectorAll('details').forEach(part => part.open = true)"
# Text that is cut off or runs out of its chart by more than the gutter holds.
OUTSIDE = """[...document.querySelectorAll('.chart text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < 0 || box.right > document.documentElement.clientWidth);
}).map(text => text.textContent)"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """One browser for all tests."""
    with launch() as opened:
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_and_nothing_is_complained_of(page: Page, built: Path, width: int, scheme: str) -> None:
    page.open(built / "data_card.html", width, scheme=scheme)
    page.evaluate(OPEN_ALL)
    scroll, client = page.evaluate(WIDTHS)
    assert client == width >= scroll
    assert page.evaluate(OUTSIDE) == []
    assert page.complaints() == []


def test_a_hostile_page_runs_nothing_and_stays_within_the_screen(page: Page, built: Path, tmp_path: Path) -> None:
    card = draw_planted(built, tmp_path, PLANTED + PLANTED_NAMES, TITLES["attribute"] + TITLES["long"])
    page.open(card, 390)
    scroll, client = page.evaluate(WIDTHS)
    assert scroll <= client
    assert page.evaluate("document.querySelectorAll('script, img, [onerror]').length") == 0
    assert page.complaints() == []


def test_the_keyboard_opens_the_numbers_of_a_figure(page: Page, built: Path) -> None:
    page.open(built / "data_card.html", 1280)
    page.evaluate("document.querySelector('#calendar summary').focus()")
    for kind in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")
    assert page.evaluate("document.querySelector('#calendar details').open") is True


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper(page: Page, built: Path, scheme: str) -> None:
    page.open(built / "data_card.html", 1280, scheme=scheme)
    colours = {
        name: page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')")
        for name in ("paper", "ink", "muted", "link", "tint", "blue", "orange", "green", "pink", "quiet")
    }
    for text in ("ink", "muted", "link"):
        assert contrast(colours[text], colours["paper"]) >= 4.5 <= contrast(colours[text], colours["tint"])
    for mark in ("blue", "orange", "green", "quiet"):
        assert contrast(colours[mark], colours["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours written #rgb or #rrggbb."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour.strip().lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    levels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
