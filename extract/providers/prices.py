"""What tokens of a model cost, by its name alone: for commands that use a model and pull nothing."""

from __future__ import annotations

from functools import cache

from extract.errors import UsageError
from extract.paths import SEEDS_DIR
from extract.planning.seeds import Model, Seeds
from extract.providers.catalog import find_model, price_call


def price_tokens(model_id: str, input_tokens: int, output_tokens: int) -> float | None:
    """Return USD, or None where no price is known.

    Args:
        model_id: an alias, model id, inference profile or ARN.
        input_tokens: tokens that were sent.
        output_tokens: tokens that came back.
    """
    try:
        model = _find_model(model_id)
    except UsageError:
        return None
    return price_call(model, input_tokens, output_tokens)


@cache
def _find_model(model_id: str) -> Model:
    return find_model(model_id, Seeds(SEEDS_DIR).models)
