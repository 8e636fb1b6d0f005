"""What a command takes is measured with all that it begins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.process import Spent, time_call, watch

SPIN = "import time\nwhile time.process_time() < {seconds}: pass\n"


@pytest.mark.faults
def test_processors_are_counted_with_the_children_that_were_waited_for(tmp_path: Path) -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SPIN.format(seconds=0.3)!r}])"
    watched = watch([sys.executable, "-c", child], tmp_path, dict(os.environ), tmp_path)
    assert 0.3 <= watched.cpu_seconds < 5
    assert watched.seconds >= 0.3


@pytest.mark.faults
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are seen in /proc")
def test_processors_are_counted_of_a_child_that_nobody_waits_for(tmp_path: Path) -> None:
    spin = SPIN.format(seconds=0.6) + "print(flush=True); time.sleep(1.5)"
    begin = f"left = subprocess.Popen([sys.executable, '-c', {spin!r}], stdout=subprocess.PIPE)"
    leave = f"import os, subprocess, sys, time; {begin}; left.stdout.readline(); time.sleep(1.2); os._exit(0)"
    watched = watch([sys.executable, "-c", leave], tmp_path, dict(os.environ), tmp_path)
    assert watched.cpu_seconds >= 0.5


@pytest.mark.faults
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are seen in /proc")
def test_memory_is_the_sum_of_processes_at_one_moment(tmp_path: Path) -> None:
    hold = "import time; block = b'x' * 60_000_000; time.sleep(1.2)"
    both = f"import subprocess, sys; c = subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}; c.wait()"
    assert watch([sys.executable, "-c", both], tmp_path, dict(os.environ), tmp_path).peak_bytes > 120_000_000


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        watch([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, dict(os.environ), tmp_path)


def test_work_of_this_process_is_told_by_the_clock_and_by_processors() -> None:
    made, spent = time_call(lambda: sum(range(1_000_000)))
    assert made == 499_999_500_000
    assert 0 < spent.cpu_seconds < 5 and spent.seconds > 0
    assert str(Spent(1.234, 2.5)) == "1.23 s (2.50 s of CPU)"
    assert str(Spent(123.4, 222.22)) == "123.4 s (222.2 s of CPU)"
