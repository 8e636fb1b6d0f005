"""Run extract and kill -9 it right before the n-th change it makes to the landing: `python crash.py N [arguments]`.

With N = 0 it runs to its end and prints how many changes there were.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

# What Python's audit events call the ways in which a file comes, changes its name or goes.
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.truncate", "open")


class Watch:
    """Counts changes below a directory, and ends the process before the one that is asked for."""

    def __init__(self, directory: Path, last: int) -> None:
        self._prefix, self._last, self.count = str(directory), last, 0

    def __call__(self, event: str, details: tuple[object, ...]) -> None:
        if event not in CHANGES or not self._is_change(event, details):
            return
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _is_change(self, event: str, details: tuple[object, ...]) -> bool:
        if not str(details[0]).startswith(self._prefix):
            return False
        writes = os.O_WRONLY | os.O_RDWR
        return event != "open" or bool(isinstance(details[2], int) and details[2] & writes)


def main() -> None:
    from extract.cli import main as extract

    watch = Watch(Path(os.environ["EVENTHUB_DATA_DIR"]), int(sys.argv[1]))
    sys.addaudithook(watch)
    code = extract(sys.argv[2:])
    print(f"changes: {watch.count}")
    sys.exit(code)


if __name__ == "__main__":
    main()
