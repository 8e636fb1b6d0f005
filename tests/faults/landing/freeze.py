"""Freeze a landing of this version: `python -m tests.faults.landing.freeze`, once, when the version is raised."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from extract.cli import main
from extract.landing.jsonl import SCHEMA_VERSION
from tests.provider.conftest import AWS
from tests.provider.server import BedrockServer

TIMED_OUT = (408, "ModelTimeoutException", "Model has timed out")
COUNTS = ("users=12", "venues=8", "events=8", "reservations=20", "kb_articles=4", "tickets=10")


def freeze(target: Path) -> None:
    """Pull from the local server, with repeats and one call that times out, and keep what landed."""
    os.environ.update(AWS)
    with BedrockServer() as server, tempfile.TemporaryDirectory() as directory:
        server.behaviour.repeat = 0.2
        server.behaviour.first = [TIMED_OUT]
        os.environ.update(AWS_ENDPOINT_URL_BEDROCK_RUNTIME=server.url, EVENTHUB_DATA_DIR=directory)
        if main([*(word for count in COUNTS for word in ("--count", count)), "--model", "nova-lite"]) != 0:
            sys.exit(1)
        shutil.copytree(Path(directory) / "raw", target, ignore=shutil.ignore_patterns(".lock*"))


if __name__ == "__main__":
    sample = Path(__file__).with_name(f"v{SCHEMA_VERSION}")
    if sample.exists():
        sys.exit(f"{sample.name} is frozen and never made anew")
    freeze(sample)
