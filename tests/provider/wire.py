"""The bodies of the Bedrock Runtime wire, seen from the service's side."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

Body = dict[str, Any]

# Keys that a family's body may have; any other is refused, as the service does.
NATIVE_KEYS = {
    "mistral": ({"prompt"}, {"max_tokens", "stop", "temperature", "top_p", "top_k"}),
    "anthropic": (
        {"anthropic_version", "max_tokens", "messages"},
        {"system", "temperature", "top_p", "top_k", "stop_sequences", "tools", "tool_choice", "output_config"},
    ),
    "llama": ({"prompt"}, {"temperature", "top_p", "max_gen_len"}),
    "titan": ({"inputText"}, {"textGenerationConfig"}),
    "nova": ({"messages"}, {"system", "inferenceConfig", "toolConfig"}),
    "cohere": (
        {"message"},
        {"chat_history", "preamble", "max_tokens", "temperature", "p", "k", "stop_sequences"},
    ),
    "chat": ({"messages"}, {"max_tokens", "temperature", "top_p", "response_format"}),
}
# Whom the service lets call tools, and whom it holds to a schema.
_HAS_TOOLS = re.compile(
    r"claude-(?:3|haiku-4|sonnet-4|opus-4)|nova|ministral|mistral-(?:large|small)|llama(?:3-[123]|4)"
)
_HAS_SCHEMA = re.compile(r"(?:haiku|sonnet|opus)-4-5|ministral|qwen|deepseek|gemma|gpt-oss")
DEFAULT_TOKENS = {"mistral": 512, "llama": 512, "titan": 512}


def detect_family(model_id: str) -> str:
    """Tell which family's rules a model id has."""
    for part, family in (
        ("anthropic", "anthropic"),
        ("ministral", "chat"),
        ("openai", "chat"),
        ("mistral", "mistral"),
        ("llama", "llama"),
        ("titan", "titan"),
        ("nova", "nova"),
        ("cohere", "cohere"),
    ):
        if part in model_id:
            return family
    return "unknown"


def find_bad_key(family: str, body: Body) -> str | None:
    """Say what is wrong with a native body, in the service's words."""
    required, optional = NATIVE_KEYS[family]
    missing = sorted(required - body.keys())
    extra = sorted(body.keys() - required - optional)
    if missing:
        return f"Malformed input request: #: required key [{missing[0]}] not found"
    if extra:
        return f"Malformed input request: #: extraneous key [{extra[0]}] is not permitted"
    return None


def read_native(family: str, body: Body) -> tuple[str, Body]:
    """Read prompt and options out of a native body."""
    if family in ("mistral", "llama"):
        return body["prompt"], body
    if family == "titan":
        return body["inputText"], body.get("textGenerationConfig", {})
    if family == "cohere":
        return f"{body.get('preamble', '')}\n\n{body['message']}", body
    system = body.get("system", "")
    system = "".join(block["text"] for block in system) if isinstance(system, list) else system
    said = "\n\n".join(_join(turn["content"]) for turn in body["messages"])
    return f"{system}\n\n{said}", body.get("inferenceConfig", body)


def _join(content: str | list[Body]) -> str:
    return content if isinstance(content, str) else "".join(block["text"] for block in content)


def find_limit(family: str, options: Body) -> int:
    """Find how many tokens a native request allows."""
    names = ("max_tokens", "max_gen_len", "maxTokenCount", "maxTokens")
    stated = next((options[name] for name in names if name in options), None)
    return int(stated) if stated is not None else DEFAULT_TOKENS.get(family, 4096)


def find_structure_problem(model: str, body: Body) -> str | None:
    """Say which structure of a request its model does not take, in the service's words."""
    if "toolConfig" in body or "tools" in body:
        if not _HAS_TOOLS.search(model):
            return "This model doesn't support tool use."
        if problem := _find_tool_problem(body):
            return problem
    if text_format := body.get("outputConfig", {}).get("textFormat"):
        return _find_schema_problem(model, json.loads(text_format["structure"]["jsonSchema"]["schema"]))
    if text_format := body.get("output_config", {}).get("format"):
        return _find_schema_problem(model, text_format["schema"])
    return None


