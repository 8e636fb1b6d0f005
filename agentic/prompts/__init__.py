"""Prompts, each a file: what stands in them as $name is filled in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from string import Template

POLICY = Path(__file__).parent.parent / "policy.md"
PROMPTS = Path(__file__).parent
CUSTOMER = "customer"


def write_prompt(name: str, **values: str) -> str:
    """Return a prompt with its values.

    Args:
        name: the file, without its ending.
        values: what each $name in it becomes.

    Raises:
        KeyError: the file has a name that no value is given for.
    """
    text = find_prompt(name).read_text(encoding="utf-8")
    return Template(text).substitute(values).strip()


def list_agent_prompts() -> list[Path]:
    """Return the files that an agent's model reads: all but the customer's, so that a new one is not forgotten."""
    return [*(path for path in sorted(PROMPTS.glob("*.md")) if path.stem != CUSTOMER), POLICY]


def find_prompt(name: str) -> Path:
    """Return the file of a prompt."""
    return PROMPTS / f"{name}.md"


def hash_text(content: bytes) -> str:
    """Return a short name for a text, another one where a letter of it is."""
    return hashlib.sha256(content).hexdigest()[:12]


def read_policy() -> str:
    """Return the policy, which stands at the beginning of an agent's instructions."""
    return POLICY.read_text(encoding="utf-8").strip()
