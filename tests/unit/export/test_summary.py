"""The last lines of `make run`: five, plain where nobody looks, coloured where somebody does."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from export.summary import summarise, write

LABELS = ["built", "where", "checks", "open", "next"]


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def print_on(stream: io.StringIO) -> str:
    write([("built", "eventhub.db (1 rows)")], stream)
    return stream.getvalue()


def test_a_build_is_told_in_five_lines(built: Path) -> None:
    lines = dict(summarise(built))
    assert list(lines) == LABELS
    assert re.fullmatch(r"eventhub\.db \([\d,]+ rows\), udahub\.db \([\d,]+ rows\), as of 2026-06-01", lines["built"])
    assert lines["checks"].startswith("40 of 40 shares exact") and lines["checks"].endswith(" 0 violations")


def test_every_place_that_is_named_is_there(built: Path) -> None:
    places = dict(summarise(built))["where"].split(", ")
    assert len(places) >= 4 and all(Path(place).exists() for place in places)


def test_a_pipe_gets_plain_text() -> None:
    assert print_on(io.StringIO()) == "built   eventhub.db (1 rows)\n"


def test_a_terminal_gets_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert print_on(Terminal()) == "\x1b[1;36mbuilt \x1b[0m  eventhub.db (1 rows)\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_that_wants_none_gets_no_colour(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert "\x1b" not in print_on(Terminal())
