"""Amazon Bedrock: what the guide lets others call."""

from extract.providers.bedrock.client import get_bedrock_client
from extract.providers.bedrock.invoke import invoke_model
from extract.providers.bedrock.provider import BedrockProvider

__all__ = ["BedrockProvider", "get_bedrock_client", "invoke_model"]
