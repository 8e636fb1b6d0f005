"""Converse: one request and one reply shape for every family."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.errors import CallFailed
from extract.prompts.build import Prompt
from extract.prompts.structure import RECORDS, Structure
from extract.providers.bedrock.capabilities import Capabilities
from extract.providers.bedrock.families import INPUT_COUNTS, build_tool_config
from extract.providers.bedrock.fields import add_counts, read_count, read_object, read_reason, read_text


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a model said, whichever way it was asked; token counts are None where the reply lacks them."""

    text: str
    stop_reason: str
    input_tokens: int | None
    output_tokens: int | None


@dataclass(frozen=True)
class Sampling:
    """How freely a model chooses its words, and how many."""

    max_tokens: int
    temperature: float
    top_p: float


def build_inference(capabilities: Capabilities, sampling: Sampling) -> dict[str, float]:
    """Choose, of what may be asked for, what this model takes."""
    config: dict[str, float] = {"maxTokens": min(sampling.max_tokens, capabilities.max_tokens)}
    if capabilities.takes_temperature:
        config["temperature"] = sampling.temperature
    if capabilities.takes_top_p:
        config["topP"] = sampling.top_p
    return config


def build_converse(capabilities: Capabilities, prompt: Prompt, sampling: Sampling) -> dict[str, Any]:
    """Build the arguments of `converse`; without a system prompt, all of it goes in the user turn."""
    user = prompt.user if capabilities.takes_system else prompt.text
    request: dict[str, Any] = {
        "modelId": capabilities.model.model_id,
        "messages": [{"role": "user", "content": [{"text": user}]}],
        "inferenceConfig": build_inference(capabilities, sampling),
    }
    if capabilities.takes_system and prompt.system:
        request["system"] = [{"text": prompt.system}]
    if prompt.structure is Structure.TOOL:
        request["toolConfig"] = build_tool_config(prompt)
    elif prompt.structure is Structure.JSON_SCHEMA:
        schema = {"name": RECORDS, "schema": json.dumps(prompt.schema)}
        request["outputConfig"] = {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": schema}}}
    return request


def read_converse(response: Mapping[str, Any]) -> Answer:
    """Read the reply of `converse`.

    Raises:
        CallFailed: it has no output: the connection was cut in the middle, which botocore does not report; or
            no text can be read from it.
    """
    message = read_object(response.get("output")).get("message")
    if not isinstance(message, dict) or "stopReason" not in response:
        raise CallFailed("CutReply", "the reply was cut off on its way", may_be_billed=True)
    usage = read_object(response.get("usage"))
    # What was read from a cache or written to one is input, too, and not in inputTokens.
    sent = add_counts(*(usage.get(name) for name in INPUT_COUNTS))
    # Reasoning and the like stand in blocks of their own, which have no text; what a tool was called with is JSON.
    text = read_text(message.get("content"))
    return Answer(
        text=text,
        stop_reason=read_reason(response["stopReason"]),
        input_tokens=sent,
        output_tokens=read_count(usage.get("outputTokens")),
    )
