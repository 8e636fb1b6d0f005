"""Another seed or day, another world by the same rules; for the same bytes again see machine/test_elsewhere.py."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from export.content_hash import hash_file
from tests.pipeline.commands import AS_OF, run_dbt

pytestmark = pytest.mark.early

# Another seed, every count named that has landed, and a past season.
OTHERWISE = f"""{{seed: 7, past_months: 3, as_of: {AS_OF}, users: 100, venues: 8, events: 20, reservations: 200,
    kb_articles: 12, tickets: 40}}"""


def copy_raw(built: Path, directory: Path) -> Path:
    """A data directory with the same landing and nothing built."""
    shutil.copytree(built / "raw", directory / "raw")
    return directory


@pytest.fixture(scope="module")
def seeded_otherwise(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same landing built with another seed, with every rule."""
    other = copy_raw(built, tmp_path_factory.mktemp("other"))
    result = run_dbt(other, "build", "--quiet", "--vars", OTHERWISE, writes_manifest=True)
    assert result.returncode == 0, result.stdout
    return other


@pytest.mark.parametrize("world", ["seeded_otherwise", "later"])
def test_another_world_keeps_every_rule(built: Path, request: pytest.FixtureRequest, world: str) -> None:
    first, second = (
        hash_file(data_dir / "generated" / "reservations.jsonl") for data_dir in (built, request.getfixturevalue(world))
    )
    assert first != second


def read_parsed(data_dir: Path) -> dict[str, object]:
    """Read what dbt has made of models, tests and sources while it parsed; the seed switches two tests of draws."""
    text = (data_dir / "work" / "target" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text.replace(str(data_dir), "data"))
    return {
        name: (node["config"], sorted(node.get("depends_on", {}).get("nodes", [])))
        for name, node in [*manifest["nodes"].items(), *manifest["sources"].items()]
        if not node["name"].startswith("draws_")
    }


def test_vars_and_the_data_directory_change_nothing_that_dbt_parses(built: Path, seeded_otherwise: Path) -> None:
    parsed = read_parsed(built)
    assert len(parsed) > 180
    assert parsed == read_parsed(seeded_otherwise)


def ask(data_dir: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_past_season_has_events_bookings_attendance_and_refunds(built: Path, seeded_otherwise: Path) -> None:
    """As many events a month as the season to come, the same shares, and each kind of booking; rules say the rest."""
    past = "select count(*), count(*) filter (status = 'soldout'), count(*) filter (is_premium), count(distinct title)"
    events = ask(seeded_otherwise, f"{past} from events where event_date < date '{AS_OF}'")
    assert events == [(10, 2, 3, 10)]
    kinds = """
        select reservations.status, attended_at is not null, refunds.status
        from reservations left join eventhub.refunds using (reservation_id)
        where event_date < (select as_of from eventhub.data_set) group by all order by all
    """
    found = ask(seeded_otherwise, kinds)
    assert {("confirmed", True, None), ("confirmed", False, None), ("cancelled", False, "paid")} <= set(found)
    assert "pending" not in {status for status, *_ in found}
    upcoming = "select count(*) from reservations where event_date > (select as_of from eventhub.data_set)"
    assert ask(seeded_otherwise, upcoming) == ask(built, upcoming) == [(200,)]


def test_files_name_the_attendance_where_there_is_a_past_season(built: Path, seeded_otherwise: Path) -> None:
    """The files of a build without one are what they were."""
    for data_dir, is_named in ((built, False), (seeded_otherwise, True)):
        with closing(sqlite3.connect(data_dir / "eventhub.db")) as connection:
            columns = [name for _, name, *_ in connection.execute("pragma table_info(reservations)")]
            query = f"select {'count(attended_at)' if is_named else 0} from reservations"
            attended = connection.execute(query).fetchone()
        line = json.loads((data_dir / "generated" / "reservations.jsonl").read_text().partition("\n")[0])
        package = (data_dir / "generated" / "datapackage.json").read_text()
        metadata = json.loads((data_dir / "metadata.json").read_text())["databases"]["eventhub"]["tables"]
        texts = (columns, line, package, metadata["reservations"]["columns"])
        assert sum("attended_at" in text for text in texts) == (len(texts) if is_named else 0)
        assert (attended[0] > 0) == is_named
    told = "select count(*) > 0 from udahub.user_history where interaction_type = 'event_attended'"
    assert ask(seeded_otherwise, told) == [(True,)]
