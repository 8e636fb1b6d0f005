"""InvokeModel: the bodies and replies of each family, for models that Converse refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from extract.errors import CallFailed, ServiceError
from extract.prompts.build import Prompt
from extract.providers.bedrock.capabilities import Capabilities
from extract.providers.bedrock.converse import INPUT_COUNTS, Answer, Sampling, build_inference
from extract.providers.bedrock.fields import add_counts, read_count, read_object, read_reason, read_text
from extract.providers.bedrock.wire import explain_proxy, is_page

Body = dict[str, Any]
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
}
_ANTHROPIC_INPUT_COUNTS = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
# The headers' own names for the same three.
_INPUT_SIDES = ("input", "cache-read-input", "cache-write-input")
# None of the names of Converse's fields fits another family.
_NAMES = {
    "mistral": {"maxTokens": "max_tokens", "temperature": "temperature", "topP": "top_p"},
    "anthropic": {"maxTokens": "max_tokens", "temperature": "temperature", "topP": "top_p"},
    "llama": {"maxTokens": "max_gen_len", "temperature": "temperature", "topP": "top_p"},
    "titan": {"maxTokens": "maxTokenCount", "temperature": "temperature", "topP": "topP"},
    "nova": {"maxTokens": "maxTokens", "temperature": "temperature", "topP": "topP"},
    "cohere": {"maxTokens": "max_tokens", "temperature": "temperature", "topP": "p"},
    "chat": {"maxTokens": "max_tokens", "temperature": "temperature", "topP": "top_p"},
}


def build_body(capabilities: Capabilities, prompt: Prompt, sampling: Sampling) -> Body:
    """Build the body that the family takes.

    Raises:
        ServiceError: Converse was refused, and the family is not known.
    """
    family = capabilities.model.family
    if family not in _NAMES:
        raise ServiceError(
            "family",
            "Converse does not take this model and its name does not tell the family; "
            f"set --family to one of: {', '.join(_NAMES)}.",
        )
    config = build_inference(capabilities, sampling)
    options = {_NAMES[family][name]: value for name, value in config.items()}
    return _BUILDERS[family](prompt, options, capabilities.takes_system and bool(prompt.system))


def read_body(family: str, raw: bytes, headers: Mapping[str, str]) -> Answer:
    """Read the family's reply; token counts come from the body, or else from the headers.

    Raises:
        CallFailed: it is not what the family answers with.
        ServiceError: it is a page that somebody else than AWS has answered with.
    """
    if is_page(raw):
        raise explain_proxy(200, raw)
    try:
        content, reason, used = _READERS[family](json.loads(raw))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise CallFailed("CutReply", "the reply cannot be read as one of its family", may_be_billed=True) from error
    sent, said = add_counts(*used[0]), read_count(used[1])
    if sent is None:
        sent = add_counts(*(headers.get(f"x-amzn-bedrock-{side}-token-count") for side in _INPUT_SIDES))
    if said is None:
        said = read_count(headers.get("x-amzn-bedrock-output-token-count"))
    reason = read_reason(reason)
    return Answer(
        text=read_text(content), stop_reason=STOP_REASONS.get(reason, reason), input_tokens=sent, output_tokens=said
    )


def _build_mistral(prompt: Prompt, options: Body, has_system: bool) -> Body:
    return {"prompt": f"<s>[INST] {prompt.text} [/INST]", **options}


def _build_anthropic(prompt: Prompt, options: Body, has_system: bool) -> Body:
    body = {"anthropic_version": "bedrock-2023-05-31", "messages": _messages(prompt, has_system), **options}
    return {**body, "system": prompt.system} if has_system else body


def _build_llama(prompt: Prompt, options: Body, has_system: bool) -> Body:
    turns = [("system", prompt.system), ("user", prompt.user)] if has_system else [("user", prompt.text)]
    said = "".join(f"<|start_header_id|>{role}<|end_header_id|>\n\n{text}<|eot_id|>" for role, text in turns)
    return {
        "prompt": f"<|begin_of_text|>{said}<|start_header_id|>assistant<|end_header_id|>\n\n",
        **options,
    }


def _build_titan(prompt: Prompt, options: Body, has_system: bool) -> Body:
    return {"inputText": f"User: {prompt.text}\nBot:", "textGenerationConfig": options}


def _build_nova(prompt: Prompt, options: Body, has_system: bool) -> Body:
    user = prompt.user if has_system else prompt.text
    body: Body = {"messages": [{"role": "user", "content": [{"text": user}]}], "inferenceConfig": options}
    return {**body, "system": [{"text": prompt.system}]} if has_system else body


def _build_cohere(prompt: Prompt, options: Body, has_system: bool) -> Body:
    body = {"message": prompt.user if has_system else prompt.text, **options}
    return {**body, "preamble": prompt.system} if has_system else body


def _build_chat(prompt: Prompt, options: Body, has_system: bool) -> Body:
    system = [{"role": "system", "content": prompt.system}] if has_system else []
    return {"messages": system + _messages(prompt, has_system), **options}


def _messages(prompt: Prompt, has_system: bool) -> list[Body]:
    return [{"role": "user", "content": prompt.user if has_system else prompt.text}]


# The text or its parts; why it ended; what was sent, in one count or several to be added; what was said.
_Read = tuple[object, object, tuple[tuple[object, ...], object]]


def _read_mistral(body: Body) -> _Read:
    output = body["outputs"][0]
    return output["text"], output["stop_reason"], ((), None)


def _read_anthropic(body: Body) -> _Read:
    usage = read_object(body.get("usage"))
    sent = tuple(usage.get(name) for name in _ANTHROPIC_INPUT_COUNTS)
    return body["content"], body["stop_reason"], (sent, usage.get("output_tokens"))


def _read_llama(body: Body) -> _Read:
    used = ((body.get("prompt_token_count"),), body.get("generation_token_count"))
    return body["generation"], body["stop_reason"], used


def _read_titan(body: Body) -> _Read:
    result = body["results"][0]
    used = ((body.get("inputTextTokenCount"),), result.get("tokenCount"))
    return result["outputText"], result["completionReason"], used


def _read_nova(body: Body) -> _Read:
    usage = read_object(body.get("usage"))
    # Nova's own body has had both forms of the cache's names.
    sent = tuple(usage.get(name, usage.get(f"{name[:-1]}Count")) for name in INPUT_COUNTS)
    return body["output"]["message"]["content"], body["stopReason"], (sent, usage.get("outputTokens"))


def _read_cohere(body: Body) -> _Read:
    return body["text"], body["finish_reason"], ((), None)


def _read_chat(body: Body) -> _Read:
    choice = body["choices"][0]
    usage = read_object(body.get("usage"))
    # What came from a cache is part of prompt_tokens.
    used = ((usage.get("prompt_tokens"),), usage.get("completion_tokens"))
    # A message that only thinks or calls a tool may leave its content out; completions have no message.
    content = choice["message"].get("content") if "message" in choice else choice["text"]
    return content, choice["finish_reason"], used


_BUILDERS: Mapping[str, Callable[[Prompt, Body, bool], Body]] = {
    "mistral": _build_mistral,
    "anthropic": _build_anthropic,
    "llama": _build_llama,
    "titan": _build_titan,
    "nova": _build_nova,
    "cohere": _build_cohere,
    "chat": _build_chat,
}
_READERS: Mapping[str, Callable[[Body], _Read]] = {
    "mistral": _read_mistral,
    "anthropic": _read_anthropic,
    "llama": _read_llama,
    "titan": _read_titan,
    "nova": _read_nova,
    "cohere": _read_cohere,
    "chat": _read_chat,
}
