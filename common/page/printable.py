"""Text as a page can hold it."""

from __future__ import annotations

# Characters that HTML and SVG cannot hold, and those that a browser would take for an end of line or for nothing.
UNPRINTABLE = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(9), *range(11, 32), 127, *range(0xD800, 0xE000))}


def make_printable(text: str) -> str:
    """Replace what a page cannot hold, such as control characters and half surrogate pairs."""
    return text.translate(UNPRINTABLE)
