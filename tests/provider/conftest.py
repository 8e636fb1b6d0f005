"""Fixtures of the Bedrock tests: a local server, fake keys, and the command line on both."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from extract.cli import main
from tests.conftest import make_once
from tests.provider.hostile import CameOut, run_everything
from tests.provider.server import BedrockServer
from tests.read_once import read_files_once

AWS = {
    "AWS_ACCESS_KEY_ID": "fake",
    "AWS_SECRET_ACCESS_KEY": "fake",
    "AWS_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


@dataclass
class Ran:
    """What a run of the command line came to."""

    code: int
    out: str
    err: str


Extract = Callable[..., Ran]
Read = Callable[[str], pl.DataFrame]


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set fake keys and a region, and nothing of the person who runs the tests."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in AWS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read_files_once(monkeypatch)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[BedrockServer]:
    with BedrockServer() as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", running.url)
        yield running


@pytest.fixture
def extract(capsys: pytest.CaptureFixture[str]) -> Extract:
    """Run the command line: `extract("users", "--test")`."""

    def run(*arguments: str) -> Ran:
        code = main(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> CameOut:
    """Everything that a hostile model and a service that echoes keys have left; tests only read it."""

    def make(data_dir: Path) -> None:
        with pytest.MonkeyPatch.context() as patched:
            for name in [name for name in os.environ if name.startswith(("AWS_", "EVENTHUB_"))]:
                patched.delenv(name)
            for name, value in AWS.items():
                patched.setenv(name, value)
            came_out = run_everything(data_dir)
        (data_dir / "printed.txt").write_text(came_out.printed, encoding="utf-8")
        (data_dir / "built.txt").write_text(came_out.built, encoding="utf-8")

    data_dir = make_once(tmp_path_factory, "hostile", make)
    printed, built = ((data_dir / f"{name}.txt").read_text(encoding="utf-8") for name in ("printed", "built"))
    return CameOut(data_dir, printed, built)


@pytest.fixture
def raw_dir(data_dir: Path) -> Path:
    return data_dir / "raw"


@pytest.fixture
def read(raw_dir: Path) -> Read:
    """Read what landed: `read("users")`."""
    return lambda name: pl.read_parquet(raw_dir / f"{name}.parquet")
