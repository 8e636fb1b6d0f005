"""What the tokens of a model cost. Who knows the prices is told to the desk, which knows no models."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from agentic.usage import Usage

# USD for a model id, its input tokens and its output tokens; None where the price is not known.
PriceTokens = Callable[[str, int, int], float | None]


def know_no_price(model_id: str, input_tokens: int, output_tokens: int) -> float | None:
    """Return None: nobody has said who knows prices."""
    return None


def find_cost(usages: Iterable[Usage], price_tokens: PriceTokens) -> float | None:
    """Return what was used in USD, None where that is not known; tokens of a cache at the full price, so at most."""
    used = [usage for usage in usages if usage.input_tokens or usage.output_tokens]
    costs = [price_tokens(usage.model_id, usage.input_tokens, usage.output_tokens) for usage in used]
    return None if None in costs else sum((cost for cost in costs if cost is not None), 0.0)
