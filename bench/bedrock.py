"""Speed of a whole run against the local Bedrock server, as ratios to what is possible.

`make bench`, or with options: `python -m bench.bedrock --workers 8 16`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

REPO_ROOT = Path(__file__).resolve().parent.parent
LATENCY_SECONDS = 0.2
CALLS_PER_SECOND = 20.0
# At most this many times calls x latency / N, and at least this share of the limit.
MOST_TIME_RATIO = 1.15
LEAST_RATE_SHARE = 0.9


@dataclass(frozen=True)
class Measured:
    """One run.

    Attributes:
        calls: replies and failed calls.
        retries: calls that were sent again.
        seconds: from the process's start to its end.
        calling_seconds: from the first call to the last reply.
        cpu_seconds: user and system time of the process; the server is another one.
    """

    calls: int
    retries: int
    seconds: float
    calling_seconds: float
    cpu_seconds: float


@contextmanager
def serve(**options: float) -> Iterator[str]:
    """Run the server in a process of its own, so that it does not share the run's interpreter."""
    flags = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "tests.provider.server", *flags]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPO_ROOT) as server:
        assert server.stdout is not None  # it is a pipe
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def pull(url: str, *arguments: str) -> Measured:
    """Run extract once in a directory of its own."""
    with tempfile.TemporaryDirectory() as directory:
        command = [sys.executable, str(REPO_ROOT / "extract" / "run.py"), "--model", "nova-micro", *arguments]
        seconds, cpu_seconds = run_timed(command, {"EVENTHUB_DATA_DIR": directory, **reach(url)})
        calls = pl.read_parquet(Path(directory) / "raw" / "calls.parquet")
        return Measured(calls.height, int(calls["tries"].sum()) - calls.height, seconds, _span(calls), cpu_seconds)


def call_with_boto3_alone(url: str, calls: int, workers: int) -> float:
    """Make as many calls with boto3 and threads, and nothing else: no run of any program can be faster."""
    command = [sys.executable, str(REPO_ROOT / "bench" / "boto3_alone.py"), str(calls), str(workers)]
    return run_timed(command, reach(url))[0]


def reach(url: str) -> dict[str, str]:
    """Tell boto3 where the server is."""
    keys = {"AWS_ACCESS_KEY_ID": "fake", "AWS_SECRET_ACCESS_KEY": "fake", "AWS_REGION": "us-east-1"}
    return {**keys, "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": url}


def run_timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; tell its seconds from start to end, and its CPU seconds."""
    started, before = time.perf_counter(), os.times()
    subprocess.run(command, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    cpu_seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, cpu_seconds


def _span(calls: pl.DataFrame) -> float:
    starts: list[float] = [datetime.fromisoformat(text).timestamp() for text in calls["requested_at"]]
    ends: list[float] = [start + ms / 1000 for start, ms in zip(starts, calls["latency_ms"], strict=True)]
    return max(ends) - min(starts)


def measure_latency_bound(workers: int) -> bool:
    """Measure the full volume at 200 ms a call; tell whether it keeps the bound."""
    with serve(latency=LATENCY_SECONDS) as url:
        run = pull(url, "--volume", "full", "--concurrency", str(workers))
        alone = call_with_boto3_alone(url, run.calls, workers)
    possible = run.calls * LATENCY_SECONDS / workers
    ratio = run.seconds / possible
    print(
        f"200 ms a call, {workers:>2} workers: {run.calls} calls in {run.seconds:.2f} s, "
        f"possible {possible:.2f} s, ratio {ratio:.3f} (at most {MOST_TIME_RATIO}), "
        f"from first call to last reply {run.calling_seconds / possible:.3f}, "
        f"of boto3 alone {alone / possible:.3f}; {run.cpu_seconds:.1f} s of CPU",
        flush=True,
    )
    return ratio <= MOST_TIME_RATIO


def measure_rate_bound(workers: int) -> bool:
    """Measure the full volume under a limit of 20 calls a second; tell whether the rate stays near it."""
    with serve(rate=CALLS_PER_SECOND, latency=LATENCY_SECONDS) as url:
        run = pull(url, "--volume", "full", "--concurrency", str(workers))
    rate = run.calls / run.calling_seconds
    print(
        f"20 calls a second, {workers:>2} workers: {run.calls} calls, {run.retries} throttled, "
        f"{run.calling_seconds:.2f} s, "
        f"{rate:.1f} a second, {rate / CALLS_PER_SECOND:.0%} of the limit (at least {LEAST_RATE_SHARE:.0%})",
        flush=True,
    )
    return rate >= LEAST_RATE_SHARE * CALLS_PER_SECOND


def main() -> int:
    """Run all benchmarks; exit code 1 if one misses its bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, nargs="+", default=[4, 8, 16])
    options = parser.parse_args()
    kept = [measure_latency_bound(workers) for workers in options.workers]
    kept += [measure_rate_bound(workers) for workers in (8, 32)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
