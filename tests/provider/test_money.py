"""Dry run, budget and receipt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.provider.conftest import Extract, Read
from tests.provider.server import BedrockServer


def test_a_dry_run_prints_calls_tokens_and_cost_and_asks_nobody(
    extract: Extract, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"):
        monkeypatch.delenv(name)

    ran = extract("--dry-run", "--model", "claude-3-haiku")

    lines = {line.split()[0]: line.split() for line in ran.out.splitlines()}
    assert ran.code == 0 and not data_dir.exists()
    assert "$0.25 in, $1.25 out per 1M tokens (2026-11-23)" in ran.out
    assert lines["total"][1:5] == ["15,650", "0", "15,650", "450-485"]
    # About $1.30 is expected (requirements: cost-before-the-first-call).
    best, expected = map(float, lines["total"][-1].removeprefix("~$").split("-"))
    assert 0.8 < best < expected < 2.0
    assert "to as much as expected, which is asked for again: users 2%, venues 5%, events 8%" in ran.out
    assert lines["users"][-2].endswith("K")
    assert "its successor is --model claude-haiku-4-5" in ran.out


def test_a_dry_run_of_an_unknown_model_has_no_price(extract: Extract) -> None:
    ran = extract("--dry-run", "--model", "acme.wonder-v1:0", "--test")

    assert ran.out.splitlines()[-3].split()[-1] == "unknown"
    assert "price unknown" in ran.out and "$0" not in ran.out


def test_a_dry_run_learns_from_what_landed(server: BedrockServer, extract: Extract) -> None:
    before = extract("users", "--count", "users=1000", "--dry-run", "--model", "nova-micro").out
    assert extract("users", "--count", "users=500", "--model", "nova-micro").code == 0

    after = extract("users", "--count", "users=1500", "--dry-run", "--model", "nova-micro").out

    assert before.splitlines()[2].split()[5] != after.splitlines()[2].split()[5]


def test_a_dry_run_learns_how_much_is_refused(
    server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_ITEM_ATTEMPTS", "50")
    server.writer._repeat_share = 0.5
    assert extract("venues", "--count", "venues=100", "--model", "nova-micro").code == 0
    server.writer._repeat_share = 0.0

    planned = extract("venues", "--count", "venues=1000", "--dry-run", "--model", "nova-micro").out
    other = extract("venues", "--count", "venues=1000", "--dry-run", "--model", "nova-lite").out

    shares = [int(re.findall(r"again: venues (\d+)%", out)[0]) for out in (planned, other)]
    best, expected = map(int, planned.splitlines()[2].split()[4].split("-"))
    assert shares[0] >= 20 and shares[1] == 5
    assert best == 90 and expected == pytest.approx(90 / (1 - shares[0] / 100), abs=2)


def test_no_call_starts_that_could_pass_the_budget(server: BedrockServer, extract: Extract, read: Read) -> None:
    server.behaviour.latency = 0.02

    ran = extract("--model", "claude-haiku-4-5", "--budget", "0.05")

    spent = read("calls")["cost_usd"].sum()
    assert ran.code == 1
    assert "error: the budget of $0.05 is reached" in ran.err and "with a new --budget to go on" in ran.err
    assert 0.02 < spent <= 0.05


def test_a_run_that_the_budget_stopped_goes_on_where_it_was(
    server: BedrockServer, extract: Extract, raw_dir: Path, read: Read
) -> None:
    command = ("users", "--count", "users=1000", "--model", "claude-haiku-4-5", "--budget")
    stopped = extract(*command, "0.04")
    landed = (raw_dir / "records" / "users.jsonl").read_bytes()

    resumed = extract(*command, "1")

    assert (stopped.code, resumed.code) == (1, 0)
    assert (raw_dir / "records" / "users.jsonl").read_bytes().startswith(landed)
    assert read("users").height == 1000


def test_a_budget_that_pays_no_call_says_what_one_costs(server: BedrockServer, extract: Extract) -> None:
    ran = extract("users", "--test", "--model", "claude-haiku-4-5", "--budget", "0.001")

    assert (ran.code, server.calls) == (1, [])
    assert "$0.0000 is spent, and the next call can cost $0.0" in ran.err


def test_a_budget_without_a_price_is_wrong_use(extract: Extract, data_dir: Path) -> None:
    ran = extract("users", "--model", "acme.wonder-v1:0", "--budget", "1")

    assert ran.code == 2 and "the price of this model is unknown" in ran.err
    assert not data_dir.exists()


def test_calls_that_broke_off_count_at_their_worst(server: BedrockServer, extract: Extract) -> None:
    server.behaviour.cut = 1.0

    ran = extract("users", "--test", "--model", "claude-haiku-4-5", "--budget", "0.03")

    assert ran.code == 1
    assert "the budget of $0.03 is reached" in ran.err
    assert len(server.calls) < 5
    assert "for calls that broke off" in ran.out


def test_the_receipt_adds_up(server: BedrockServer, extract: Extract, read: Read) -> None:
    server.behaviour.throttle, server.writer._repeat_share = 0.2, 0.1

    ran = extract("venues", "--count", "venues=100", "--model", "nova-micro")

    calls = read("calls")
    receipt = {line.split()[0]: line for line in ran.out.splitlines()}
    assert f"calls     {calls.height:,} (0 failed)" in receipt["calls"]
    assert f"{calls['input_tokens'].sum():,} in, {calls['output_tokens'].sum():,} out" in receipt["tokens"]
    assert f"${calls['cost_usd'].sum():,.4f}; per 1,000 accepted records" in receipt["cost"]
    assert f"100 accepted, {calls['rejected'].sum():,} rejected" in receipt["records"]
    assert "repeat: name is taken" in ran.out


def test_every_call_is_a_row_with_its_cost(server: BedrockServer, extract: Extract, read: Read) -> None:
    assert extract("users", "--count", "users=100", "--model", "mistral-7b").code == 0

    for row in read("calls").iter_rows(named=True):
        assert row["cost_usd"] == pytest.approx((row["input_tokens"] * 0.15 + row["output_tokens"] * 0.20) / 1e6)
        assert (row["tries"], row["stop_reason"], row["accepted"]) == (1, "end_turn", 50)
