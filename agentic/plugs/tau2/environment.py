"""What tau2's registry takes of a domain: environments, tasks and splits, all from one folder of files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tau2.data_model.message import AssistantMessage
from tau2.data_model.tasks import Task
from tau2.environment.environment import Environment

from agentic.plugs.tau2.data_model import EventHubDB
from agentic.plugs.tau2.files import SPLIT_TASKS, TASKS
from agentic.plugs.tau2.scenarios import DOMAIN
from agentic.plugs.tau2.start import read_json
from agentic.plugs.tau2.tools import EventHubTools


class EventHubEnvironment(Environment):
    """An environment that hears what the agent writes, so that an assertion can ask whether a fact was told."""

    def set_state(self, *args: Any, **kwargs: Any) -> None:
        """Replay a run as any environment does, and take its words."""
        super().set_state(*args, **kwargs)
        messages: Iterable[Any] = kwargs["message_history"] if "message_history" in kwargs else args[2]
        self.tools.hear([one.content for one in messages if isinstance(one, AssistantMessage) and one.content])


@dataclass(frozen=True)
class Domain:
    """The files of the domain.

    Attributes:
        folder: where `python -m agentic.plugs.tau2 write` has put them.
    """

    folder: Path

    def get_environment(self, db: EventHubDB | None = None, solo_mode: bool = False) -> EventHubEnvironment:
        """Return an environment that waits for a ticket.

        Raises:
            ValueError: it is to be without a user.
        """
        if solo_mode:
            raise ValueError("A ticket is a conversation, so this domain has no solo mode.")
        policy = (self.folder / "policy.md").read_text(encoding="utf-8")
        return EventHubEnvironment(domain_name=DOMAIN, policy=policy, tools=EventHubTools(db, self.folder))

    def get_tasks(self, task_split_name: str | None = "base") -> list[Task]:
        """Return the tasks of a split.

        Raises:
            ValueError: there is no such split.
        """
        tasks = read_json(self.folder / TASKS)
        if task_split_name is not None:
            splits = self.get_tasks_split()
            if task_split_name not in splits:
                raise ValueError(f"There is no split {task_split_name}. There are {', '.join(splits)}.")
            chosen = set(splits[task_split_name])
            tasks = [task for task in tasks if task["id"] in chosen]
        return [Task.model_validate(task) for task in tasks]

    def get_tasks_split(self) -> dict[str, list[str]]:
        """Return the ids of each split; `base` has all."""
        splits: dict[str, list[str]] = read_json(self.folder / SPLIT_TASKS)
        return splits
