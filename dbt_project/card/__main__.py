"""Draw the card again from a published warehouse: `python -m dbt_project.card`."""

import sys
from pathlib import Path

import duckdb

from dbt_project.card import DataCard
from dbt_project.exporting.audit import ExportedTable
from dbt_project.exporting.replacing import Replacement
from extract.paths import require_data_dir


def redraw(data_dir: Path) -> Path:
    """Replace data_card.html by one of the warehouse beside it."""
    target = data_dir / "data_card.html"
    with (
        duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection,
        Replacement(data_dir) as files,
    ):
        lines = connection.execute("from analytics.exported_files").fetchall()
        page = files.aside(target)
        DataCard.gather(connection).draw().write(page, [ExportedTable(*line) for line in lines])
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{redraw(require_data_dir())}\n")
