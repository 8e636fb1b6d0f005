"""How long a reply may get: which of several caps holds, and what to raise."""

from __future__ import annotations

from extract.planning.seeds import Model
from extract.settings import BUNDLED, PREFIX, Settings

_SETTING = f"{PREFIX}MAX_TOKENS"


def limit_output(model: Model, settings: Settings) -> int:
    """Tell the most tokens of one reply: of the model, of the settings, and half of what fits in all."""
    return min(_list_caps(model, settings).values())


def describe_cap(model: Model, settings: Settings) -> str | None:
    """Say which cap holds where somebody has asked for more; None where they get what they asked for."""
    limit = limit_output(model, settings)
    if model.family == BUNDLED or (settings.stated_max_tokens or 0) <= limit:
        return None
    asked = f"{_SETTING}={settings.max_tokens}"
    return f"{asked} is more than {model.alias} gets: {limit:,} tokens a reply, by {_name_caps(model, settings)}"


def describe_caps(model: Model, settings: Settings, limit: int | None) -> str:
    """Say what to raise where replies are cut at the limit; empty where there is none."""
    if limit is None:
        return ""
    said = f"Replies end at {limit:,} tokens"
    if limit < limit_output(model, settings):
        return f"{said}, more than which the service does not allow: take another model."
    return f"{said}: raise {_name_caps(model, settings)}, or take another model."


def _list_caps(model: Model, settings: Settings) -> dict[str, int]:
    if not model.alias:
        # A model that is not in the table has careful caps, unless the setting states others.
        default = "" if settings.stated_max_tokens else f" (unset: {model.max_output_tokens:,} outside models.csv)"
        return {_SETTING + default: min(settings.max_tokens, model.max_output_tokens, model.context_tokens // 2)}
    return {
        _SETTING: settings.max_tokens,
        f"max_output_tokens of {model.alias} in models.csv": model.max_output_tokens,
        f"context_tokens of {model.alias} in models.csv": model.context_tokens // 2,
    }


def _name_caps(model: Model, settings: Settings) -> str:
    caps = _list_caps(model, settings)
    return " and ".join(name for name, cap in caps.items() if cap == min(caps.values()))
