"""A reply as it came, before it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Completion:
    """An answer, verbatim, with what it took.

    Attributes:
        text: what was said, to be read by `read_reply`.
        input_tokens: tokens of the prompt; 0 for the bundled content.
        output_tokens: tokens of the answer; 0 for the bundled content.
        stop_reason: why it ended, in the words of Converse.
        latency_ms: milliseconds from request to answer.
        model: the id of the model that answered.
        tries: how often the request was sent until it was answered.
        cost_usd: what it cost; None where no price is known.
    """

    text: str
    input_tokens: int
    output_tokens: int
    stop_reason: str
    latency_ms: int
    model: str
    tries: int = 1
    cost_usd: float | None = 0.0
