"""The vars of the export: which kinds of files are written, and how large Parquet files get."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from export.errors import ExportError
from export.writers import KINDS, WRITERS

PARQUET_ROWS_PER_FILE = 5_000_000
# In the var exports: what is written without being asked for.
DEFAULT = "default"


@dataclass(frozen=True)
class ExportSettings:
    """Checked vars.

    Attributes:
        kinds: what is asked for; None leaves the choice to the size.
        parquet_rows_per_file: a table with more becomes several files.
    """

    kinds: frozenset[str] | None = None
    parquet_rows_per_file: int = PARQUET_ROWS_PER_FILE

    def choose_kinds(self, reservations: int) -> frozenset[str]:
        """Return what is to be written."""
        kinds = frozenset({DEFAULT}) if self.kinds is None else self.kinds
        if DEFAULT not in kinds:
            return kinds
        by_size = {writer.kind.name for writer in WRITERS if writer.kind.is_default(reservations)}
        return kinds - {DEFAULT} | by_size


def read_settings(exports: object, parquet_rows_per_file: object) -> ExportSettings:
    """Check the vars as dbt passes them; None is a var that was not given, and digits in quotes are a number.

    Raises:
        ExportError: a kind is unknown, or the rows are not a number above 0.
    """
    rows = PARQUET_ROWS_PER_FILE if parquet_rows_per_file is None else parquet_rows_per_file
    rows = int(rows) if isinstance(rows, str) and re.fullmatch("[0-9]{1,18}", rows) else rows
    if not isinstance(rows, int) or isinstance(rows, bool) or rows < 1:
        raise ExportError(f"var parquet_rows_per_file must be a whole number, 1 or more. Got {rows!r}")
    if exports is None:
        return ExportSettings(None, rows)
    known = (DEFAULT, *KINDS)
    if not isinstance(exports, list) or not all(kind in known for kind in exports):
        unknown = [str(kind) for kind in exports if kind not in known] if isinstance(exports, list) else []
        close = get_close_matches(unknown[0], known, 1) if unknown else []
        hint = f"; did you mean {close[0]}?" if close else ""
        kinds = ", ".join(known)
        raise ExportError(f"var exports must be a list of {kinds}, for example [sqlite]. Got {exports!r:.80}{hint}")
    return ExportSettings(frozenset(exports), rows)
