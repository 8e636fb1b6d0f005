"""What escalates a ticket: names and limits as dbt has them (macros/policy)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from agentic.policies import SEEDS

MACROS = SEEDS.parent / "macros" / "policy"


def read_macro(name: str) -> str:
    """Return the body of a macro of the policy."""
    text = (MACROS / f"{name}.sql").read_text(encoding="utf-8")
    body = re.search(r"\{%-? macro .*?%\}(.*?)\{%-? endmacro", text, re.S)
    assert body, f"{name}.sql holds no macro"
    return body[1].strip()


@cache
def find_lowest_confidence() -> float:
    """Return the confidence below which a ticket is escalated."""
    return float(read_macro("low_confidence"))


@cache
def find_most_failures() -> int:
    """Return the answers without help from which on a ticket is escalated."""
    return int(read_macro("repeated_failures"))


@cache
def list_triggers() -> tuple[str, ...]:
    """Return the names that reasons of an escalation have."""
    return tuple(re.findall(r": '(\w+)'", read_macro("escalation_triggers")))


def find_reasons(ticket: Mapping[str, Any]) -> list[str]:
    """Return the triggers that hold for a ticket as read_ticket shows it; none where the measures are hidden."""
    held = {
        "critical_urgency": ticket.get("urgency") == "critical",
        "very_negative_sentiment": ticket.get("sentiment") == "very_negative",
        "low_rag_confidence": ticket.get("rag_confidence", 1) < find_lowest_confidence(),
        "repeated_failures": (ticket.get("failed_attempts") or 0) >= find_most_failures(),
    }
    return [name for name in list_triggers() if held[name]]
