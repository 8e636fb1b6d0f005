"""Several dbt commands in one process, as a notebook runs them: what each has said, and what it has left held.

`python -m tests.faults.one_process`, with the environment of a finished build. A line a command: its name, whether
it has succeeded, and `free` where another process can build now.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from dbt.cli.main import dbtRunner

from extract.paths import find_data_dir

BUILD_ELSEWHERE = """
import sys, duckdb
from pathlib import Path
from export.dbt_plugins.build_lock import hold
print(hold(Path(sys.argv[1])))
duckdb.connect(sys.argv[1] + "/work/warehouse.duckdb").close()
"""
# Other vars in one of the commands would have dbt parse everything anew.
RUN = ("run", "--quiet", "--vars", "{as_of: 2026-06-01, exports: [sqlite, jsonl]}", "--select")
THRESHOLDS = gc.get_threshold()

runner = dbtRunner()
_unpressed = threading.Lock()


def is_free() -> bool:
    """Tell whether another process can take the data directory, and open the working database."""
    command = [sys.executable, "-c", BUILD_ELSEWHERE, str(find_data_dir())]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout == "True\n"


def run(name: str, *words: str) -> None:
    """Run a command and tell what became of it."""
    success = runner.invoke(list(words)).success
    held = "free" if is_free() else "held"
    print(name, success, held, "as before" if gc.get_threshold() == THRESHOLDS else "tuned", flush=True)


def interrupt(message: Any) -> None:
    """Press Ctrl-C once, when the first node has begun: a second one may reach dbt where it ends, and it would hang."""
    if message.info.name == "LogStartLine" and _unpressed.acquire(blocking=False):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)  # so that the main thread hears of it before the node has ended


def pull() -> None:
    """Replace a raw file, as a pull does."""
    users = find_data_dir() / "raw" / "users.parquet"
    aside = users.with_suffix(".aside")
    shutil.copy(users, aside)
    os.replace(aside, users)


def main() -> None:
    """Run one after another."""
    # Workers of pytest-xdist ignore Ctrl-C, and so do the processes that they begin.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    run("first", *RUN, "exported_files")
    pull()
    run("second", *RUN, "exported_files")
    os.environ["EVENTHUB_SEEDS_DIR"] = "/nowhere"
    run("failed", *RUN, "stg_users")
    del os.environ["EVENTHUB_SEEDS_DIR"]
    runner.callbacks.append(interrupt)
    run("interrupted", *RUN, "staging")
    runner.callbacks.clear()
    thread = threading.Thread(target=run, args=("in a thread", *RUN, "stg_users"))
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
