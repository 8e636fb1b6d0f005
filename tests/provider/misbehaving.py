"""A writer at its worst, as weak models are: each share is of its replies, and of its records where that is said."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

from extract.entities import get_entity

Answer = dict[str, Any]

PROSE, CUT, WRONG_COUNT, COPIED_EXAMPLE, FROM_ZERO, REFUSAL = 0.30, 0.15, 0.20, 0.10, 0.50, 0.05
# Of its records.
WITHOUT_SLOTS, REPEATED = 0.10, 0.20
REFUSED = "I'm sorry, but I can't help with creating personal information."


def garble(entity: str, answers: list[Answer], random: Random) -> str:
    """Make of good records what such a writer says."""
    if random.random() < REFUSAL:
        return REFUSED
    records = [_drop_slots(answer) if random.random() < WITHOUT_SLOTS else dict(answer) for answer in answers]
    if random.random() < FROM_ZERO:
        records = [{**record, "n": record["n"] - 1} for record in records]
    if random.random() < WRONG_COUNT:
        at = random.randrange(len(records))
        records = records[:at] + records[at + 1 :] if random.random() < 0.5 else [*records, records[at]]
    if random.random() < COPIED_EXAMPLE:
        records = [dict(get_entity(entity).example), *records]
    text = json.dumps(records, ensure_ascii=False)
    if random.random() < CUT:
        text = text[: int(len(text) * random.uniform(0.3, 0.95))]
    if random.random() < PROSE:
        text = f"Sure! Here are the {len(records)} records:\n\n```json\n{text}\n```\nLet me know if you need more."
    return text


def _drop_slots(answer: Answer) -> Answer:
    return {
        name: re.sub(r"\{\w+\}", "it", value) if isinstance(value, str) else value for name, value in answer.items()
    }
