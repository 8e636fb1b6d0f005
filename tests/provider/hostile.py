"""A model that says what the corpus holds, and the one run of everything on what it said."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import polars as pl
import pytest
import yaml

from extract.cli import main
from tests.pipeline.commands import run_dbt
from tests.provider.malformed import READABLE, UNUSABLE
from tests.provider.server import BedrockServer, Behaviour
from tests.provider.writer import Answer, Writer, read_entity

CORPUS = Path(__file__).with_name("hostile.yaml")
# Whole replies that hold no record at all.
REPLIES = [
    "'; drop table users; -- I would rather not write JSON today.",
    "[" * 50_000,
    '{"a":' * 5_000 + "}" * 5_000,
    "x" * 1_000_000,
    "{'a': " + "}" * 5_000,
    "\ud800\x00\u202e",
    "[NaN, Infinity, 1e999, null, true, 0]",
]
# As on a bad day.
THROTTLE, ERROR, MALFORMED = 0.10, 0.02, 0.20
# What is wrong with words, the corpus has itself, and counts by the reason.
KINDS_OF_MALFORMED = READABLE | {kind: UNUSABLE[kind] for kind in ("refusal", "empty", "plain strings", "half", "cut")}


@dataclass(frozen=True)
class Case:
    """One thing that a model says in one field; `becomes` is None where it is refused."""

    entity: str
    field: str
    says: Any
    becomes: str | None
    refused: str | None


def read_corpus() -> list[Case]:
    cases = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))
    return [
        Case(
            *case["at"].split("."),
            says := expand(case["says"]),
            None if "refused" in case else case.get("becomes", says),
            case.get("refused"),
        )
        for case in cases
    ]


def expand(says: Any) -> Any:
    """Write out what the corpus says in short."""
    if isinstance(says, dict) and "times" in says:
        return [says["text"]] * says["times"] if says.get("list") else says["text"] * says["times"]
    if isinstance(says, dict) and "deep" in says:
        return reduce(lambda inner, _: [inner], range(says["deep"]), "deep")
    return says


class HostileWriter(Writer):
    """Says what the corpus holds, once, and what was asked otherwise: of that a fifth of the replies malformed."""

    def __init__(self, cases: list[Case]) -> None:
        super().__init__(seed=1)
        self.left = list(cases)
        self.says_cases = False
        self.malformed: Counter[str] = Counter()

    def write(self, prompt: str) -> list[Answer]:
        answers = super().write(prompt)
        entity = read_entity(prompt)
        mine = [case for case in self.left if case.entity == entity][: len(answers)]
        for case, answer in zip(mine, answers, strict=False):
            answer[case.field] = case.says
            self.left.remove(case)
        self.says_cases = bool(mine)
        return answers

    def garble(self, entity: str, answers: list[Answer], random: Random) -> str:
        """Write a reply's text; one that holds cases is whole, or they would not be heard."""
        if self.says_cases or random.random() >= MALFORMED:
            return json.dumps(answers, ensure_ascii=False)
        kind = random.choice(sorted(KINDS_OF_MALFORMED))
        self.malformed[kind] += 1
        return KINDS_OF_MALFORMED[kind](answers)


@dataclass(frozen=True)
class CameOut:
    """What the run has left: files, and what extract and dbt have printed."""

    data_dir: Path
    printed: str
    built: str


# Planted where a real account would have real ones.
ACCOUNT = "210987654321"
SECRETS = {
    "AWS_ACCESS_KEY_ID": "AKIAPLANTED7EXAMPLE9",
    "AWS_SECRET_ACCESS_KEY": "plantedSecretKey/K7MDENG+bPxRfiCYEXAMPLE",
    "AWS_SESSION_TOKEN": "plantedSessionTokenFwoGZXIvYXdzEBYaDExampleOfOne",
}
SIGNATURE = "c0ffee5167a7c0ffee5167a7"
MODEL = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/us.amazon.nova-lite-v1:0"
# What a service might echo: in a refusal that is retried, and in one that reaches failures/*.jsonl.
ECHO = (
    f"arn:aws:sts::{ACCOUNT}:assumed-role/Writer/eve, {' '.join(SECRETS.values())}, "
    f"https://bucket.s3.amazonaws.com/key?X-Amz-Credential=x&X-Amz-Signature={SIGNATURE}"
)
FAULTS = [(500, "InternalServerException", ECHO), (408, "ModelTimeoutException", ECHO)]


