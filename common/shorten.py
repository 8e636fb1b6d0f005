"""Texts cut to a length that a line or a page has room for."""

from __future__ import annotations


def shorten(text: str, most: int) -> str:
    """Return a text, or its first characters with dots behind them."""
    return text if len(text) <= most else f"{text[:most]} ..."


def shorten_to_line(text: str, most: int) -> str:
    """Return the same on one line, whatever blanks and line ends it has."""
    return shorten(" ".join(text.split()), most)
