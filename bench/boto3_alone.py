"""Calls with boto3 and threads and nothing else: the floor under every run; started by bench.bedrock.

`python bench/boto3_alone.py 450 16`.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime.type_defs import InferenceConfigurationTypeDef, MessageTypeDef

# As long as a prompt for fifty members.
TURN = "- full_name: x\n\nWrite 50 records, one for each item:\n" + "\n".join(
    f"{n}. culture: Vietnamese; gender: female; initial: A" for n in range(1, 51)
)


def main(calls: int, workers: int) -> None:
    """Make the calls, as many at once as there are workers."""
    config = Config(max_pool_connections=workers, retries={"mode": "standard", "total_max_attempts": 1})
    client = boto3.client("bedrock-runtime", config=config)
    message: MessageTypeDef = {"role": "user", "content": [{"text": TURN}]}
    limits: InferenceConfigurationTypeDef = {"maxTokens": 4000, "temperature": 0.7, "topP": 0.9}

    def call(_: int) -> None:
        client.converse(modelId="amazon.nova-micro-v1:0", messages=[message], inferenceConfig=limits)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(call, range(calls)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
