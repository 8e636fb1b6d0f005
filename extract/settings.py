"""Every setting of extract in one place; each can be set by an environment variable EVENTHUB_<NAME>."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import UsageError
from extract.paths import REPO_ROOT, SEEDS_DIR, find_data_dir, find_folder

BUNDLED = "bundled"
PREFIX = "EVENTHUB_"
CONTENT_DIR = REPO_ROOT / "extract" / "content"
# Each call in flight has a thread and a connection.
MOST_CONCURRENCY = 256


class Settings(BaseModel):
    """Paths, model and limits (requirements: settings-in-one-place); volumes, batch sizes and shares are seeds."""

    model_config = ConfigDict(frozen=True, protected_namespaces=())

    data_dir: Path = Field(default_factory=find_data_dir, description="where all outputs go")
    seeds_dir: Path = Field(default=SEEDS_DIR, description="the CSV files, which dbt reads too")
    content_dir: Path = Field(default=CONTENT_DIR, description="the bundled texts")
    model: str = Field(default=BUNDLED, description="which model writes: bundled, an alias or any Bedrock model")
    model_family: str = Field(
        default="", description="the model's family, where its name does not tell it (an ARN of one's own)"
    )
    email_domains: Literal["reserved", "realistic"] = Field(
        default="reserved", description="reserved: example.com, .org, .net, which nobody can receive mail at"
    )
    seed: int = Field(default=42, description="the plan's seed on a fresh landing")
    max_attempts: int = Field(
        default=8, ge=1, description="stop an entity after this many consecutive replies without an accepted record"
    )
    item_attempts: int = Field(
        default=4, ge=1, description="set an item aside after this many records for it that were refused or left out"
    )
    max_rows: int = Field(default=1_000_000, ge=1, description="largest count of one entity; dbt grows beyond it")
    concurrency: int = Field(default=8, ge=1, le=MOST_CONCURRENCY, description="calls in flight")
    avoid_limit: int = Field(default=40, ge=0, description="how many names or titles that exist a prompt lists")
    home_city_share: float = Field(default=0.5, ge=0, le=1, description="users who live in a city of their culture")
    max_tokens: int = Field(default=4096, ge=1, description="requirements: model-parameters")
    temperature: float = Field(default=0.7, ge=0, le=1, description="requirements: model-parameters")
    top_p: float = Field(default=0.9, ge=0, le=1, description="requirements: model-parameters")
    read_timeout_seconds: float = Field(
        default=300, gt=0, description="a reply arrives whole or not at all, and a long one takes minutes"
    )
    outage_seconds: float = Field(
        default=900, gt=0, description="how long a service that has answered before may stay away"
    )
    first_answer_seconds: float = Field(
        default=60, gt=0, description="how long a service that never answered may stay away"
    )

    @property
    def raw_dir(self) -> Path:
        """The landing: what dbt's sources point to."""
        return self.data_dir / "raw"

    @property
    def stated_max_tokens(self) -> int | None:
        """The most tokens of a reply, if somebody has set them."""
        return self.max_tokens if "max_tokens" in self.model_fields_set else None


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        UsageError: a variable holds a value that does not fit.
    """
    # By hand: pydantic-settings reads the same, but takes longer to load than all of extract.
    stated = {name: os.environ.get(f"{PREFIX}{name.upper()}") for name in Settings.model_fields}
    paths = {
        "data_dir": find_data_dir(),
        "seeds_dir": find_folder(f"{PREFIX}SEEDS_DIR", SEEDS_DIR),
        "content_dir": find_folder(f"{PREFIX}CONTENT_DIR", CONTENT_DIR),
    }
    try:
        return Settings.model_validate({name: value for name, value in stated.items() if value} | paths)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{first['loc'][0]}".upper()
        raise UsageError(f"{name}={first['input']!r} does not fit: {first['msg']}") from error
