"""Pictures of the data card in data/: for the README, or with a folder the whole page, to look at.

python -m tests.unit.card.screenshots           writes docs/images
python -m tests.unit.card.screenshots FOLDER    the whole page on a desk and on a phone, light and dark
"""

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

WIDTHS = (1280, 390)


def take_pictures(card: Path, folder: Path) -> list[Path]:
    """Save a picture of each part, in light colours."""
    folder.mkdir(parents=True, exist_ok=True)
    with launch() as page:
        for name, width, height, anchor in PICTURES:
            page.open(card, width)
            top = page.evaluate(f"document.getElementById('{anchor}').offsetTop") if anchor else 0
            page.screenshot(folder / name, height, top)
    return [folder / name for name, *_ in PICTURES]


def take_whole(card: Path, folder: Path) -> list[Path]:
    """Save a picture of the whole page at each width, in light and in dark colours."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {folder / f"{scheme}_{width}.png": (width, scheme) for width in WIDTHS for scheme in ("light", "dark")}
    with launch() as page:
        for picture, (width, scheme) in pictures.items():
            page.open(card, width, scheme=scheme)
            page.screenshot(picture)
    return list(pictures)


if __name__ == "__main__":
    if EXECUTABLE is None:
        sys.exit("No Chromium on this machine. Install one, for example: apt-get install chromium")
    data_card = Path(os.environ.get("EVENTHUB_DATA_DIR", "data")) / "data_card.html"
    if not data_card.exists():
        sys.exit(f"{data_card} is not there. Build it first: make run")
    pictures = take_whole(data_card, Path(sys.argv[1])) if sys.argv[1:] else take_pictures(data_card, IMAGES)
    for picture in pictures:
        print(f"{os.path.relpath(picture)} ({picture.stat().st_size // 1000} KB)")
