"""InvokeModel: the bodies and replies of each family, for models that Converse refuses."""

from __future__ import annotations

import json
from collections.abc import Mapping

from extract.errors import CallFailed, ServiceError
from extract.prompts.build import Prompt
from extract.providers.bedrock.capabilities import Capabilities
from extract.providers.bedrock.converse import Answer, Sampling, build_inference
from extract.providers.bedrock.families import FAMILIES, Body
from extract.providers.bedrock.fields import add_counts, read_count, read_reason, read_text
from extract.providers.bedrock.wire import explain_proxy, is_page

# Each family has its own words for the same three things.
STOP_REASONS = {
    "stop": "end_turn",
    "FINISH": "end_turn",
    "FINISHED": "end_turn",
    "COMPLETE": "end_turn",
    "length": "max_tokens",
    "LENGTH": "max_tokens",
    "MAX_TOKENS": "max_tokens",
    "STOP_CRITERIA_MET": "stop_sequence",
    "tool_calls": "tool_use",
}
# The headers' own names for the same three.
_INPUT_SIDES = ("input", "cache-read-input", "cache-write-input")


def build_body(capabilities: Capabilities, prompt: Prompt, sampling: Sampling) -> Body:
    """Build the body that the family takes.

    Raises:
        ServiceError: Converse was refused, and the family is not known.
    """
    family = FAMILIES.get(capabilities.model.family)
    if family is None:
        raise ServiceError(
            "family",
            "Converse does not take this model and its name does not show the family; "
            f"set --family to one of: {', '.join(FAMILIES)}.",
        )
    config = build_inference(capabilities, sampling)
    options = {family.options[name]: value for name, value in config.items()}
    return family.build(prompt, options, capabilities.takes_system and bool(prompt.system))


def read_body(family: str, raw: bytes, headers: Mapping[str, str]) -> Answer:
    """Read the family's reply; token counts come from the body, or else from the headers.

    Raises:
        CallFailed: it is not what the family answers with.
        ServiceError: it is a page that somebody else than AWS has answered with.
    """
    if is_page(raw):
        raise explain_proxy(200, raw)
    try:
        reply = FAMILIES[family].read(json.loads(raw))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise CallFailed("CutReply", "the reply cannot be read as one of its family", may_be_billed=True) from error
    sent, said = add_counts(*reply.input_counts), read_count(reply.output_count)
    if sent is None:
        sent = add_counts(*(headers.get(f"x-amzn-bedrock-{side}-token-count") for side in _INPUT_SIDES))
    if said is None:
        said = read_count(headers.get("x-amzn-bedrock-output-token-count"))
    reason = read_reason(reply.stop_reason)
    return Answer(
        text=read_text(reply.content),
        stop_reason=STOP_REASONS.get(reason, reason),
        input_tokens=sent,
        output_tokens=said,
    )
