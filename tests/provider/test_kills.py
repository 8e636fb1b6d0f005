"""kill -9 at random moments: nothing landed is lost or doubled, and no half of a file has its final name."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from extract.entities import PULLED
from extract.landing.check import check_landing
from extract.landing.manifest import read_manifest
from tests.paths import REPO_ROOT
from tests.provider.server import BedrockServer
from tests.provider.test_stopping import check_landed_lines

pytestmark = pytest.mark.early

# Enough for a run of some seconds, most of which is not the start of Python.
COUNTS = {"users": 1500, "venues": 40, "events": 200, "kb_articles": 60, "tickets": 600}
WORDS = ["--count", *(f"{entity}={count}" for entity, count in COUNTS.items())]
BUNDLED, BEDROCK = "bundled", "nova-micro"


def start(model: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(REPO_ROOT / "extract" / "run.py"), "--model", model, *WORDS]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))


def finish(model: str) -> float:
    """Run to the end; tell how long it took."""
    began, running = time.monotonic(), start(model)
    _, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    return time.monotonic() - began


def read_whole_lines(raw_dir: Path) -> dict[str, list[bytes]]:
    """Read the lines that have landed; a torn last one has not."""
    return {
        str(path.relative_to(raw_dir)): path.read_bytes().split(b"\n")[:-1]
        for path in raw_dir.glob("*/*.jsonl")
        if path.parent.name != "rejects"
    }


def check_what_is_visible(raw_dir: Path) -> None:
    """Check that every file under its final name is whole, at whatever moment the run was killed."""
    for path in raw_dir.glob("*.parquet"):
        pl.read_parquet(path)
    read_manifest(raw_dir / "manifest.json")
    if (raw_dir / "fingerprints.json").exists():
        json.loads((raw_dir / "fingerprints.json").read_bytes())
    for lines in read_whole_lines(raw_dir).values():
        assert all(isinstance(json.loads(line), dict) for line in lines)


def kill_at_a_random_moment(model: str, seconds: float, draw: random.Random) -> bool:
    """Start a run and kill it; tell whether it was still running."""
    running = start(model)
    time.sleep(draw.random() * seconds)
    struck = running.poll() is None
    running.kill()
    running.communicate()
    return struck


def kill_often(raw_dir: Path, model: str, kills: int, seed: int) -> dict[str, int]:
    """Kill that many runs, each going on from what the one before has left; begin anew where one is done."""
    draw, seconds = random.Random(seed), finish(model)
    told = {"killed": 0, "begun": 1, "lines landed before a kill": 0}
    shutil.rmtree(raw_dir)
    while told["killed"] < kills:
        before = read_whole_lines(raw_dir)
        struck = kill_at_a_random_moment(model, seconds, draw)
        told["killed"] += struck
        check_what_is_visible(raw_dir)
        after = read_whole_lines(raw_dir)
        assert all(after[name][: len(lines)] == lines for name, lines in before.items())
        told["lines landed before a kill"] += struck * sum(map(len, after.values()))
        if not struck or len(after.get("records/tickets.jsonl", ())) >= COUNTS["tickets"]:
            finish(model)
            check_landed_lines(raw_dir, COUNTS)
            shutil.rmtree(raw_dir)
            told["begun"] += 1
    return told


def check_the_end(raw_dir: Path, model: str) -> None:
    """Run once more to the end: all is there once, and nothing lies about."""
    finish(model)
    check_landed_lines(raw_dir, COUNTS)
    assert check_landing(raw_dir) is None
    assert not list(raw_dir.glob(".*.part"))


def test_killed_runs_of_the_bundled_content_leave_what_an_unharmed_one_leaves(raw_dir: Path) -> None:
    finish(BUNDLED)
    unharmed = {entity: pl.read_parquet(raw_dir / f"{entity}.parquet") for entity in PULLED}

    kill_often(raw_dir, BUNDLED, 3, seed=1)
    check_the_end(raw_dir, BUNDLED)

    for entity, frame in unharmed.items():
        # A run that goes on asks in other batches.
        assert pl.read_parquet(raw_dir / f"{entity}.parquet").drop("reply_id").equals(frame.drop("reply_id"))


def test_a_killed_rewrite_keeps_the_old_parquet_files_until_new_ones_take_their_place(raw_dir: Path) -> None:
    finish(BUNDLED)
    draw = random.Random(3)
    for _ in range(2):
        running = subprocess.Popen(
            [sys.executable, str(REPO_ROOT / "extract" / "run.py"), "--rewrite", *WORDS], stdout=subprocess.DEVNULL
        )
        time.sleep(1 + draw.random())
        running.kill()
        running.wait()
        assert check_landing(raw_dir) is None

    check_the_end(raw_dir, BUNDLED)


@pytest.mark.long
@pytest.mark.parametrize("model", [BUNDLED, BEDROCK])
def test_fifty_kills_lose_and_double_nothing(server: BedrockServer, raw_dir: Path, model: str) -> None:
    server.behaviour.malformed, server.behaviour.throttle, server.behaviour.latency = 0.1, 0.05, 0.02

    told = kill_often(raw_dir, model, 50, seed=2)
    check_the_end(raw_dir, model)

    print(f"\n{model}: {told}")
