"""What the tokens of a model cost. A command passes the prices in, since the desk knows no models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil

from agentic.usage import Usage

# USD for a model id, its input tokens and its output tokens; None where the price is not known.
PriceTokens = Callable[[str, int, int], float | None]
# What writing a token to a cache costs beyond sending it, at most: a quarter of its price.
CACHE_SURCHARGE = 0.25


def know_no_price(model_id: str, input_tokens: int, output_tokens: int) -> float | None:
    """Return None: nobody has said who knows prices."""
    return None


def find_cost(usages: Iterable[Usage], price_tokens: PriceTokens) -> float | None:
    """Return what was used in USD, None where that is not known; tokens of a cache at the full price, so at most."""
    used = [usage for usage in usages if usage.input_tokens or usage.output_tokens]
    costs = [price_tokens(usage.model_id, _count_input(usage), usage.output_tokens) for usage in used]
    return None if None in costs else sum((cost for cost in costs if cost is not None), 0.0)


def _count_input(usage: Usage) -> int:
    """Return the input as tokens of the full price."""
    return usage.input_tokens + ceil(CACHE_SURCHARGE * usage.written_tokens)
