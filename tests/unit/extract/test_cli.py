from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract.cli import build_parser, main
from extract.entities import COUNTED
from tests.paths import REPO_ROOT

WRONG = [
    (["cats"], "unknown entity 'cats'"),
    (["--volume", "huge"], "unknown volume 'huge'"),
    (["--count", "users=-1"], "--count users=-1: a count is at least 1"),
    (["--count", "users=lots"], "--count users=lots: write it as users=200"),
    (["--count", "users"], "--count users: write it as users=200"),
    (["--count", "users=1e99"], "--count users=1e99: write it as users=200"),
    (["--count", "users=0"], "--count users=0: a count is at least 1"),
    (["--count", f"users={10**12}"], "a count is at least 1 and at most 1000000"),
    (["--count", f"reservations={10**12}"], "a count is at least 1 and at most 1000000000"),
    (["--count", "users=" + "9" * 5000], "write it as users=200"),
    (["users", "--skip", "users"], "nothing is left to pull"),
    (["--skip", "cats"], "unknown entity 'cats'"),
    (["--count", "cats=9"], "unknown entity 'cats'"),
    (["users", "--count", "venues=5"], "venues are not part of this run"),
    (["--test", "--volume", "full"], "--test cannot be used with --volume full"),
    (["--budget", "0"], "--budget 0.0: a number above 0 is needed"),
    (["--budget", "nan"], "--budget nan"),
    (["--budget", "-1"], "--budget -1.0: a number above 0 is needed"),
    (["--budget", "inf"], "--budget inf: a number above 0 is needed"),
    (["--concurrency", "-3"], "--concurrency -3"),
    (["--concurrency", "0"], "--concurrency 0: a number above 0 is needed"),
    (["--concurrency", "100000"], "--concurrency 100000: at most 256 calls can be made at the same time"),
    (["--reparse", "--rewrite"], "--reparse cannot be used with --rewrite"),
    (["--model", ""], "unknown model ''"),
    (["--model", "a model.with blanks"], "unknown model 'a model.with blanks'"),
    (["--model", "amazon.nova\n-lite"], r"unknown model 'amazon.nova\n-lite'"),
    (["--model", "amazon." + "x" * 3000], "unknown model 'amazon.xxx"),
    (["compare", "--models", ","], "name at least one model"),
    (["compare", "--models", "bundled", "--batches", "0"], "--batches 0: a number above 0 is needed"),
    (["compare", "--models", "bundled", "--entity", "cats"], "--entity cats: entities that a model writes are"),
    (["compare", "--models", "bundled", "--concurrency", "999"], "at most 256 calls can be made at the same time"),
    (["--model", "mistral7b"], "unknown model 'mistral7b'; did you mean mistral-7b?"),
    (["--model", "cats"], "unknown model 'cats'; aliases are: bundled, mistral-7b, mixtral-8x7b"),
    (["--model", "x.y", "--family", "cats"], "unknown family 'cats'; families are: anthropic, chat"),
    (["--model", "x.unknown-v1", "--budget", "1"], "the price of this model is unknown"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_use_is_one_line_and_exit_code_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], data_dir: Path
) -> None:
    assert main(arguments) == 2

    error = capsys.readouterr().err
    assert error.startswith("error: ") and message in error and error.count("\n") == 1
    assert not data_dir.exists()


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--seed", "x"], ["--tes"]])
def test_wrong_flags_are_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_help_mentions_every_flag_and_entity(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])

    text = capsys.readouterr().out
    assert caught.value.code == 0
    for word in (
        "--skip",
        "--test",
        "--volume",
        "--count",
        "--rewrite",
        "--model",
        "--seed",
        "--dry-run",
        "--budget",
    ):
        assert f"  {word}" in text
    assert all(option in text for action in build_parser()._actions for option in action.option_strings)
    assert ", ".join(COUNTED) in " ".join(text.split())


def test_events_without_venues_fail_with_what_to_do(capsys: pytest.CaptureFixture[str], data_dir: Path) -> None:
    assert main(["events"]) == 1

    assert capsys.readouterr().err == (
        f"error: {data_dir}/raw/venues.parquet is missing; events need venues. Run: python extract/run.py venues\n"
    )


def test_words_and_flags_may_be_mixed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["venues", "--dry-run", "users", "--test"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]] == [
        "users",
        "venues",
        "total",
    ]


def test_reservations_are_accepted_and_left_to_dbt(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reservations", "--count", "reservations=500"]) == 0

    assert capsys.readouterr().out == "reservations  500 requested; dbt makes them: dbt build\n"


def test_a_dry_run_of_what_has_landed_says_how_to_see_the_plan_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    dry_run = ["venues", "--test", "--dry-run", "--model", "nova-lite"]
    assert main(dry_run) == 0 and main(["venues", "--test"]) == 0
    assert "nothing is missing" not in capsys.readouterr().out

    assert main(dry_run) == 0
    assert "nothing is missing; with --rewrite" in capsys.readouterr().out
    assert main([*dry_run, "--rewrite"]) == 0
    assert "nothing is missing" not in capsys.readouterr().out


def test_a_dry_run_prints_the_plan_and_writes_nothing(capsys: pytest.CaptureFixture[str], data_dir: Path) -> None:
    assert main(["--dry-run"]) == 0

    lines = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert lines["users"] == ["10,000", "0", "10,000", "200", "0", "free"]
    assert lines["total"] == ["15,650", "0", "15,650", "450", "0", "free"]
    assert not data_dir.exists()


def test_a_directory_that_cannot_be_made_is_one_line(capsys: pytest.CaptureFixture[str], data_dir: Path) -> None:
    data_dir.write_text("a file where a directory should be")

    assert main(["users", "--test"]) == 1

    assert capsys.readouterr().err.count("\n") == 1


def test_ctrl_c_says_how_to_go_on(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("extract.pull.pipeline.find_jobs", interrupt)

    assert main(["users", "--test"]) == 130
    assert "run the same command again to go on" in capsys.readouterr().err


def test_the_script_runs_from_anywhere_without_installation(tmp_path: Path) -> None:
    environment = {**os.environ, "EVENTHUB_DATA_DIR": str(tmp_path / "elsewhere")}

    done = subprocess.run(
        [sys.executable, str(REPO_ROOT / "extract" / "run.py"), "kb_articles", "--test"],
        capture_output=True, text=True, cwd=tmp_path, env=environment, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("kb_articles   12 of 12 landed (12 new, 3 calls")
    assert (tmp_path / "elsewhere" / "raw" / "kb_articles.parquet").exists()


@pytest.mark.faults
def test_a_run_killed_in_the_middle_is_resumed_without_loss(tmp_path: Path, data_dir: Path) -> None:
    command = [sys.executable, str(REPO_ROOT / "extract" / "run.py"), "users", "--count", "users=3000"]
    records = data_dir / "raw" / "records" / "users.jsonl"
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and not (records.exists() and records.stat().st_size > 100_000):
        time.sleep(0.005)
    running.kill()
    running.wait()
    landed = records.read_bytes().count(b"\n")

    assert main(["users"]) == 0

    positions = [json.loads(line)["position"] for line in records.read_bytes().splitlines()]
    assert 0 < landed < 3000
    assert sorted(positions) == list(range(1, 3001))
