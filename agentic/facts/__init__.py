"""Facts of the answer key: whether a reply states one, and a sentence that does."""

from agentic.facts.matcher import states
from agentic.facts.sentences import say

__all__ = ["say", "states"]
