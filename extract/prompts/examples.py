"""The example record of each entity, for prompts: the same one by which replies are held to it."""

from __future__ import annotations

from extract.entities.examples import EXAMPLES

__all__ = ["EXAMPLES"]
