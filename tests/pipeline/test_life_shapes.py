"""Shapes that life has: days, members, evenings, distance, prices and views, and venues that keep their shares."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.pipeline.commands import run_dbt

NOT_HELD = "select measure, value from analytics.life_shapes where holds is not true"
# Per day, without pending bookings: what is more than three times the mean of the four weeks before, and not by chance.
CROWDED = """
    with days as (
        select created_at::date as day, count(*) as bookings from intermediate.int_bookings__priced
        where status != 'pending' group by 1
    ), compared as (
        select *, avg(bookings) over () as mean_day, sum(bookings) over (
            order by day range between interval 28 day preceding and interval 1 day preceding) / 28 as mean_before
        from days
    )
    select day, bookings, mean_before from compared where bookings > greatest(mean_day, 3 * mean_before)
"""
OVER_QUOTA = """
    select user_number from intermediate.int_bookings__priced as bookings
    inner join intermediate.int_users__subscribed as users using (user_number)
    where bookings.status != 'cancelled' group by user_number, date_trunc('month', created_at)
    having count(*) > any_value(monthly_quota)
"""
OVERLAPS = """
    with held as (
        select user_number, event_number, 1440 * day_number + 60 * split_part(start_time, ':', 1)::int
            + split_part(start_time, ':', 2)::int as starts, duration_minutes
        from intermediate.int_bookings__priced inner join intermediate.int_events__scheduled using (event_number)
        where status != 'cancelled'
    )
    select * from held as one inner join held as other
        on one.user_number = other.user_number and one.event_number < other.event_number
    where one.starts < other.starts + other.duration_minutes and other.starts < one.starts + one.duration_minutes
"""
SHARES = """
    with got as (
        select 'venue_region' as attribute, region as value, count(*) as venues
        from intermediate.int_venues__named group by all
        union all select 'venue_category', category, count(*) from intermediate.int_venues__named group by all
    )
    select attribute, value, row_count, venues
    from intermediate.int_share_targets left join got using (attribute, value)
    where entity = 'venues' and row_count != coalesce(venues, 0)
"""
NAMES = "select count(*) - count(distinct name) from intermediate.int_venues__named"


@pytest.fixture(scope="module")
def pulled(landed_in_full: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled content of the full volume, and the seeds; tests build parts of it."""
    directory = tmp_path_factory.mktemp("pulled")
    (directory / "raw").symlink_to(landed_in_full)
    assert run_dbt(directory, "seed", "--quiet").returncode == 0
    return directory


def read(data_dir: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def run_models(data_dir: Path, model: str, variables: str) -> None:
    result = run_dbt(data_dir, "run", "--quiet", "--select", f"+{model}", "--vars", variables)
    assert result.returncode == 0, result.stdout


@pytest.mark.long
def test_the_full_volume_has_the_shapes_of_life(full: Path) -> None:
    assert read(full, NOT_HELD) == []


def test_members_of_both_tiers_have_no_booking_even_in_a_small_set(built: Path) -> None:
    query = (
        "select distinct subscription_tier from users where subscription_status = 'active' and not is_blocked "
        "and user_id not in (select user_id from reservations) order by 1"
    )
    assert read(built, query) == [("basic",), ("premium",)]


@pytest.mark.parametrize("as_of", ["2026-06-01", "2026-06-02", "2026-06-28"])
def test_no_day_of_any_month_is_crowded(pulled: Path, as_of: str) -> None:
    run_models(pulled, "int_bookings__priced", f"{{as_of: '{as_of}'}}")
    assert [read(pulled, query) for query in (CROWDED, OVER_QUOTA, OVERLAPS)] == [[], [], []]


@pytest.mark.parametrize(
    "volume",
    [
        "users: 300, venues: 3, events: 12, reservations: 300, tickets: 40",
        "users: 100, venues: 40, events: 400, reservations: 300, tickets: 40",
        "users: 3000, venues: 200, events: 2000, reservations: 20000",
    ],
)
def test_nobody_is_at_two_events_at_once_at_any_volume(pulled: Path, volume: str) -> None:
    run_models(pulled, "int_bookings__priced", f"{{as_of: '2026-06-01', {volume}}}")
    assert [read(pulled, query) for query in (OVER_QUOTA, OVERLAPS)] == [[], []]


@pytest.mark.parametrize("venues", [8, 51, 77, 5000])
def test_further_venues_keep_both_shares_to_the_row(pulled: Path, venues: int) -> None:
    run_models(pulled, "int_venues__named", f"{{as_of: '2026-06-01', venues: {venues}}}")
    assert read(pulled, SHARES) == [] and read(pulled, NAMES) == [(0,)]


def test_what_has_not_landed_cannot_be_grown(built: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    (data_dir / "raw").parent.mkdir()
    (data_dir / "raw").symlink_to(built / "raw")
    assert run_dbt(data_dir, "seed", "--quiet").returncode == 0
    run_models(data_dir, "int_venues__named", "{as_of: '2026-06-01', venues: 333}")
    landed = "select count(distinct category) from intermediate.int_venues__named where venue_number <= 8"
    grown = "select count(distinct category), count(*) from intermediate.int_venues__named"
    assert read(data_dir, grown) == [(*read(data_dir, landed)[0], 333)] and read(data_dir, NAMES) == [(0,)]
