"""The page on bookings shows what the models make of its small world, and what it claims holds there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.bookings import PAGE, Step, build_world, compile_steps, fill_page, format_table, read_given, read_steps
from docs.compiled_models import CompiledModels, Node, Sandbox
from tests.pipeline.commands import run_dbt

# It compiles the models itself.
pytestmark = pytest.mark.builds

TEXT = PAGE.read_text(encoding="utf-8")
STEPS = read_steps(TEXT)
GIVEN = read_given(TEXT)

# What the small world is there to show.
CASES = {
    "users of every pool": "select count(distinct pool) = 3 from bookers",
    "basic, premium and blocked users": "select list_sort(list(distinct class_number)) = [0, 1, 2] from bookers",
    "classes with several bands": "select min(bands) >= 2 from classes",
    "a user with a booking in each band": (
        "select bool_or(booking_count = bands) from user_counts join classes using (class_number)"
    ),
    "a user bounded by quota and months": (
        "select bool_or(capacity < bands) from bookers join classes using (class_number)"
    ),
    "a user with more bookings than the quota of a month": (
        "select bool_or(booking_count > monthly_quota) from user_counts join bookers using (user_number)"
    ),
    "a booking of a premium event": "select bool_or(is_premium) from bookings join events using (event_number)",
    "an event bounded by its seats": (
        "select bool_or(booking_count = seats) from parties join bookable_events using (event_number)"
    ),
    "a sold-out event that bookings fill": (
        "select bool_or(held_tickets = total_tickets) from sales join events using (event_number) "
        "where status = 'soldout'"
    ),
    "a cancelled event": "select bool_or(status = 'cancelled') from events",
    "events that overlap": "select count(*) > count(distinct overlap_group) from bookable_events",
    "different party sizes": "select count(distinct ticket_count) >= 3 from bookings",
    "every status": "select count(distinct status) = 3 from bookings",
}  # fmt: skip

# What the page claims, as queries for what breaks it.
CLAIMS = {
    "as many bookings as asked": (
        "select count(*) from bookings cross join size having count(*) != any_value(reservations)"
    ),
    "nobody books an event twice": (
        "select user_number, event_number from bookings group by all having count(*) > 1"
    ),
    "nobody has two events at once": (
        "with held as (select user_number, event_number, 1440 * day_number + 60 * split_part(start_time, ':', 1)::int "
        "+ split_part(start_time, ':', 2)::int as starts, duration_minutes from bookings as b join events "
        "using (event_number) where b.status != 'cancelled') select * from held as one join held as other "
        "on one.user_number = other.user_number and one.event_number < other.event_number "
        "and one.starts < other.starts + other.duration_minutes and other.starts < one.starts + one.duration_minutes"
    ),
    "no event oversells": (
        "select event_number from bookings as b join events using (event_number) where b.status != 'cancelled' "
        "group by event_number having sum(ticket_count) > any_value(total_tickets)"
    ),
    "no quota is exceeded": (
        "select user_number from bookings as b join users using (user_number) where b.status != 'cancelled' "
        "group by user_number, date_trunc('month', created_at) having count(*) > any_value(monthly_quota)"
    ),
    "bookings lie within the subscription": (
        "select booking_number from bookings join users using (user_number) cross join size "
        "where created_at < started_at or created_at >= coalesce(ended_at, as_of_at)"
    ),
    "premium events stay with premium users": (
        "select booking_number from bookings join users using (user_number) join events using (event_number) "
        "where is_premium and tier != 'premium'"
    ),
    "nobody books a cancelled event": (
        "select booking_number from bookings join events using (event_number) where events.status = 'cancelled'"
    ),
    "a blocked user's bookings are cancelled": (
        "select booking_number from bookings as b join users using (user_number) "
        "where is_blocked and b.status != 'cancelled'"
    ),
    "shares are exact": (
        "with got as (select 'reservation_status' as attribute, status::varchar as value, count(*) as n "
        "from bookings group by all union all select 'payment_method', payment_method::varchar, count(*) "
        "from bookings group by all union all select 'reservation_pool', pool, count(*) "
        "from bookings join bookers using (user_number) group by all) "
        "select * from shares left join got using (attribute, value) "
        "where entity = 'reservations' and coalesce(n, 0) != row_count"
    ),
}  # fmt: skip


def compile_quickly(work_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Compile by the server of dbt, for no day, and leave the manifest where a process of its own does."""
    places = ("--target-path", str(work_dir / "target"), "--vars", "{}")
    return run_dbt(work_dir, *words, *places, writes_manifest=True)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> CompiledModels:
    """All models of the page, compiled once."""
    return compile_steps(TEXT, tmp_path_factory.mktemp("compiled"), compile_quickly)


