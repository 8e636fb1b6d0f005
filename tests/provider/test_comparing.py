from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.provider.conftest import Extract
from tests.provider.server import BedrockServer


def test_models_are_compared_on_the_same_batches_and_nothing_lands(
    server: BedrockServer, extract: Extract, data_dir: Path
) -> None:
    server.behaviour.malformed = 0.3

    ran = extract("compare", "--models", "nova-micro,claude-3-haiku,acme.wonder-v1:0,bundled", "--entity", "users")

    table, _, _ = ran.out.partition("\nrefused most often:\n")
    rows = {line.split()[0]: line.split()[1:] for line in table.splitlines()}
    assert ran.code == 0, ran.err
    assert list(rows) == ["model", "nova-micro", "claude-3-haiku", "acme.wonder-v1:0", "bundled"]
    assert [row[1] for row in rows.values()][1:] == ["100"] * 4
    assert (rows["acme.wonder-v1:0"][-1], rows["bundled"][-1]) == ("unknown", "0.0000")
    assert float(rows["claude-3-haiku"][-1]) > float(rows["nova-micro"][-1]) > 0
    assert rows["model"][3:6] == ["repeats", "mended", "moved"]
    assert not data_dir.exists()


def test_what_was_moved_and_why_records_were_refused_is_told(server: BedrockServer, extract: Extract) -> None:
    words = ["music, San Francisco", "theater, San Francisco", "zebra, Nairobi"]
    records = [
        {"n": n, "about": about, "name": f"The {about} Hall", "address": f"{n + 1} Main Street"}
        for n, about in enumerate(words)
    ]
    server.behaviour.replies = [json.dumps(records)]

    ran = extract(
        "compare", "--models", "nova-micro", "--entity", "venues", "--batches", "1", "--concurrency", "1"
    )  # fmt: skip

    table, _, refused = ran.out.partition("\nrefused most often:\n")
    row = dict(zip(*(line.split() for line in table.splitlines()), strict=True))
    assert (row["accepted"], row["mended"], row["moved"]) == ("10", "0%", "20%")
    assert re.search(r"^nova-micro +\d+\.\d%  about … is no item of this batch; asked for were …$", refused, re.M)


def test_a_model_that_is_refused_does_not_spoil_the_others(server: BedrockServer, extract: Extract) -> None:
    refusal = (400, "ValidationException", "The provided model identifier is invalid.")
    server.behaviour.first = [refusal]

    ran = extract("compare", "--models", "titan-lite,nova-micro", "--concurrency", "1", "--batches", "1")

    first, second = ran.out.splitlines()[1:]
    assert ran.code == 0
    assert "titan-lite is not known in us-east-1" in first and second.split()[2] == "50"


def test_what_has_no_form_on_the_screen_is_printed_escaped(server: BedrockServer, extract: Extract) -> None:
    server.behaviour.refusal = (403, "AccessDeniedException", "No \ud800.")

    ran = extract("compare", "--models", "nova-micro", "--concurrency", "1", "--batches", "1")

    assert ran.code == 1 and "AWS says: No \\ud800" in ran.out


def test_if_no_model_answers_the_comparison_has_failed(server: BedrockServer, extract: Extract) -> None:
    server.behaviour.refusal = (403, "AccessDeniedException", "no")

    assert extract("compare", "--models", "nova-micro,nova-lite").code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--models", "cats"], "unknown model 'cats'"),
        (["--models", ","], "name at least one model"),
        (["--models", "nova-micro", "--entity", "reservations"], "entities that a model writes are: users"),
        (["--models", "nova-micro", "--batches", "0"], "--batches 0: a number above 0 is needed"),
        (["--models", "acme.x-v1", "--budget", "1"], "the price of acme.x-v1 is unknown"),
    ],
)
def test_wrong_use(arguments: list[str], words: str, extract: Extract) -> None:
    ran = extract("compare", *arguments)

    assert ran.code == 2 and words in ran.err


def test_the_budget_holds_for_all_models_together(server: BedrockServer, extract: Extract) -> None:
    ran = extract("compare", "--models", "claude-haiku-4-5,claude-3-sonnet", "--budget", "0.02", "--batches", "1")

    lines = ran.out.splitlines()
    assert lines[1].split()[2] == "50"
    assert "the budget of $0.02 is reached" in lines[2]
