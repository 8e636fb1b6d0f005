"""Draws many charts in a process of their own: while vl-convert draws, no other thread of its process gets on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from common.page.vega import DrawingError, Spec, draw_svg

ROOT = Path(__file__).resolve().parents[2]


def draw_all(specs: Sequence[Spec]) -> list[str]:
    """Draw charts as draw_svg does, and let other threads of this process work meanwhile.

    Raises:
        DrawingError: the drawing library is not there, refuses a chart, or ends its process.
    """
    drawn = subprocess.run(
        [sys.executable, "-m", __name__],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=json.dumps(specs),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if drawn.returncode:
        lines = drawn.stderr.strip().splitlines()
        raise DrawingError(lines[-1] if lines else f"the process that draws ended with {drawn.returncode}")
    pictures: list[str] = json.loads(drawn.stdout)
    return pictures


def main() -> int:
    """Draw the list of charts of standard input, as JSON; write the list of pictures."""
    try:
        pictures = [draw_svg(spec) for spec in json.load(sys.stdin)]
    except DrawingError as error:
        sys.stderr.write(str(error))
        return 1
    json.dump(pictures, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
