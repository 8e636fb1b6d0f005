"""Prompts, each a file: what stands in them as $name is filled in."""

from __future__ import annotations

from pathlib import Path
from string import Template

POLICY = Path(__file__).parent.parent / "policy.md"


def write_prompt(name: str, **values: str) -> str:
    """Return a prompt with its values.

    Args:
        name: the file, without its ending.
        values: what each $name in it becomes.

    Raises:
        KeyError: the file has a name that no value is given for.
    """
    text = Path(__file__).with_name(f"{name}.md").read_text(encoding="utf-8")
    return Template(text).substitute(values).strip()


def read_policy() -> str:
    """Return the policy, which stands at the beginning of an agent's instructions."""
    return POLICY.read_text(encoding="utf-8").strip()
