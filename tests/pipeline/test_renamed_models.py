"""What an earlier version of the project has built under other names goes with the next build."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.pipeline.commands import copy_built, run_dbt


def test_relations_that_the_project_no_longer_has_are_dropped(built: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    database = str(data_dir / "work" / "warehouse.duckdb")
    with duckdb.connect(database) as connection:
        before = list_relations(connection)
        connection.execute("create table intermediate.of_old as select 1 as x")
        connection.execute("create view analytics.rules_of_old as select 2 as x")

    run = run_dbt(data_dir, "run", "--quiet", "--select", "stg_users")

    assert run.returncode == 0, run.stdout
    with duckdb.connect(database, read_only=True) as connection:
        assert list_relations(connection) == before


def list_relations(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select schema_name, table_name from duckdb_tables() where not internal "
        "union all select schema_name, view_name from duckdb_views() where not internal order by all"
    ).fetchall()
