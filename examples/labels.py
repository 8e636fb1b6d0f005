"""The answer key, data/generated/ticket_labels.jsonl: for training on its train split, and for the scorer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

SPLITS = ("train", "dev", "test", "unseen")


@dataclass(frozen=True)
class Label:
    """What a good agent says and does."""

    ticket_id: str
    expected_article_id: str | None
    also_accepted: list[str]
    should_escalate: bool
    facts: dict[str, str]
    action: str
    action_arguments: dict[str, str]
    split: str


def read_labels(data_dir: Path) -> list[Label]:
    """Read the key; what it says beyond a Label's fields is left out."""
    # at newlines alone: a text may hold other marks that end a line, such as U+2028
    lines = (data_dir / "generated" / "ticket_labels.jsonl").read_text(encoding="utf-8").split("\n")
    names = Label.__dataclass_fields__
    return [Label(**{name: row[name] for name in names}) for row in map(json.loads, filter(None, lines))]
