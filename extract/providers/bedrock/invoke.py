"""One call to one model: Converse, or the family's own body where Converse is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from extract.errors import CallFailed
from extract.planning.seeds import Seeds
from extract.prompts.build import Prompt
from extract.prompts.structure import Structure
from extract.providers.bedrock.capabilities import Capabilities
from extract.providers.bedrock.client import get_bedrock_client
from extract.providers.bedrock.converse import Answer, Sampling, build_converse, read_converse
from extract.providers.bedrock.native import build_body, read_body
from extract.providers.catalog import find_model
from extract.settings import BUNDLED, Settings, load_settings

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

DEFAULT_MODEL = "mistral-7b"
# More refusals than there are things to take away.
MOST_WAYS = 10

# A prompt that says how to answer depends on how the model is held to it.
PromptWriter = Callable[[Structure], Prompt]


def invoke_model(
    prompt: str | Prompt,
    *,
    model: str | None = None,
    client: BedrockRuntimeClient | None = None,
    settings: Settings | None = None,
) -> str:
    """Ask one model one thing, in the form that its family takes.

    Args:
        prompt: what to ask.
        model: alias, model id, inference profile or ARN; by default the settings', or mistral-7b.
        client: from `get_bedrock_client`; a new one if None.
        settings: limits and sampling; by default from the environment.

    Raises:
        botocore.exceptions.ClientError: the service refuses.
        CallFailed: the reply was cut off on its way.
    """
    settings = settings or load_settings()
    name = model or (settings.model if settings.model != BUNDLED else DEFAULT_MODEL)
    models = Seeds(settings.seeds_dir).models
    found = find_model(name, models, settings.model_family, settings.stated_max_tokens)
    sampling = Sampling(settings.max_tokens, settings.temperature, settings.top_p)
    asked = Prompt("", prompt) if isinstance(prompt, str) else prompt
    return ask(client or get_bedrock_client(settings), Capabilities(found), asked, sampling).text


def ask(
    client: BedrockRuntimeClient, capabilities: Capabilities, prompt: Prompt | PromptWriter, sampling: Sampling
) -> Answer:
    """Ask in a form that the model is known to take; where that is refused, learn from it and ask in another.

    Args:
        client: from `get_bedrock_client`.
        capabilities: what the model takes.
        prompt: what to ask, or what writes it for a structure of the answer.
        sampling: limits and sampling.

    Raises:
        botocore.exceptions.BotoCoreError: nothing came back.
        botocore.exceptions.ClientError: the service refuses.
        CallFailed: the reply was cut off on its way.
    """
    for _ in range(MOST_WAYS):
        try:
            asked = prompt if isinstance(prompt, Prompt) else prompt(capabilities.structure)
            return _ask_once(client, capabilities, asked, sampling)
        except ClientError as error:
            if not _teaches(error, capabilities):
                raise
    raise CallFailed("NoWay", "the model refuses every way of asking that is known")


def _ask_once(client: BedrockRuntimeClient, capabilities: Capabilities, prompt: Prompt, sampling: Sampling) -> Answer:
    if capabilities.uses_converse:
        reply: Mapping[str, Any] = client.converse(**build_converse(capabilities, prompt, sampling))
        return read_converse(reply)
    body = json.dumps(build_body(capabilities, prompt, sampling))
    response = client.invoke_model(
        modelId=capabilities.model.model_id, body=body, contentType="application/json", accept="application/json"
    )
    headers = response["ResponseMetadata"]["HTTPHeaders"]
    return read_body(capabilities.model.family, response["body"].read(), headers)


def _teaches(error: ClientError, capabilities: Capabilities) -> bool:
    code = error.response.get("Error", {}).get("Code", "")
    if code not in ("ValidationException", "UnknownOperationException"):
        return False
    message = str(error.response.get("Error", {}).get("Message", ""))
    return capabilities.learn("this operation is not supported" if code[0] == "U" else message)
