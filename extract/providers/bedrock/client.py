"""The one client that all workers share."""

from __future__ import annotations

import os
from difflib import get_close_matches
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from extract.planning.seeds import Model
from extract.providers.bedrock.error_mapping import translate
from extract.providers.bedrock.retry import RetryPolicy
from extract.providers.bedrock.wire import inspect_response
from extract.settings import Settings, load_settings

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

_NOBODY = Model(alias="", model_id="-", family="", max_output_tokens=1, context_tokens=1, takes_system=False)


def get_bedrock_client(settings: Settings | None = None) -> BedrockRuntimeClient:
    """Create a Bedrock runtime client; AWS is configured the ordinary way (profile, environment, region).

    It retries nothing by itself (see RetryPolicy).

    Raises:
        ServiceError: there is no region or no such profile.
    """
    settings = settings or load_settings()
    policy = RetryPolicy.from_settings(settings)
    config = Config(
        retries={"mode": "standard", "total_max_attempts": 1},
        max_pool_connections=settings.concurrency,
        connect_timeout=policy.connect_timeout_seconds,
        read_timeout=policy.read_timeout_seconds,
        tcp_keepalive=True,
        user_agent_extra="eventhub-data",
    )
    _drop_empty_variables()
    region = os.environ.get("AWS_REGION")
    try:
        session = boto3.Session()
        # boto3 reads AWS_DEFAULT_REGION alone; the other AWS tools, and their documents, go by AWS_REGION.
        region = (region or session.region_name or "").strip() or None
        client = session.client("bedrock-runtime", region_name=region, config=config)
        if not client.meta.endpoint_url.startswith(("https://", "http://")):
            raise ValueError(f"Invalid endpoint: {client.meta.endpoint_url}")
    except Exception as error:
        raise translate(error, _NOBODY, region or "") from error
    client.meta.events.register("before-parse.bedrock-runtime", inspect_response)
    return client


def describe_region(region: str) -> str:
    """Say that boto3 knows no such region, with the nearest that it does; empty if it does, or cannot tell."""
    try:
        session = boto3.Session()
        # bedrock-runtime itself has no list.
        partitions = session.get_available_partitions()
        known = [name for partition in partitions for name in session.get_available_regions("bedrock", partition)]
    except Exception:  # whatever is wrong with the configuration has been said before
        return ""
    if not known or region in known:
        return ""
    close = get_close_matches(region.lower(), known, 1)
    return f" Bedrock is not known in a region {region!r}{f'; did you mean {close[0]}?' if close else '.'}"


def _drop_empty_variables() -> None:
    """Let a variable that is set and empty count as unset, as in a shell; boto3 fails over most of them."""
    for name in [name for name, value in os.environ.items() if name.startswith("AWS_") and not value.strip()]:
        del os.environ[name]