@pytest.fixture(scope="module")
def world(models: CompiledModels, tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """The small world of the page."""
    return build_world(TEXT, models, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def other_worlds(models: CompiledModels, tmp_path_factory: pytest.TempPathFactory) -> list[Sandbox]:
    """The same users and events under other numbers, and so under other draws."""
    pages = [renumber(TEXT, 100 * world) for world in range(1, 6)]
    return [build_world(page, models, tmp_path_factory.mktemp("world")) for page in pages]


def renumber(page: str, by: int) -> str:
    """Return the page with all users and events numbered from another number."""
    return re.sub(r"^\| (\d+) (?=\| [A-Z])", lambda match: f"| {int(match[1]) + by} ", page, flags=re.M)


def list_ancestors(models: CompiledModels, node: Node) -> Iterator[Node]:
    for parent in models.list_parents(node):
        yield parent
        yield from list_ancestors(models, parent)


def test_the_page_shows_what_the_models_make(world: Sandbox) -> None:
    assert fill_page(TEXT, world) == TEXT, "Run: python -m docs.bookings"


@pytest.mark.parametrize("case", CASES)
def test_the_small_world_shows(world: Sandbox, case: str) -> None:
    assert world.connection.execute(CASES[case]).fetchall() == [(True,)]


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_the_page_claims_holds(world: Sandbox, other_worlds: list[Sandbox], claim: str) -> None:
    for tried in (world, *other_worlds):
        assert tried.connection.execute(CLAIMS[claim]).fetchall() == []


def test_other_worlds_are_other_worlds(world: Sandbox, other_worlds: list[Sandbox]) -> None:
    query = "select title from pairs join events using (event_number) order by booking_number"
    booked = [tuple(tried.connection.execute(query).fetchall()) for tried in (world, *other_worlds)]
    assert len(set(booked)) == len(booked)


def test_every_model_from_users_and_events_to_bookings_is_a_step(models: CompiledModels) -> None:
    named = {model for step in STEPS for model in step.models}
    given = {model for step in STEPS if step.name in GIVEN for model in step.models}
    last = models.find(STEPS[-1].models[-1])
    on_the_way = {
        node["name"]
        for node in list_ancestors(models, last)
        if given & {ancestor["name"] for ancestor in list_ancestors(models, node)}
    }
    behind = {node["name"] for model in given for node in list_ancestors(models, models.find(model))}
    assert on_the_way - behind - named == set()


@pytest.mark.parametrize("step", [step for step in STEPS if step.macros], ids=lambda step: step.name)
def test_a_step_names_macros_that_it_calls(models: CompiledModels, step: Step) -> None:
    assert set(step.macros) <= set().union(*map(models.list_macros, step.models))


def test_the_text_names_every_step_and_no_other() -> None:
    mentions = re.findall(r"\bsteps? \*[^)]*\)", TEXT)
    named = {name for mention in mentions for name in re.findall(r"\*(.+?)\*", mention)}
    assert named == {step.name for step in STEPS if step.name not in GIVEN}


def test_models_and_macros_are_named_in_the_table_of_steps_alone() -> None:
    rest = "".join(line for line in TEXT.splitlines(keepends=True) if "| `" not in line)
    assert [model for step in STEPS for model in step.models if re.search(rf"\b{model}\b", rest)] == []
    assert [macro for step in STEPS for macro in step.macros if f"`{macro}`" in rest] == []


def test_a_figure_that_someone_has_changed_is_put_right(world: Sandbox) -> None:
    assert fill_page(TEXT.replace("| Jazz | 3 | 3 | 1 |", "| Jazz | 3 | 4 | 1 |"), world) == TEXT


def test_a_model_that_is_not_there_is_named(models: CompiledModels, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="^dbt knows no model int_old_name: has it been renamed"):
        build_world(TEXT.replace("`int_share_targets`", "`int_old_name`"), models, tmp_path)


def test_more_bookings_than_the_world_has_room_for_are_refused(models: CompiledModels, tmp_path: Path) -> None:
    said = "^how-bookings-are-assigned.md: .*Cannot place 15 reservations.*Ask for at most 13"
    with pytest.raises(SystemExit, match=said):
        build_world(TEXT.replace("| 11 | 13 | 0 | 0 |", "| 11 | 15 | 0 | 0 |"), models, tmp_path)


def test_events_that_are_all_on_one_evening_leave_one_booking_a_user(models: CompiledModels, tmp_path: Path) -> None:
    one_evening = re.sub(r"\| \d+ \| \d\d:\d\d \| \d+ \|$", "| 5 | 20:00 | 90 |", TEXT, flags=re.M)
    said = r"Cannot place 13 reservations.*of \w+ users, and there is room for \d\. Ask for at most 5"
    with pytest.raises(SystemExit, match=said):
        build_world(one_evening, models, tmp_path)


def test_a_query_that_fails_is_told_with_the_page(world: Sandbox) -> None:
    with pytest.raises(SystemExit, match="^how-bookings-are-assigned.md: .*old_name"):
        fill_page(TEXT.replace("from shares", "from old_name"), world)


def test_a_query_about_a_step_that_is_not_there_is_told(world: Sandbox) -> None:
    with pytest.raises(SystemExit, match="the table of steps has no line old_step"):
        fill_page(TEXT.replace("within(pairs, slots)", "within(old_step, slots)"), world)


def test_tables_are_markdown() -> None:
    assert format_table(["a", "b"], [(1, None), (True, "x")]) == "| a | b |\n|---|---|\n| 1 | |\n| yes | x |\n"
