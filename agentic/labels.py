"""The answer key, data/generated/ticket_labels.jsonl: what a good agent does with each ticket, and says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agentic.errors import DataError

SPLITS = ("train", "dev", "test", "unseen")
KINDS = ("single", "compound", "must_refuse", "adversarial", "unanswerable")


@dataclass(frozen=True, kw_only=True)
class Label:
    """What a good agent says and does."""

    ticket_id: str
    expected_article_id: str | None
    also_accepted: list[str]
    should_escalate: bool
    facts: dict[str, str]
    action: str
    arguments: dict[str, str]
    split: str
    category: str = ""
    scenario: str = ""
    kind: str = "single"
    difficulty: str = ""
    escalation_reasons: tuple[str, ...] = ()
    forbidden_actions: tuple[str, ...] = ()
    key_version: str = ""
    data_hash: str = ""


def read_labels(data_dir: Path) -> list[Label]:
    """Read the key.

    Raises:
        DataError: there is no key, or it is not one of this project.
    """
    path = data_dir / "generated" / "ticket_labels.jsonl"
    try:
        # at newlines alone: a text may hold other marks that end a line, such as U+2028
        lines = path.read_text(encoding="utf-8").split("\n")
        return [_read_label(json.loads(line)) for line in lines if line]
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}. Make the data first: make run") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path} is no answer key of this version ({error!r}). Make it again: make run") from error


def _read_label(row: dict[str, Any]) -> Label:
    forbidden = row.get("forbidden_actions") or ()
    return Label(
        ticket_id=row["ticket_id"],
        expected_article_id=row["expected_article_id"],
        also_accepted=row["also_accepted"],
        should_escalate=row["should_escalate"],
        facts={fact["name"]: fact["value"] for fact in row["facts"]},
        action=row["action"],
        arguments=row["arguments"],
        split=row["split"],
        category=row.get("category") or "",
        scenario=row.get("scenario") or "",
        kind=row.get("kind") or "single",
        difficulty=row.get("difficulty") or "",
        escalation_reasons=tuple(row.get("escalation_reasons") or ()),
        forbidden_actions=tuple(forbidden.split() if isinstance(forbidden, str) else forbidden),
        key_version=str(row.get("key_version") or ""),
        data_hash=str(row.get("data_hash") or ""),
    )
