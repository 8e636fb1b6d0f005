"""Runs that end early: Ctrl-C, kill -9, and going on afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

from extract.entities import get_entity
from tests.paths import REPO_ROOT
from tests.provider.conftest import Extract
from tests.provider.server import BedrockServer

COUNTS = {"users": 2000, "venues": 20, "events": 100, "kb_articles": 40, "tickets": 400}
COMMAND = [
    sys.executable,
    str(REPO_ROOT / "extract" / "run.py"),
    "--model",
    "nova-micro",
    "--count",
    *(f"{entity}={count}" for entity, count in COUNTS.items()),
]


def start(*more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def finish() -> None:
    """Run to the end."""
    running = start()
    _, err = running.communicate(timeout=120)
    assert running.returncode == 0, err


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def wait_for_calls(server: BedrockServer, count: int) -> None:
    deadline = time.monotonic() + 20
    while len(server.calls) < count and time.monotonic() < deadline:
        time.sleep(0.005)


def check_landed_lines(raw_dir: Path, counts: dict[str, int]) -> None:
    """Check that every position landed once, and no natural key twice."""
    for entity, count in counts.items():
        frame = pl.read_parquet(raw_dir / f"{entity}.parquet")
        lines = read_lines(raw_dir / "records" / f"{entity}.jsonl")
        keys = Counter(get_entity(entity).record.read_key(line) or line["position"] for line in lines)
        assert frame["position"].to_list() == list(range(1, count + 1))
        assert len(lines) == count and keys.most_common(1)[0][1] == 1
        replies = [line["reply_id"] for line in read_lines(raw_dir / "replies" / f"{entity}.jsonl")]
        assert len(set(replies)) == len(replies)


def test_ctrl_c_lands_the_calls_in_flight_and_says_how_to_go_on(
    server: BedrockServer, extract: Extract, raw_dir: Path
) -> None:
    server.behaviour.latency = 0.3
    running = start()
    wait_for_calls(server, 12)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)

    answered = len(server.answered)
    replies = sum(len(read_lines(path)) for path in (raw_dir / "replies").glob("*.jsonl"))
    assert running.returncode == 130
    assert "waiting for calls already sent" in err and "run the same command again to go on" in err
    assert "Traceback" not in err and "records" in out
    assert replies == answered
    server.behaviour.latency = 0
    finish()
    check_landed_lines(raw_dir, COUNTS)


def test_a_second_ctrl_c_leaves_at_once(server: BedrockServer) -> None:
    server.behaviour.latency = 30
    running = start()
    wait_for_calls(server, 3)
    running.send_signal(signal.SIGINT)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)

    _, err = running.communicate(timeout=5)

    assert running.returncode == 130 and "Traceback" not in err


def test_ctrl_c_ends_a_wait_for_a_service_that_is_away(server: BedrockServer) -> None:
    server.behaviour.first = [None]
    server.behaviour.outage_until = time.monotonic() + 60
    running = start()
    wait_for_calls(server, 20)
    running.send_signal(signal.SIGINT)

    _, err = running.communicate(timeout=5)

    assert running.returncode == 130 and "Traceback" not in err


def kill_and_resume(server: BedrockServer, kills: int, seed: int) -> None:
    """Kill runs at random moments until one could end, then let one."""
    draw = random.Random(seed)
    server.behaviour.latency = 0.02
    for _ in range(kills):
        running = start()
        wait_for_calls(server, len(server.calls) + draw.randint(1, 12))
        time.sleep(draw.random() * 0.05)
        running.kill()
        running.communicate()
    finish()


def test_a_run_killed_twice_and_resumed_loses_and_doubles_nothing(server: BedrockServer, raw_dir: Path) -> None:
    kill_and_resume(server, 2, seed=1)

    check_landed_lines(raw_dir, COUNTS)
