"""The one place where a chat model comes from, what is counted of it, and what its errors mean."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from agentic.errors import AgentStopped, MissingPackages, ServiceError
from agentic.policies import SEEDS
from common.shorten import shorten_to_line

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MODEL_VARIABLE, TOKENS_VARIABLE = "EVENTHUB_MODEL", "EVENTHUB_MAX_TOKENS"
# Of a reply; Bedrock reserves quota for all of them with each call. Of a model that is not listed the limit is unknown.
MOST_TOKENS, MOST_TOKENS_UNLISTED = 4096, 2048
MOST_ATTEMPTS = 8
READ_SECONDS = 600
MOST_CHARACTERS = 300
# Of an inference profile: where in the world its calls go.
GEOGRAPHY = re.compile(r"^(?:us-gov|us|eu|apac|jp|au|ca|global)\.")
TOO_LONG = re.compile(
    r"input is too long|too many (?:input )?tokens|context (?:length|window)|prompt is too long", re.I
)
# What to do about an error of the service, by its code or its words; the first that fits counts.
ADVICE = (
    (r"Throttling|TooManyRequests|ServiceQuota", "Wait, or choose a model with a higher quota; runs so far are kept."),
    (r"Expired|UnrecognizedClient|InvalidSignature|MissingAuthentication", "Renew the AWS credentials: aws sso login."),
    (r"AccessDenied|NotAuthorized|FTUFormNotFilled", "Enable the model in the Bedrock console, and allow it to you."),
    (r"tool use|system messages", "The workflow needs a model that calls tools, such as --model nova-lite."),
    (r"on-demand throughput", "Name its inference profile, such as --model us.<model id>."),
    (r"identifier is invalid|end of its life|Legacy|ResourceNotFound", "Name a model that the region has: --model."),
)
# What boto raises before anything is sent, by the name of its class.
LOCAL_ADVICE = {
    "NoCredentialsError": "Set AWS credentials: aws configure, AWS_PROFILE or AWS_BEARER_TOKEN_BEDROCK.",
    "PartialCredentialsError": "Set AWS credentials: aws configure, AWS_PROFILE or AWS_BEARER_TOKEN_BEDROCK.",
    "NoRegionError": "Set AWS_REGION, such as AWS_REGION=us-east-1.",
    "ProfileNotFound": "Check AWS_PROFILE.",
    "EndpointConnectionError": "Check AWS_REGION and the network.",
}


def choose_model_id(asked: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """Return the id of the model that was asked for: by flag, else by EVENTHUB_MODEL; an alias becomes its id.

    Raises:
        ServiceError: nobody has named one, or the one that was named calls no tools.
    """
    named = (asked or environ.get(MODEL_VARIABLE, "")).strip()
    if not named or named == "bundled":
        raise ServiceError(f"No model is named. Name one: --model nova-lite, or {MODEL_VARIABLE}.")
    listed = find_listed(named)
    if listed and listed["takes_tools"] != "true":
        raise ServiceError(
            f"{named} calls no tools, which the workflow needs. Name another, such as --model nova-lite."
        )
    return listed["model_id"] if listed else named


def find_listed(model: str) -> dict[str, str] | None:
    """Return the line of models.csv with an alias or an id, if there is one."""
    with (SEEDS / "models.csv").open(encoding="utf-8", newline="") as file:
        return next((row for row in csv.DictReader(file) if model in (row["alias"], row["model_id"])), None)


def find_most_tokens(model_id: str, environ: Mapping[str, str] = os.environ) -> int:
    """Return how many tokens a reply may have: what EVENTHUB_MAX_TOKENS says, as far as the model gives as many.

    Raises:
        ServiceError: the variable is no number.
    """
    stated, listed = environ.get(TOKENS_VARIABLE, "").strip(), find_listed(model_id)
    if stated and (not stated.isdecimal() or int(stated) < 1):
        raise ServiceError(f"{TOKENS_VARIABLE} is {stated!r}; right is a number from 1 on, such as 4096.")
    wanted = int(stated) if stated else MOST_TOKENS if listed else MOST_TOKENS_UNLISTED
    return min(wanted, int(listed["max_output_tokens"])) if listed else wanted


def make_chat_model(model_id: str, *, attempts: int = MOST_ATTEMPTS) -> BaseChatModel:
    """Return a chat model of Amazon Bedrock, over Converse; AWS is configured the ordinary way.

    Args:
        model_id: a model id, an inference profile or an ARN.
        attempts: how often a call is tried where the service is busy or down.

    Raises:
        MissingPackages: the packages of `make agents` are not there.
        ServiceError: AWS is not configured.
    """
    with needs_packages("A chat model of Bedrock"):
        import boto3
        from botocore.config import Config
        from langchain_aws import ChatBedrockConverse
    config = Config(
        retries={"mode": "adaptive", "total_max_attempts": attempts},
        connect_timeout=10,
        read_timeout=READ_SECONDS,
        tcp_keepalive=True,
        user_agent_extra="eventhub-data",
    )
    named: dict[str, Any] = {"model": model_id, "provider": find_provider(model_id)}
    with translate_errors():
        session = boto3.Session()
        # boto3 reads AWS_DEFAULT_REGION alone; the other AWS tools go by AWS_REGION.
        region = os.environ.get("AWS_REGION", "").strip() or session.region_name
        named["client"] = session.client("bedrock-runtime", region_name=region, config=config)
        named["bedrock_client"] = session.client("bedrock", region_name=region, config=config)
        # Whole replies are read: a stream brings nothing here, and not every model streams tool calls.
        return ChatBedrockConverse(**named, max_tokens=find_most_tokens(model_id), disable_streaming=True)


def find_provider(model_id: str) -> str:
    """Return who made a model: an ARN says so at its end, after the region of a profile."""
    # A version may have a dot, too, as in deepseek.v3.2.
    maker, dot, _ = GEOGRAPHY.sub("", model_id.rpartition("/")[2]).partition(".")
    return maker if dot else "unknown"


@contextmanager
def needs_packages(what: str) -> Iterator[None]:
    """Say in one line what is to be installed.

    Raises:
        MissingPackages: an import within has failed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingPackages(f"{what} needs the packages of 'make agents', the extra agents.") from error


