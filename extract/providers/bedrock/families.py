"""Families of models: how each is recognized by its name, and what its own bodies of InvokeModel look like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.prompts.structure import RECORDS, TOOL_DESCRIPTION, TOOL_NAME, Structure
from extract.providers.bedrock.fields import read_object

if TYPE_CHECKING:
    from extract.prompts.build import Prompt

Body = dict[str, Any]
# Counts of input tokens in Converse, which have to be added: what came from a cache is not in the first.
INPUT_COUNTS = ("inputTokens", "cacheReadInputTokens", "cacheWriteInputTokens")


@dataclass(frozen=True, kw_only=True)
class FamilyReply:
    """What stands in a family's body, not yet checked.

    Attributes:
        content: the text, or its parts.
        stop_reason: why it ended, in the family's words.
        input_counts: numbers of tokens that were sent, to be added.
        output_count: the number of tokens that came back.
    """

    content: object
    stop_reason: object
    input_counts: tuple[object, ...] = ()
    output_count: object = None


@dataclass(frozen=True, kw_only=True)
class Family:
    """All that is known of one family.

    Attributes:
        name: what `--family` and models.csv call it.
        pattern: finds it in a model id.
        options: its names of the options of Converse.
        build: builds a body of a prompt, the options, and whether the prompt's system part goes apart.
        read: reads a reply's body; an error means that it is not of this family.
        structures: how its body can hold a reply to a schema; none where it can only be told.
    """

    name: str
    pattern: str
    options: Mapping[str, str]
    build: Callable[[Prompt, Body, bool], Body]
    read: Callable[[Body], FamilyReply]
    structures: tuple[Structure, ...] = ()


def _name_options(*, max_tokens: str, top_p: str) -> Mapping[str, str]:
    return {"maxTokens": max_tokens, "temperature": "temperature", "topP": top_p}


def _list_messages(prompt: Prompt, has_system: bool) -> list[Body]:
    return [{"role": "user", "content": prompt.user if has_system else prompt.text}]


def _build_anthropic(prompt: Prompt, options: Body, has_system: bool) -> Body:
    body: Body = {"anthropic_version": "bedrock-2023-05-31", "messages": _list_messages(prompt, has_system), **options}
    if has_system:
        body["system"] = prompt.system
    if prompt.structure is Structure.TOOL:
        tool = {"name": TOOL_NAME, "description": TOOL_DESCRIPTION, "input_schema": prompt.schema}
        body |= {"tools": [tool], "tool_choice": {"type": "tool", "name": TOOL_NAME}}
    elif prompt.structure is Structure.JSON_SCHEMA:
        body["output_config"] = {"format": {"type": "json_schema", "schema": prompt.schema}}
    return body


def _read_anthropic(body: Body) -> FamilyReply:
    usage = read_object(body.get("usage"))
    names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    return FamilyReply(
        content=body["content"],
        stop_reason=body["stop_reason"],
        input_counts=tuple(usage.get(name) for name in names),
        output_count=usage.get("output_tokens"),
    )


ANTHROPIC = Family(
    name="anthropic",
    pattern=r"anthropic|claude",
    options=_name_options(max_tokens="max_tokens", top_p="top_p"),
    build=_build_anthropic,
    read=_read_anthropic,
    structures=(Structure.TOOL, Structure.JSON_SCHEMA),
)


def _build_chat(prompt: Prompt, options: Body, has_system: bool) -> Body:
    system = [{"role": "system", "content": prompt.system}] if has_system else []
    body: Body = {"messages": system + _list_messages(prompt, has_system), **options}
    if prompt.structure is Structure.JSON_SCHEMA:
        schema = {"name": RECORDS, "schema": prompt.schema, "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body


def _read_chat(body: Body) -> FamilyReply:
    choice = body["choices"][0]
    usage = read_object(body.get("usage"))
    return FamilyReply(
        # A message that only thinks or calls a tool may leave its content out; completions have no message.
        content=choice["message"].get("content") if "message" in choice else choice["text"],
        stop_reason=choice["finish_reason"],
        # What came from a cache is part of prompt_tokens.
        input_counts=(usage.get("prompt_tokens"),),
        output_count=usage.get("completion_tokens"),
    )


CHAT = Family(
    name="chat",
    pattern=r"ministral|magistral|devstral|mistral-large-3|voxtral|pixtral|openai|gpt-oss|qwen|gemma|deepseek"
    r"|moonshot|kimi|minimax|zai|glm|nvidia|nemotron",
    options=_name_options(max_tokens="max_tokens", top_p="top_p"),
    build=_build_chat,
    read=_read_chat,
    structures=(Structure.JSON_SCHEMA,),
)


def _build_mistral(prompt: Prompt, options: Body, has_system: bool) -> Body:
    return {"prompt": f"<s>[INST] {prompt.text} [/INST]", **options}


def _read_mistral(body: Body) -> FamilyReply:
    output = body["outputs"][0]
    return FamilyReply(content=output["text"], stop_reason=output["stop_reason"])


MISTRAL = Family(
    name="mistral",
    pattern=r"mistral|mixtral",
    options=_name_options(max_tokens="max_tokens", top_p="top_p"),
    build=_build_mistral,
    read=_read_mistral,
)


def _build_llama(prompt: Prompt, options: Body, has_system: bool) -> Body:
    turns = [("system", prompt.system), ("user", prompt.user)] if has_system else [("user", prompt.text)]
    said = "".join(f"<|start_header_id|>{role}<|end_header_id|>\n\n{text}<|eot_id|>" for role, text in turns)
    return {
        "prompt": f"<|begin_of_text|>{said}<|start_header_id|>assistant<|end_header_id|>\n\n",
        **options,
    }


def _read_llama(body: Body) -> FamilyReply:
    return FamilyReply(
        content=body["generation"],
        stop_reason=body["stop_reason"],
        input_counts=(body.get("prompt_token_count"),),
        output_count=body.get("generation_token_count"),
    )


LLAMA = Family(
    name="llama",
    pattern=r"llama",
    options=_name_options(max_tokens="max_gen_len", top_p="top_p"),
    build=_build_llama,
    read=_read_llama,
)


def _build_titan(prompt: Prompt, options: Body, has_system: bool) -> Body:
    return {"inputText": f"User: {prompt.text}\nBot:", "textGenerationConfig": options}


def _read_titan(body: Body) -> FamilyReply:
    result = body["results"][0]
    return FamilyReply(
        content=result["outputText"],
        stop_reason=result["completionReason"],
        input_counts=(body.get("inputTextTokenCount"),),
        output_count=result.get("tokenCount"),
    )


TITAN = Family(
    name="titan",
    pattern=r"titan-text|titan-tg",
    options=_name_options(max_tokens="maxTokenCount", top_p="topP"),
    build=_build_titan,
    read=_read_titan,
)


def _build_nova(prompt: Prompt, options: Body, has_system: bool) -> Body:
    user = prompt.user if has_system else prompt.text
    body: Body = {"messages": [{"role": "user", "content": [{"text": user}]}], "inferenceConfig": options}
    if has_system:
        body["system"] = [{"text": prompt.system}]
    if prompt.structure is Structure.TOOL:
        body["toolConfig"] = build_tool_config(prompt)
    return body


def build_tool_config(prompt: Prompt) -> Body:
    """Build what makes a model call the one tool, in the words of Converse.

    With one tool "any" is that tool; more models take it than take a tool by name.
    """
    tool = {"name": TOOL_NAME, "description": TOOL_DESCRIPTION, "inputSchema": {"json": prompt.schema}}
    return {"tools": [{"toolSpec": tool}], "toolChoice": {"any": {}}}


def _read_nova(body: Body) -> FamilyReply:
    usage = read_object(body.get("usage"))
    return FamilyReply(
        content=body["output"]["message"]["content"],
        stop_reason=body["stopReason"],
        # Nova's own body has had both forms of the cache's names.
        input_counts=tuple(usage.get(name, usage.get(f"{name[:-1]}Count")) for name in INPUT_COUNTS),
        output_count=usage.get("outputTokens"),
    )


NOVA = Family(
    name="nova",
    pattern=r"nova",
    options=_name_options(max_tokens="maxTokens", top_p="topP"),
    build=_build_nova,
    read=_read_nova,
    structures=(Structure.TOOL,),
)


def _build_cohere(prompt: Prompt, options: Body, has_system: bool) -> Body:
    body = {"message": prompt.user if has_system else prompt.text, **options}
    return {**body, "preamble": prompt.system} if has_system else body


def _read_cohere(body: Body) -> FamilyReply:
    return FamilyReply(content=body["text"], stop_reason=body["finish_reason"])


COHERE = Family(
    name="cohere",
    pattern=r"cohere|command-r",
    options=_name_options(max_tokens="max_tokens", top_p="p"),
    build=_build_cohere,
    read=_read_cohere,
)

# The first whose pattern fits counts: Ministral is a chat model, Mistral 7B is not.
FAMILIES: Mapping[str, Family] = {
    family.name: family for family in (ANTHROPIC, CHAT, MISTRAL, LLAMA, TITAN, NOVA, COHERE)
}
