"""The one client that all workers share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from extract.planning.seeds import Model
from extract.providers.bedrock.error_mapping import translate
from extract.settings import Settings, load_settings

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

CONNECT_TIMEOUT_SECONDS = 10
_NOBODY = Model(alias="", model_id="-", family="", max_output_tokens=1, context_tokens=1, takes_system=False)


def get_bedrock_client(settings: Settings | None = None) -> BedrockRuntimeClient:
    """Create a Bedrock runtime client; AWS is configured the ordinary way (profile, environment, region).

    It retries nothing by itself: botocore's own retries are hidden from whoever paces the calls, give up
    after its quota of some hundred, and would pay twice for a reply that timed out.

    Raises:
        ServiceError: there is no region or no such profile.
    """
    settings = settings or load_settings()
    config = Config(
        retries={"mode": "standard", "total_max_attempts": 1},
        max_pool_connections=settings.concurrency,
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=settings.read_timeout_seconds,
        tcp_keepalive=True,
        user_agent_extra="eventhub-data",
    )
    try:
        session = boto3.Session()
        # boto3 reads AWS_DEFAULT_REGION alone; the other AWS tools, and their documents, go by AWS_REGION.
        region = session.region_name or os.environ.get("AWS_REGION")
        client = session.client("bedrock-runtime", region_name=region, config=config)
    except Exception as error:
        raise _explain(error) from error
    return client


def _explain(error: Exception) -> Exception:
    return translate(error, _NOBODY, "this region")