def run_everything(data_dir: Path) -> CameOut:
    """Pull the corpus with planted keys from a model of an account, and build for the day of the pull.

    The environment is the caller's.
    """
    server = BedrockServer(
        Behaviour(throttle=THROTTLE, error=ERROR, replies=list(REPLIES), first=list(FAULTS), cuts=False)
    )
    server.writer = writer = HostileWriter(read_corpus())
    server.behaviour.garble = writer.garble
    printed = io.StringIO()
    with server, pytest.MonkeyPatch.context() as patched:
        for name, value in {**SECRETS, "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": server.url}.items():
            patched.setenv(name, value)
        patched.setenv("AWS_REGION", "us-east-1")
        patched.setenv("EVENTHUB_DATA_DIR", str(data_dir))
        # The same items get one hostile text after the other.
        patched.setenv("EVENTHUB_ITEM_ATTEMPTS", "99")
        words = ["--test", "--model", MODEL, "--concurrency", "1"]
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            codes = [main([*words, "--dry-run"]), main(words)]
            server.behaviour.refusal = (403, "AccessDeniedException", ECHO)
            codes.append(main([*words, "--count", "users=101"]))
        assert codes == [0, 0, 1], printed.getvalue()
        assert writer.left == []
        assert writer.malformed.keys() & READABLE.keys() and writer.malformed.keys() & UNUSABLE.keys()
        statuses = {call.status for call in server.calls}
        assert statuses >= {200, 403, 408, 429, 500}, statuses
        # The rows that were refused are not asked again, or dbt would grow the users.
        assert main(["--test"]) == 0
        built = run_dbt(data_dir, "build", "--vars", "{}")
    assert built.returncode == 0, built.stdout[-3000:]
    return CameOut(data_dir, printed.getvalue(), built.stdout + built.stderr)


@cache
def read_everything(data_dir: Path) -> dict[str, str]:
    """Read every file as it is, and every table of the binary ones as text: Parquet and DuckDB compress theirs."""
    texts = {}
    for path in sorted(path for path in data_dir.rglob("*") if path.is_file()):
        cells = [] if path.suffix == ".jsonl" else [*_read_schema(path), *read_cells(path)]
        texts[str(path.relative_to(data_dir))] = "\n".join([path.read_bytes().decode("latin-1"), *cells])
    return texts


def read_cells(path: Path) -> Iterator[str]:
    """Read every value of a file of rows, letter by letter."""
    if path.suffix == ".parquet":
        yield from _flatten(pl.read_parquet(path).rows())
    elif path.suffix == ".jsonl":
        yield from (
            cell for line in path.read_text(encoding="utf-8").split("\n") if line for cell in _flatten(json.loads(line))
        )
    elif path.suffix == ".db":
        with contextlib.closing(sqlite3.connect(path)) as connection:
            names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
            for name in names:
                yield from _flatten(connection.execute(f'select * from "{name}"').fetchall())
    elif path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            for schema, table in tables:
                yield from _flatten(connection.execute(f'select * from "{schema}"."{table}"').fetchall())


def _read_schema(path: Path) -> Iterator[str]:
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            yield from _flatten(connection.execute("select sql from duckdb_views() where not internal").fetchall())


def _flatten(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (cell for part in (*value, *value.values()) for cell in _flatten(part))
    elif isinstance(value, list | tuple):
        yield from (cell for part in value for cell in _flatten(part))
    elif value is not None:
        yield str(value)
