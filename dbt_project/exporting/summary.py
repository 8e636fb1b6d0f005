"""What a build made, in a few lines: `python -m dbt_project.exporting.summary`."""

import os
import sys
from pathlib import Path

import duckdb

NEXT = "Next: make test, or open {warehouse} in DuckDB: from analytics.rules_checked"


def summarise(data_dir: Path) -> list[str]:
    """Read the published warehouse.

    Returns:
        Lines for a person: what was made, where, whether shares and rules hold, and what to try.
    """
    warehouse = data_dir / "warehouse.duckdb"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        files = connection.execute(
            "select file_name, sum(row_count) from analytics.exported_files group by 1 order by 1"
        ).fetchall()
        rules = connection.execute(
            "select count(*), sum(violations), (select count(*) from analytics.share_report where not holds) "
            "from analytics.rules_checked"
        ).fetchone()
    assert rules is not None
    return [
        f"Made in {data_dir}: " + ", ".join(f"{name} ({rows:,} rows)" for name, rows in files if name.endswith(".db")),
        f"  and {sum(name.startswith('generated/') for name, _ in files)} files in {data_dir / 'generated'}",
        f"Analysts' warehouse: {warehouse}",
        f"{rules[0]} rules checked, {rules[1]} violations; {rules[2]} shares missed",
        NEXT.format(warehouse=warehouse),
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(summarise(Path(os.environ.get("EVENTHUB_DATA_DIR", "data")))) + "\n")
