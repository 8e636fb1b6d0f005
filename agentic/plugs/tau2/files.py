"""The files of the domain: policy.md, tasks.json, split_tasks.json, and one db.json a split."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from agentic.environment import Environment
from agentic.labels import SPLITS
from agentic.plugs.tau2.scenarios import write_task
from agentic.plugs.tau2.split_rows import collect_rows, read_schema
from agentic.prompts import POLICY
from common.atomic_write import write_atomically

ADDED_POLICY = Path(__file__).with_name("policy.md")
TASKS, SPLIT_TASKS = "tasks.json", "split_tasks.json"


def find_db(folder: Path, split: str) -> Path:
    """Return the path of a split's database."""
    return folder / f"db_{split}.json"


def write_files(data_dir: Path, folder: Path) -> dict[str, int]:
    """Write all files of the domain, and return the number of tasks of each split.

    Raises:
        DataError: there are no data, or they are of another form.
        OSError: the folder cannot be written.
    """
    environment = Environment(data_dir, make_customer=None)
    tasks = {split: [task for task in environment.tasks.values() if task.split == split] for split in SPLITS}
    written = [write_task(environment, task) for task in environment.tasks.values()]
    environment.state.database.rewind()
    today = f"{environment.now:%Y-%m-%d}"
    schema = read_schema(environment.state.database)
    folder.mkdir(parents=True, exist_ok=True)
    for split, chosen in tasks.items():
        rows = collect_rows(environment.state.database, chosen, today)
        content = {"split": split, "data_hash": environment.data_hash, "schema_statements": schema, "tables": rows}
        write_atomically(find_db(folder, split), _write_object(content))
    write_atomically(folder / "policy.md", POLICY.read_bytes() + ADDED_POLICY.read_bytes())
    write_atomically(folder / TASKS, _write_list(written))
    names = {split: [task.task_id for task in chosen] for split, chosen in tasks.items()}
    write_atomically(folder / SPLIT_TASKS, _write_object({"base": list(environment.tasks)} | names))
    environment.close()
    return {split: len(chosen) for split, chosen in tasks.items()}


def _write_list(items: Sequence[Any]) -> bytes:
    """Write an item a line, in ASCII."""
    return ("[\n" + ",\n".join(map(json.dumps, items)) + "\n]\n").encode("ascii")


def _write_object(content: Mapping[str, Any]) -> bytes:
    """Write a key a line, in ASCII."""
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in content.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("ascii")
