"""Two extracts on one landing: the second says who holds it; a killed holder holds nothing."""

from __future__ import annotations

from pathlib import Path

from tests.faults.landing.conftest import read_files
from tests.provider.conftest import Extract
from tests.provider.server import BedrockServer
from tests.provider.test_stopping import COUNTS, check_landed_lines, finish, start, wait_for_calls


def test_the_second_extract_says_who_holds_the_landing_and_leaves(
    server: BedrockServer, extract: Extract, raw_dir: Path
) -> None:
    server.behaviour.latency = 30
    first = start()
    wait_for_calls(server, 1)
    try:
        before = read_files(raw_dir)
        second = extract("--model", "nova-micro")

        assert second.code == 1 and second.err.count("\n") == 1
        assert f"error: {raw_dir} is held by another extract (process {first.pid}, since 20" in second.err
        assert read_files(raw_dir) == before and first.poll() is None
    finally:
        first.kill()
        first.communicate()


def test_the_lock_dies_with_its_process(server: BedrockServer, raw_dir: Path) -> None:
    server.behaviour.latency = 0.5
    first = start()
    wait_for_calls(server, 1)
    first.kill()
    first.communicate()
    assert (raw_dir / ".lock-holder").exists()
    server.behaviour.latency = 0

    finish()

    check_landed_lines(raw_dir, COUNTS)
    assert not (raw_dir / ".lock-holder").exists()