def _find_tool_problem(body: Body) -> str | None:
    tools = body.get("tools") or [tool["toolSpec"] for tool in body["toolConfig"]["tools"]]
    schemas = [tool["input_schema"] if "input_schema" in tool else tool["inputSchema"]["json"] for tool in tools]
    is_plain = all(set(schema) <= {"type", "properties", "required"} for schema in schemas)
    return None if is_plain else "The toolConfig.tools.0 inputSchema is not valid."


def _find_schema_problem(model: str, schema: Any) -> str | None:
    if not _HAS_SCHEMA.search(model):
        return "This model doesn't support the outputConfig.textFormat field. Remove it and try again."
    for part in _walk(schema):
        if part.get("type") == "object" and part.get("additionalProperties") is not False:
            return "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly false"
        if part.keys() & {"minLength", "maxLength", "pattern", "maxItems"} or part.get("minItems", 0) > 1:
            return "output_config.format.schema: a keyword is not supported"
    return None


def _walk(schema: Any) -> list[Body]:
    parts = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return [schema, *(found for part in parts for found in _walk(part))]


def find_tool_input(body: Body, text: str) -> Any:
    """Find what a tool that is asked for gets: the records of a text that is a list of them, or None."""
    if "toolConfig" not in body and "tools" not in body:
        return None
    try:
        records = json.loads(text)
    except ValueError:
        return None
    return {"records": records} if isinstance(records, list) else None


def write_native(family: str, text: str, is_cut: bool, sent: int, said: int, given: Any = None) -> Body:
    """Write the reply body of a family; what a tool is given stands in the place of the text."""
    body = _WRITERS[family](text, is_cut, sent, said)
    if given is not None and family == "anthropic":
        called = {"type": "tool_use", "id": "toolu_1", "name": "give_records", "input": given}
        return {**body, "content": [{"type": "text", "text": "Here they are."}, called], "stop_reason": "tool_use"}
    return write_converse(text, "tool_use", sent, said, given) if given is not None and family == "nova" else body


def write_converse(text: str, stop_reason: str, sent: int, said: int, given: Any = None) -> Body:
    """Write the reply of Converse; what a tool is given stands in the place of the text."""
    content: list[Body] = [{"text": text}]
    if given is not None:
        content = [{"text": "Here."}, {"toolUse": {"toolUseId": "tooluse_1", "name": "give_records", "input": given}}]
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop_reason,
        "usage": {"inputTokens": sent, "outputTokens": said, "totalTokens": sent + said},
        "metrics": {"latencyMs": 1},
    }


_WRITERS: dict[str, Callable[[str, bool, int, int], Body]] = {
    "mistral": lambda text, cut, sent, said: {
        "outputs": [{"text": f" {text}", "stop_reason": "length" if cut else "stop"}]
    },
    "anthropic": lambda text, cut, sent, said: {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude",
        "content": [{"type": "text", "text": text}],
        "stop_reason": "max_tokens" if cut else "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": sent, "output_tokens": said},
    },
    "llama": lambda text, cut, sent, said: {
        "generation": f"\n\n{text}",
        "prompt_token_count": sent,
        "generation_token_count": said,
        "stop_reason": "length" if cut else "stop",
    },
    "titan": lambda text, cut, sent, said: {
        "inputTextTokenCount": sent,
        "results": [
            {
                "tokenCount": said,
                "outputText": f"\n{text}",
                "completionReason": "LENGTH" if cut else "FINISH",
            }
        ],
    },
    "nova": lambda text, cut, sent, said: write_converse(text, "max_tokens" if cut else "end_turn", sent, said),
    "cohere": lambda text, cut, sent, said: {
        "text": text,
        "generation_id": "g",
        "finish_reason": "MAX_TOKENS" if cut else "COMPLETE",
    },
    "chat": lambda text, cut, sent, said: {
        "choices": [{"message": {"content": text}, "finish_reason": "length" if cut else "stop"}],
        "usage": {"prompt_tokens": sent, "completion_tokens": said},
    },
}
