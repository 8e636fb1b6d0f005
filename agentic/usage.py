"""What a run has used of a model: calls and tokens, by which its cost is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Usage:
    """Calls and tokens of one ticket. An agent that has a model keeps one as `usage`, and begins it anew in `work`.

    Attributes:
        model_id: the model as it was asked for; empty where there is none.
        calls: how often the model has answered.
        input_tokens: tokens that were sent, those that came from a cache included.
        output_tokens: tokens that came back.
        cached_tokens: those of the input that were read from a cache, which cost less.
        written_tokens: those of the input that were written to a cache, which may cost more.
    """

    model_id: str = ""
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    written_tokens: int = 0

    def add(
        self, input_tokens: int = 0, output_tokens: int = 0, cached_tokens: int = 0, written_tokens: int = 0
    ) -> Usage:
        """Return the usage with one more call."""
        return replace(
            self,
            calls=self.calls + 1,
            input_tokens=self.input_tokens + input_tokens,
            output_tokens=self.output_tokens + output_tokens,
            cached_tokens=self.cached_tokens + cached_tokens,
            written_tokens=self.written_tokens + written_tokens,
        )

    def add_message(self, said: Mapping[str, Any] | None) -> Usage:
        """Return the usage with a call as LangChain's `usage_metadata` tells it; one without it counts as a call."""
        said = said or {}
        details = said.get("input_token_details") or {}
        return self.add(
            said.get("input_tokens", 0),
            said.get("output_tokens", 0),
            details.get("cache_read", 0),
            details.get("cache_creation", 0),
        )
