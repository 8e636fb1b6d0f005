"""What cannot be built is refused in words, and what was there before stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from extract.paths import SEEDS_DIR
from tests.pipeline.commands import copy_built, run_dbt, run_extract

pytestmark = pytest.mark.early

# The vars, the model that refuses them, and what it says.
REFUSED = [
    ("{reservations: 400}", "int_booking_limits", "Ask for at most"),
    ("{kb_articles: 13}", "int_row_targets", "13 kb_articles asked, but only 12 have landed"),
    (
        "{kb_articles: 14}",
        "int_row_targets",
        "or the same with --model bundled, which fills the rest from the bundled content",
    ),
    (
        "{tickets: 401}",
        "int_row_targets",
        "401 tickets asked, but 100 users write 400 at most, 4 each. Ask for at most {tickets: 100}",
    ),
    (
        "{reservations: 0}",
        "int_tickets__text_chosen",
        "40 tickets asked, but 100 users with 0 reservations write fewer, at most 4 each",
    ),
    ("{users: -5}", "int_row_targets", "must be a whole number, 0 or more and at most 1000000000. Got -5"),
]
# What a var cannot mean, whatever has landed.
MEANINGLESS = [
    ("{as_of: nonsense}", "var as_of must be a day from 1900-01-01 to 2999-12-31, such as 2026-06-01. Got nonsense"),
    ("{as_of: 0001-01-01}", "Got 0001-01-01"),
    ("{seed: abc}", "var seed must be a whole number"),
    ("{useers: 100}", "there is no var useers; did you mean users?"),
    ("{stop_words: 7, exports: 2026-06-01}", "var stop_words must be words with blanks"),
]

# More than one build can number and share out, asked for or grown.
OUT_OF_REACH = [
    ("{events: 200000000}", "var events must be a whole number, 0 or more and at most 100000000. Got 200000000"),
    ("{reservations: 1000000000, reservations_per_event: 1}", "the vars ask for 1000000000 events; one build reaches"),
    ("{reservations: 10000000, reservations_per_event: 1, events_per_venue: 1, past_months: 36}", None),
    ("{reservations: 400000000, past_months: 36}", "the vars ask for 2400000000 past reservations; one build reaches"),
    ("{users: 1000000000, reservations: 1000000000}", None),
]


@pytest.mark.parametrize(("variables", "model", "message"), REFUSED)
def test_a_request_that_cannot_be_met_is_refused_with_both_numbers(
    built: Path, tmp_path: Path, variables: str, model: str, message: str
) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    result = run_dbt(data_dir, "run", "--quiet", "--select", f"+{model}", "--vars", variables)
    assert result.returncode != 0
    assert message in result.stdout


@pytest.mark.parametrize(("variables", "message"), MEANINGLESS)
def test_a_var_that_cannot_be_meant_is_refused(built: Path, tmp_path: Path, variables: str, message: str) -> None:
    shutil.copytree(built / "raw", tmp_path / "raw")
    result = run_dbt(tmp_path, "build", "--quiet", "--vars", variables)
    assert result.returncode == 2
    assert message in result.stdout and "Traceback" not in result.stdout + result.stderr
    assert not (tmp_path / "work" / "warehouse.duckdb").exists()


@pytest.mark.parametrize(("variables", "message"), OUT_OF_REACH)
def test_more_rows_than_a_build_can_number_are_refused_before_any_work(
    built: Path, tmp_path: Path, variables: str, message: str | None
) -> None:
    shutil.copytree(built / "raw", tmp_path / "raw")
    result = run_dbt(tmp_path, "run", "--quiet", "--select", "int_numbers", "--vars", variables)
    assert "Traceback" not in result.stdout + result.stderr
    if message is None:
        assert result.returncode == 0, result.stdout
        return
    assert result.returncode == 2 and message in result.stdout
    with duckdb.connect(str(tmp_path / "work" / "warehouse.duckdb")) as connection:
        assert not connection.sql("from duckdb_tables()").fetchall()


def test_without_raw_data_dbt_says_what_to_run(tmp_path: Path) -> None:
    result = run_dbt(tmp_path, "build", "--quiet")
    assert result.returncode != 0
    assert "Run: python extract/run.py" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_shares_that_do_not_add_up_are_named_with_their_sum(built: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb")) as connection:
        connection.execute("update seeds.shares set share = 33 where attribute = 'event_status' and value = 'soldout'")
    result = run_dbt(data_dir, "test", "--quiet", "--select", "shares_of_an_attribute_add_up_to_100")
    assert result.returncode == 1
    assert "the shares of event_status in seeds/shares.csv add up to 113, not to 100" in result.stdout


def change_seeds(folder: Path, seed: str, changes: dict[str, str]) -> Path:
    """Copy the seeds, with the text of one of them changed."""
    shutil.copytree(SEEDS_DIR, folder)
    path = folder / f"{seed}.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_share_that_extract_deals_and_that_changed_since_the_pull_says_what_to_run(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    changes = {"1,refund,40": "1,refund,60", "2,cancellation,25": "2,cancellation,5"}
    monkeypatch.setenv("EVENTHUB_SEEDS_DIR", str(change_seeds(tmp_path / "seeds", "shares", changes)))
    published = (data_dir / "udahub.db").stat().st_ino
    result = run_dbt(data_dir, "build", "--quiet")
    assert result.returncode == 1
    assert (
        "the shares of ticket_category changed since the pull: refund has 16 of 40 landed tickets, and shares.csv asks "
        "for 60 percent. Run: python extract/run.py --rewrite tickets"
    ) in result.stdout
    assert "share_is_as_asked" not in result.stdout
    assert (data_dir / "udahub.db").stat().st_ino == published
    assert run_extract(data_dir, "--rewrite", "tickets").returncode == 0
    words = ["build", "--quiet", "--resource-type", "seed", "model", "--select", "+int_row_targets"]
    result = run_dbt(data_dir, *words)
    assert result.returncode == 0, result.stdout


def test_an_unknown_payment_method_is_named(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    changes = {"payment_method,4,google_pay": "payment_method,4,gift_card"}
    monkeypatch.setenv("EVENTHUB_SEEDS_DIR", str(change_seeds(tmp_path / "seeds", "shares", changes)))
    words = ["build", "--quiet", "--resource-type", "seed", "model", "--select", "+int_bookings__priced"]
    result = run_dbt(data_dir, *words)
    assert result.returncode == 1
    problem = "payment_method gift_card of shares.csv is none of credit_card, paypal, apple_pay, google_pay"
    assert problem in result.stdout


def test_a_failed_rule_leaves_the_old_files_untouched(built: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    files = ["eventhub.db", "udahub.db", "warehouse.duckdb", "generated/users.jsonl"]
    before = {name: (data_dir / name).stat().st_ino for name in files}
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb")) as connection:
        connection.execute("update main.events set title = 'The Same'")
    # The rule, its test, and all that stands after them, which the exports do.
    result = run_dbt(data_dir, "build", "--quiet", "--select", "events_rules+")
    assert result.returncode == 1
    assert "events.title_is_unique: 19 of 20 rows, such as the same\n" in result.stdout
    assert {name: (data_dir / name).stat().st_ino for name in files} == before


@pytest.mark.parametrize("command", [["test"], ["test", "--quiet"], ["build", "--resource-type", "test"]], ids=" ".join)
def test_a_broken_rule_is_named_with_its_first_row(built: Path, tmp_path: Path, command: list[str]) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb")) as connection:
        connection.execute("update intermediate.int_bookings__priced set ticket_count = 7 where booking_number = 1")
        connection.execute("update intermediate.int_tickets__channels set channel = null where ticket_number < 3")
        connection.execute("delete from venues where venue_id = 'v_00001'")
    lines = {
        "reservations_rules": "reservations.one_to_six_tickets: 1 of 200 rows, such as r_00001",
        "int_tickets__channels": "not_null_int_tickets__channels_channel: 2 rows",
        "as_many_rows_as_asked": "as_many_rows_as_asked: 1 row, such as entity venues, asked 8, row_count 7",
    }
    if command[0] == "build":
        # a build skips what hangs on what has failed: bookings show what support did in tickets
        del lines["as_many_rows_as_asked"], lines["reservations_rules"]
    result = run_dbt(data_dir, *command, "--select", *lines)
    assert result.returncode == 1, result.stdout
    assert [line for line in lines.values() if line not in result.stdout.splitlines()] == []
    written = (data_dir / "work" / "failed_tests.txt").read_text(encoding="utf-8")
    assert set(lines.values()) <= set(written.splitlines())
