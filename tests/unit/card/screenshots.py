"""Pictures of the data card for the README: `python -m tests.unit.card.screenshots`, from the card in data/."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.paths import REPO_ROOT
from tests.unit.card.chromium import EXECUTABLE, launch

IMAGES = REPO_ROOT / "docs" / "images"
# Name, width of the window and how much of the page, in pixels; and where to begin.
PICTURES = (
    ("data_card.png", 1280, 1000, None),
    ("data_card_business.png", 1280, 1000, "business"),
    ("data_card_phone.png", 390, 844, "business"),
)


def take_pictures(card: Path, folder: Path) -> list[Path]:
    """Save a picture of each part, in light colours."""
    folder.mkdir(parents=True, exist_ok=True)
    with launch() as page:
        for name, width, height, anchor in PICTURES:
            page.open(card, width)
            top = page.evaluate(f"document.getElementById('{anchor}').offsetTop") if anchor else 0
            page.screenshot(folder / name, height, top)
    return [folder / name for name, *_ in PICTURES]


if __name__ == "__main__":
    if EXECUTABLE is None:
        sys.exit("No Chromium on this machine. Install one, for example: apt-get install chromium")
    data_card = Path(os.environ.get("EVENTHUB_DATA_DIR", "data")) / "data_card.html"
    if not data_card.exists():
        sys.exit(f"{data_card} is not there. Build it first: make run")
    for picture in take_pictures(data_card, IMAGES):
        print(f"{picture.relative_to(IMAGES.parents[1])} ({picture.stat().st_size // 1000} KB)")
