"""Providers: whoever answers a batch request with text."""

from __future__ import annotations

from extract.config import BUNDLED, Settings
from extract.errors import UsageError
from extract.providers.base import BatchRequest, Completion, Provider
from extract.seeds import Seeds

__all__ = ["BatchRequest", "Completion", "Provider", "open_provider"]


def open_provider(settings: Settings, seeds: Seeds) -> Provider:
    """Open the provider of the model that the settings name.

    Raises:
        UsageError: no provider knows the model.
    """
    # Imported here, so that a run with nothing to pull need not load the content.
    from extract.providers.bundled import BundledProvider

    check_model(settings.model)
    return BundledProvider(settings.content_dir, seeds)


def check_model(model: str) -> None:
    """Refuse a model that no provider knows."""
    if model != BUNDLED:
        raise UsageError(f"model {model!r} is not available yet; the only one so far is: {BUNDLED}")