@contextmanager
def translate_errors() -> Iterator[None]:
    """Turn what a model's client raises into one line that says what to do.

    Raises:
        ServiceError: no ticket can be worked, or not now.
        AgentStopped: this ticket cannot be worked: its thread is longer than the model reads, or makes it fail.
    """
    try:
        yield
    except Exception as error:
        # By name, so that no client is loaded for an error that is not its own.
        names = {one.__name__ for one in type(error).__mro__}
        if "ClientError" in names:
            raise _translate_client_error(error) from error
        if names & {"BotoCoreError", "HTTPClientError"}:
            advice = LOCAL_ADVICE.get(type(error).__name__, "")
            raise ServiceError(shorten_to_line(f"{_say(error)} {advice}", MOST_CHARACTERS)) from error
        raise


def is_model_failure(error: Exception) -> bool:
    """Whether the model itself has failed, as by a call of a tool that is none; the same request may go well."""
    return _read_client_error(error)[0].startswith("ModelError")


def _read_client_error(error: Exception) -> tuple[str, str]:
    said = getattr(error, "response", {}).get("Error", {})
    return str(said.get("Code", "")), str(said.get("Message", ""))


def _translate_client_error(error: Exception) -> Exception:
    code, message = _read_client_error(error)
    told = shorten_to_line(message, MOST_CHARACTERS)
    if TOO_LONG.search(message):
        return AgentStopped(f"the thread is longer than the model reads: {told}")
    if is_model_failure(error):
        return AgentStopped(f"the model has failed: {told}")
    found = (advice for words, advice in ADVICE if re.search(words, f"{code} {message}", re.I))
    return ServiceError(f"Bedrock: {code}: {told} {next(found, '')}".strip())


def _say(error: Exception) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    return f"{text or type(error).__name__}."
