"""The whole of extract on a bad day, and dbt on what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.entities import load_entities
from extract.planning.seeds import Seeds
from extract.settings import Settings
from tests.pipeline.commands import run_dbt
from tests.provider.conftest import Extract, Read
from tests.provider.server import BedrockServer

VOLUMES = Seeds(Settings().seeds_dir).volumes


def make_a_bad_day(server: BedrockServer) -> None:
    server.behaviour.throttle, server.behaviour.error, server.behaviour.malformed = 0.10, 0.02, 0.10


def check_counts(read: Read, counts: dict[str, int]) -> None:
    for entity, known in load_entities().items():
        frame = read(entity)
        keys = {known.record.read_key(row) or row["position"] for row in frame.iter_rows(named=True)}
        assert frame["position"].to_list() == list(range(1, counts[entity] + 1))
        assert len(keys) == counts[entity]


def test_a_small_run_on_a_bad_day_is_exact(server: BedrockServer, extract: Extract, read: Read) -> None:
    make_a_bad_day(server)

    assert extract("--test", "--model", "mistral-7b").code == 0

    check_counts(read, VOLUMES["test"])


@pytest.mark.long
def test_the_full_volume_on_a_bad_day_is_exact(server: BedrockServer, extract: Extract, read: Read) -> None:
    make_a_bad_day(server)

    assert extract("--volume", "full", "--model", "mistral-7b").code == 0

    check_counts(read, VOLUMES["full"])
    assert len(server.calls) > 450


def test_a_name_that_repeats_another_is_not_asked_again(server: BedrockServer, extract: Extract, read: Read) -> None:
    server.writer._repeat_share = 0.2

    assert extract("users", "--count", "users=1000", "--model", "nova-lite").code == 0

    assert read("users")["full_name"].n_unique() < 900
    assert read("calls").height == 20
    assert read("calls")["repeated"].sum() == 0


@pytest.mark.long
def test_9500_of_10000_names_differ_although_a_fifth_is_a_repeat(
    server: BedrockServer, extract: Extract, data_dir: Path
) -> None:
    import duckdb

    server.writer._repeat_share = 0.2

    assert extract("users", "--volume", "portfolio", "--model", "nova-lite").code == 0
    assert extract("--skip", "users", "--volume", "portfolio").code == 0

    build(data_dir)
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        (names,) = connection.execute("select count(distinct full_name) from main.users").fetchone() or (0,)
        (calls,) = connection.execute("select count(*) from analytics.llm_calls where entity = 'users'").fetchone() or (
            0,
        )
    assert names >= 9500
    assert calls <= 215


def build(data_dir: Path, *select: str) -> None:
    """Build for the day of the pull."""
    built = run_dbt(data_dir, "build", "--quiet", "--vars", "{}", *select)
    assert built.returncode == 0, built.stdout[-3000:]


def test_what_a_model_has_cost_on_a_bad_day_is_compared(
    server: BedrockServer, extract: Extract, data_dir: Path
) -> None:
    """That all of dbt builds on such a day, test_hostile_content.py shows."""
    make_a_bad_day(server)
    assert extract("--test", "--model", "nova-lite").code == 0

    build(data_dir, "--select", "+model_comparison")

    check_comparison(data_dir)


def check_comparison(data_dir: Path) -> None:
    import duckdb

    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select alias, valid_share, distinct_words, usd_per_1000, seconds_per_1000"
            " from analytics.model_comparison where entity = 'all'"
        ).fetchall()
        (cost,) = connection.execute("select sum(cost_usd) from analytics.llm_calls").fetchone() or (0,)
    assert [row[0] for row in rows] == ["nova-lite"]
    assert 0 < rows[0][1] <= 1 and rows[0][2] > 100 and rows[0][3] > 0 and rows[0][4] >= 0
    assert cost > 0


@pytest.mark.long
def test_dbt_builds_the_full_volume_of_what_the_model_wrote(
    server: BedrockServer, extract: Extract, data_dir: Path
) -> None:
    assert extract("--volume", "full", "--model", "nova-lite").code == 0

    build(data_dir)
