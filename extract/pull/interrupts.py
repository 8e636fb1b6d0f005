"""Ctrl-C: the first one ends the run at a clean point, the second one at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from extract.pull.progress import tell_interrupted


class Interrupt:
    """Takes Ctrl-C and SIGTERM while the block runs.

    Args:
        notify: called on the first one, to wake those who wait.
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self._notify = notify
        self._count = 0
        self._before: dict[signal.Signals, Any] = {}

    @property
    def is_set(self) -> bool:
        return self._count > 0

    @property
    def is_urgent(self) -> bool:
        return self._count > 1

    def __enter__(self) -> Interrupt:
        # Only the main thread may set handlers; elsewhere the code that started the thread decides.
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _take(self, number: int, frame: FrameType | None) -> None:
        self._count += 1
        if self._count == 1:
            tell_interrupted(
                "stopping: waiting for calls already sent (they are billed). Press Ctrl-C again to quit now."
            )
            self._notify()
