"""What a run shows: bars on a terminal, plain lines anywhere else."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest

from tests.paths import REPO_ROOT
from tests.provider.server import BedrockServer

COMMAND = [sys.executable, str(REPO_ROOT / "extract" / "run.py"), "--test", "--model", "nova-micro"]
COLOR = re.compile(r"\x1b\[[0-9;]*m")


def run_on_terminal(**environment: str) -> str:
    """Run with a pseudo-terminal for both outputs; give what it was sent."""
    ours, theirs = pty.openpty()
    names = {"TERM": "xterm-256color", "COLUMNS": "100", **environment}
    running = subprocess.Popen(COMMAND, stdout=theirs, stderr=theirs, env={**os.environ, **names})
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 65536):
            shown += data
    except OSError:  # how Linux says that nobody holds the other end any more
        pass
    assert running.wait() == 0
    return shown.decode()


pytestmark = pytest.mark.usefixtures("server")


@pytest.fixture
def slow_server(server: BedrockServer) -> None:
    """Let calls take longer than bars stay as they are."""
    server.behaviour.latency = 0.4


@pytest.mark.usefixtures("slow_server")
def test_a_terminal_shows_bars_with_rate_time_and_money(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)

    shown = run_on_terminal()

    assert "━━━" in shown and COLOR.search(shown)
    assert re.search(r"spent \$0\.\d{4} of about \$0\.\d{4}, [\d.,]+ records/s, \d+ s left", shown)
    assert "users         100 of 100 landed" in COLOR.sub("", shown)


@pytest.mark.usefixtures("slow_server")
def test_no_color_is_kept() -> None:
    shown = run_on_terminal(NO_COLOR="1")

    assert "━━━" in shown and not COLOR.search(shown)


def test_what_is_piped_is_plain_and_one_line_an_event() -> None:
    ran = subprocess.run(COMMAND, capture_output=True, text=True, env={**os.environ, "FORCE_COLOR": ""}, check=True)

    assert not re.search(r"[\r\x1b]", ran.stdout + ran.stderr)
    first_words = [line.split()[0] for line in ran.stdout.splitlines()]
    assert sorted(first_words[:5]) == ["events", "kb_articles", "tickets", "users", "venues"]
    assert first_words[5:9] == ["calls", "tokens", "cost", "records"]
    assert set(first_words[9:]) <= {"rejected", "reservations"}


def test_results_go_to_a_file_even_if_the_bars_are_on_a_terminal() -> None:
    ours, theirs = pty.openpty()
    ran = subprocess.run(COMMAND, stdout=subprocess.PIPE, stderr=theirs, text=True, env=dict(os.environ), check=True)
    os.close(theirs)
    os.close(ours)

    assert "users         100 of 100 landed" in ran.stdout
