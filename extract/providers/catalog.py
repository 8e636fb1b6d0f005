"""The catalog: what is known of a model, by alias, model id, inference profile or ARN."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from extract.errors import SeedError, UsageError
from extract.planning.seeds import Model
from extract.replies.redact import redact

UNKNOWN = "unknown"
# What every model of the last years can do: enough for small batches, sent in the plainest form.
UNKNOWN_OUTPUT_TOKENS = 2048
UNKNOWN_CONTEXT_TOKENS = 8192

_GEOGRAPHY = re.compile(r"^(us-gov|us|eu|apac|jp|au|ca|global)\.")
# Who takes tools, by family and version: Claude 3, Nova, Llama 3.1 (3.2 from 11B on), Mistral Large and Small, and all
# that came after.
_TAKES_TOOLS = re.compile(
    r"claude-(?:3|(?:haiku|sonnet|opus)-[4-9])|nova|ministral|magistral|devstral|pixtral|mistral-(?:large|small)"
    r"|llama3-[13]-|llama3-2-(?:11|90)b|llama-?[4-9]"
)
# Whom the service holds to a JSON schema: Claude 4.5 and later, and newer open models.
_TAKES_JSON_SCHEMA = re.compile(
    r"claude-(?:haiku|sonnet|opus)-(?:4-[5-9]|[5-9])|ministral|magistral|mistral-large-3|gpt-oss|qwen|deepseek|gemma"
)
# Of these every version that still answers takes tools, so that the family's name alone says it.
_FAMILIES_WITH_TOOLS = ("anthropic", "nova")
_ARN = re.compile(r"^arn:[\w-]+:(bedrock|sagemaker):[\w-]*:\d*:([\w-]+)/(.+)$")
# The characters and the length that the Converse API allows for modelId.
_MODEL_ID = re.compile(r"[A-Za-z0-9.:/_-]{1,2048}")


def find_model(name: str, models: Sequence[Model], family: str = "", max_tokens: int | None = None) -> Model:
    """Find what is known of a model; an unknown one gets careful defaults and no price.

    Args:
        name: an alias, model id, inference profile or ARN.
        models: the catalog.
        family: overrides the family, for names that do not tell it.
        max_tokens: the longest reply that somebody has asked for, which counts for a model that nobody knows.

    Raises:
        UsageError: the name is no alias and cannot be a model id, or there is no such family.
        SeedError: the catalog names a family that does not exist.
    """
    # Imported here: the bundled content is none of these models.
    from extract.providers.bedrock.families import FAMILIES

    names = f"families are: {', '.join(FAMILIES)}"
    if family and family not in FAMILIES:
        raise UsageError(f"unknown family {family!r}; {names}")
    known = _find_known(name, models)
    if known and known.family not in (*FAMILIES, UNKNOWN):
        raise SeedError(f"models.csv: {known.alias} is of the family {known.family!r}; {names}")
    if known is None and not (re.search(r"[.:/]", name) and _MODEL_ID.fullmatch(name)):
        raise UsageError(_describe_typo(name, models))
    model = known or _make_unknown(name, max_tokens or UNKNOWN_OUTPUT_TOKENS)
    if not family:
        return model
    takes_tools = model.takes_tools or (model.family == UNKNOWN and family in _FAMILIES_WITH_TOOLS)
    return model.model_copy(update={"family": family, "takes_tools": takes_tools})


def detect_family(model_id: str) -> str:
    """Tell the family by the name; `unknown` if it does not say."""
    from extract.providers.bedrock.families import FAMILIES

    found = (family.name for family in FAMILIES.values() if re.search(family.pattern, model_id))
    return next(found, UNKNOWN)


def price_call(model: Model, input_tokens: int, output_tokens: int) -> float | None:
    """Tell what a call costs in USD, or None where no price is known."""
    if model.price_in is None or model.price_out is None:
        return None
    return (input_tokens * model.price_in + output_tokens * model.price_out) / 1_000_000


def describe_lifecycle(model: Model) -> str | None:
    """Warn of a model that is on its way out, with the one to take instead."""
    if model.state not in ("legacy", "retired"):
        return None
    when = f" ({'since' if model.state == 'retired' else 'ends'} {model.state_date})" if model.state_date else ""
    instead = f"; its successor is --model {model.successor}" if model.successor else ""
    return f"{model.alias or model.model_id} is a {model.state} model{when}{instead}. Trying it nevertheless."


def _find_known(name: str, models: Sequence[Model]) -> Model | None:
    by_alias = next((model for model in models if name in (model.alias, model.model_id)), None)
    if by_alias:
        return by_alias
    model_id = _read_arn(name)
    known = next((m for m in models if _strip_geography(m.model_id) == _strip_geography(model_id)), None)
    if known is None:
        return None
    return _reprice(known, model_id).model_copy(update={"model_id": name})


def _read_arn(name: str) -> str:
    """Read the model id out of an ARN that holds one."""
    found = _ARN.match(name)
    return found[3] if found and found[2] in ("foundation-model", "inference-profile") else name


def _strip_geography(model_id: str) -> str:
    return _GEOGRAPHY.sub("", model_id)


def _reprice(model: Model, model_id: str) -> Model:
    """Add the surcharge of a profile that keeps calls in one region of the world."""
    geography = _GEOGRAPHY.match(model_id)
    if not geography or geography[1] == "global" or model.price_in is None or model.price_out is None:
        return model
    factor = 1 + model.regional_surcharge_percent / 100
    return model.model_copy(update={"price_in": model.price_in * factor, "price_out": model.price_out * factor})


def _make_unknown(name: str, max_tokens: int) -> Model:
    model_id = _read_arn(name)
    return Model(
        alias="",
        model_id=name,
        family=detect_family(model_id),
        max_output_tokens=max_tokens,
        context_tokens=max(UNKNOWN_CONTEXT_TOKENS, 2 * max_tokens),
        takes_system=False,
        takes_tools=bool(_TAKES_TOOLS.search(model_id)),
        takes_json_schema=bool(_TAKES_JSON_SCHEMA.search(model_id)),
    )


def _describe_typo(name: str, models: Sequence[Model]) -> str:
    aliases = [model.alias for model in models]
    close = get_close_matches(name, aliases, 1)
    hint = f"did you mean {close[0]}?" if close else f"aliases are: bundled, {', '.join(aliases)};"
    return f"unknown model {redact(name[:80])!r}; {hint} A Bedrock model id, inference profile or ARN works too."
