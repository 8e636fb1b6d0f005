"""Draw the card again from a published warehouse: `python -m export.card`."""

import sys
from pathlib import Path

import duckdb

from export.card.data_card import DataCard
from export.exported_table import read_exported_tables
from export.publish import Publication
from extract.paths import require_data_dir


def redraw(data_dir: Path) -> Path:
    """Replace data_card.html by one of the warehouse beside it."""
    target = data_dir / "data_card.html"
    with (
        duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection,
        Publication(data_dir) as files,
    ):
        page = files.stage(target)
        DataCard.gather(connection).draw().write(page, read_exported_tables(connection), data_dir)
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{redraw(require_data_dir())}\n")
