"""Providers: they answer a batch request with text."""

from __future__ import annotations

from extract.planning.seeds import Model, Seeds
from extract.providers.base import Provider
from extract.providers.catalog import find_model
from extract.settings import BUNDLED, Settings

BUNDLED_MODEL = Model(
    alias=BUNDLED,
    model_id=BUNDLED,
    family=BUNDLED,
    max_output_tokens=1_000_000,
    context_tokens=1_000_000,
    takes_system=False,
    price_in=0.0,
    price_out=0.0,
    state="active",
)


def open_provider(settings: Settings, seeds: Seeds) -> Provider:
    """Open the provider of the model that the settings name.

    Raises:
        UsageError: there can be no such model.
        ServiceError: AWS is not set up.
    """
    # Imported here, so that a run with nothing to pull need load neither the content nor boto3.
    if settings.model == BUNDLED:
        from extract.providers.bundled.provider import BundledProvider

        return BundledProvider(settings.content_dir, seeds)
    from extract.providers.bedrock.provider import BedrockProvider

    return BedrockProvider(choose_model(settings, seeds), settings, seeds)


def choose_model(settings: Settings, seeds: Seeds) -> Model:
    """Find what is known of the settings' model.

    Raises:
        UsageError: there can be none.
    """
    if settings.model == BUNDLED:
        return BUNDLED_MODEL
    return find_model(settings.model, seeds.models, settings.model_family, settings.stated_max_tokens)
