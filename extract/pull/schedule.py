"""Whose turn it is: the next batch of the entities that miss something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.entities import get_entity
from extract.planning.batch import BatchRequest
from extract.pull.backlog import Backlog
from extract.pull.workers import WorkerPool


class Schedule:
    """The backlogs of a run, in turn; an entity waits until the one that it depends on has landed."""

    def __init__(self, backlogs: Sequence[Backlog], workers: WorkerPool) -> None:
        self._backlogs, self._workers = list(backlogs), workers
        self._by_entity = {backlog.job.entity: backlog for backlog in backlogs}
        self._next = 0

    def __getitem__(self, entity: str) -> Backlog:
        return self._by_entity[entity]

    @property
    def is_open(self) -> bool:
        """Whether anything is left to pull, or to wait for."""
        return self._workers.is_busy or any(True for _ in self._find_open())

    def take(self) -> BatchRequest | None:
        """Take the next batch, if there is one now."""
        for backlog in self._find_open():
            self._next = (self._backlogs.index(backlog) + 1) % len(self._backlogs)
            request = backlog.take(is_alone=not self._workers.in_flight[backlog.job.entity])
            if request:
                return request
        return None

    def _find_open(self) -> Iterator[Backlog]:
        for backlog in self._backlogs[self._next :] + self._backlogs[: self._next]:
            upstream = get_entity(backlog.job.entity).upstream
            if not (backlog.is_empty or backlog.is_stuck) and self._is_done(upstream):
                yield backlog

    def _is_done(self, entity: str) -> bool:
        """Whether an entity needs no more calls, or is not part of the run."""
        backlog = self._by_entity.get(entity)
        return backlog is None or (backlog.is_empty and not self._workers.in_flight[entity])
