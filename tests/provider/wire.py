"""The bodies of the Bedrock Runtime wire, seen from the service's side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Body = dict[str, Any]

# Keys that a family's body may have; any other is refused, as the service does.
NATIVE_KEYS = {
    "mistral": ({"prompt"}, {"max_tokens", "stop", "temperature", "top_p", "top_k"}),
    "anthropic": (
        {"anthropic_version", "max_tokens", "messages"},
        {"system", "temperature", "top_p", "top_k", "stop_sequences"},
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


def write_native(family: str, text: str, is_cut: bool, sent: int, said: int) -> Body:
    """Write the reply body of a family."""
    return _WRITERS[family](text, is_cut, sent, said)


def write_converse(text: str, stop_reason: str, sent: int, said: int) -> Body:
    """Write the reply of Converse."""
    return {
        "output": {"message": {"role": "assistant", "content": [{"text": text}]}},
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
