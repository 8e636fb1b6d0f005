"""One build at a time on a data directory: the second says who holds it, and what a dead one left is cleared."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from export.dbt_plugins.build_lock import hold
from export.dbt_plugins.workspace import tidy
from export.errors import ExportError
from tests.paths import REPO_ROOT
from tests.pipeline.commands import run_dbt

HOLD = """
import sys, duckdb
from pathlib import Path
from export.dbt_plugins.build_lock import hold
data_dir = Path(sys.argv[2])
held = hold(data_dir) if sys.argv[1] == "directory" else duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the data directory, or the working database alone."""
    (tmp_path / "work").mkdir()
    command = [sys.executable, "-c", HOLD, request.param, str(tmp_path)]
    with subprocess.Popen(command, cwd=REPO_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.parametrize("holder", ["directory"], indirect=True)
def test_a_second_build_names_the_first_and_goes_on_once_it_is_dead(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    result = run_dbt(tmp_path, "build", "--quiet")
    assert result.returncode == 2
    told = rf"{tmp_path} is in use by another dbt \(process {holder.pid}, since [-0-9: ]+ UTC\)\. Wait until"
    assert re.search(told, result.stdout)
    assert "Traceback" not in result.stdout + result.stderr
    holder.kill()
    holder.wait()
    assert hold(tmp_path)


@pytest.mark.parametrize("holder", ["database"], indirect=True)
def test_who_has_the_working_database_open_is_shown_the_published_one(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    message = rf"open in another process: .*\(PID {holder.pid}\)\. Close it there; {tmp_path}/warehouse.duckdb is"
    with pytest.raises(ExportError, match=message):
        tidy(tmp_path / "work" / "warehouse.duckdb")


def test_a_process_that_holds_the_directory_may_ask_again(tmp_path: Path) -> None:
    assert hold(tmp_path) and not hold(tmp_path)


def test_a_damaged_working_database_is_built_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database = tmp_path / "work" / "warehouse.duckdb"
    database.parent.mkdir()
    database.write_text("cut short")
    tidy(database)
    assert "warehouse.duckdb cannot be opened and is built anew" in caplog.text
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("select count(*) from duckdb_tables()").fetchone() == (0,)


def test_what_killed_builds_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "work" / "spill-eventhub").mkdir(parents=True)
    for name in ("work/spill-eventhub/duckdb_temp_storage-0.tmp", ".eventhub.db.77.part"):
        (tmp_path / name).touch()
    tidy(tmp_path / "work" / "warehouse.duckdb")
    assert [path.name for path in tmp_path.iterdir()] == ["work"]
    assert not any((tmp_path / "work").glob("spill*"))


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ExportError, match=r"data/work cannot be written: Not a directory"):
        hold(tmp_path / "data")
