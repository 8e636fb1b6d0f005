"""Writes policy.md, what an agent must know, from the seeds, as the key is: `python -m agentic.policy_page`."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from agentic.actions import read_actions
from agentic.policies import SEEDS, read_policies
from agentic.tasks import TOOLS_OF_ACTIONS
from agentic.triggers import find_lowest_confidence, find_most_failures

PAGE = Path(__file__).with_name("policy.md")
TEMPLATE = PAGE.with_suffix(".md.j2")
# Sentences about refunds of bookings, which stand with the rules for actions.
REFUNDS = ("refund_", "cancellation_fee")
# What a visit is like and how the app works: an agent looks these up in the help center, and the page stays short.
LEFT_TO_ARTICLES = (
    "accompanied_", "app_", "bag_", "chat_", "comedy_", "companion_", "data_export_", "doors_", "email_", "export_",
    "gift_card_", "lap_", "late_entry_", "login_", "lost_", "parking_", "qr_", "receipt_", "referral_", "support_",
    "two_factor_", "waitlist_",
)  # fmt: skip
# No tool of their own: words alone, and the handover, which has a part of its own.
NO_TOOL = ("answer", "escalate")


def write_page() -> str:
    """Return the page as the seeds have it now."""
    template = Environment(undefined=StrictUndefined, keep_trailing_newline=False).from_string(
        TEMPLATE.read_text(encoding="utf-8")
    )
    sentences = read_sentences()
    about_refunds = [name for name in sentences if name.startswith(REFUNDS)]
    text = template.render(
        lowest_confidence=find_lowest_confidence(),
        most_failures=find_most_failures(),
        actions=[
            {"tool": TOOLS_OF_ACTIONS.get(action.name, action.name), "description": action.description}
            for action in read_actions().values()
            if action.name not in NO_TOOL
        ],
        refund_sentences=[sentences[name] for name in about_refunds],
        sentences=[sentences[name] for name in sentences if not name.startswith((*REFUNDS, *LEFT_TO_ARTICLES))],
    )
    return text.rstrip() + "\n"


def read_sentences() -> dict[str, str]:
    """Return the sentence of each constant of the policy, with its value."""
    values = {name: policy.value for name, policy in read_policies().items()}
    with (SEEDS / "policies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["policy"]: re.sub(r"\{(\w+)\}", lambda slot: values[slot[1]], row["sentence"]) for row in rows}


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
