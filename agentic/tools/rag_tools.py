"""The help center: search articles and read one."""

from __future__ import annotations

from typing import Any

from agentic.confidence import list_terms
from agentic.errors import ToolError
from agentic.knowledge import Knowledge, find_words
from agentic.state import State
from agentic.tools.base import ToolSet, read_tool

MOST_FOUND = 10


class RagTools(ToolSet):
    """What the help center knows."""

    def __init__(self, state: State, knowledge: Knowledge) -> None:
        """Search an index on behalf of a state."""
        super().__init__(state)
        self._knowledge = knowledge

    @read_tool
    def search_knowledge(self, question: str, limit: int = 3) -> list[dict[str, Any]]:
        """Search the help center; each article comes with the passage that fits and a confidence between 0 and 1.

        Args:
            question: what the member wants to know, in words.
            limit: how many articles, 1 to 10.
        """
        if not 1 <= limit <= MOST_FOUND:
            raise ToolError(f"limit is 1 to {MOST_FOUND}, not {limit}.")
        words, measured = find_words(self._database, self._state.ticket_id)
        is_own = set(list_terms(question)) == set(list_terms(words))
        found = self._knowledge.search(question, limit, measured if is_own else None)
        return [dict(vars(one)) for one in found]

    @read_tool
    def read_article(self, article_id: str) -> dict[str, Any]:
        """Read an article of the help center as a whole.

        Args:
            article_id: the article's id, such as "kb_00042".
        """
        row = self._knowledge.find_article(article_id)
        if not row:
            raise ToolError(f"There is no article {article_id}. search_knowledge finds articles by words.")
        return {name: row[name] for name in ("article_id", "title", "category", "tags", "content")}
