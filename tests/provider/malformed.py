"""What models make of JSON when they are asked for nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Answers = list[dict[str, Any]]


def dump(answers: Answers) -> str:
    return json.dumps(answers, ensure_ascii=False)


# All the records are there, and every reader would find them.
READABLE: dict[str, Callable[[Answers], str]] = {
    "fences": lambda answers: f"```json\n{dump(answers)}\n```",
    "prose": lambda answers: f"Here are your [{len(answers)}] records:\n\n{dump(answers)}\n\nEnjoy!",
    "single quotes": repr,
    "trailing commas": lambda answers: "[" + ",".join(dump([a])[1:-2] + ",}" for a in answers) + ",]",
    "python literals": lambda answers: repr([{**a, "ok": True, "x": None} for a in answers]),
    "wrapped": lambda answers: json.dumps({"records": answers}),
    "list of strings": lambda answers: json.dumps([json.dumps(a) for a in answers]),
    "json lines": lambda answers: "\n".join(json.dumps(a) for a in answers),
    "unquoted keys": lambda answers: dump(answers).replace('"n":', "n:"),
    "raw line breaks": lambda answers: dump(answers).replace("\\n", "\n"),
}
# Records are missing or not what was asked for.
UNUSABLE: dict[str, Callable[[Answers], str]] = {
    "refusal": lambda answers: "I'm sorry, but I cannot help with that.",
    "empty": lambda answers: "",
    "plain strings": lambda answers: json.dumps(["Copper Lantern" for _ in answers]),
    "half": lambda answers: dump(answers[: len(answers) // 2]),
    "cut": lambda answers: dump(answers)[: len(dump(answers)) * 2 // 3],
    "unknown slot": lambda answers: dump([_spoil(a, " {discount_code}") for a in answers]),
    "a price": lambda answers: dump([_spoil(a, " It costs $25.") for a in answers]),
    "a date": lambda answers: dump([_spoil(a, " It is on March 14.") for a in answers]),
    "an order number": lambda answers: dump([_spoil(a, " Order number 4711.") for a in answers]),
}
ALL = READABLE | UNUSABLE


def _spoil(answer: dict[str, Any], words: str) -> dict[str, Any]:
    return {key: value + words if isinstance(value, str) else value for key, value in answer.items()}
