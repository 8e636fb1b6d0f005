"""What lets a killed publication be finished: which finished file takes the place of which.

Files are replaced one by one, and a kill in between leaves files of two builds side by side. The journal is written
when all new files are on the disk and before the first one moves, and goes when the last one stands. A process
that finds one moves the rest: from the journal on, the new build is the one that counts.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from common.atomic_write import flush, remove, remove_leftovers, write_atomically
from export.errors import ExportError

JOURNAL = Path("work", "replacing.json")
# What SQLite and DuckDB keep beside a database. Left over by a reader that crashed, it would be played
# back into the new file; a reader that is alive holds its own open and does not miss the name.
COMPANIONS = ("-journal", "-wal", "-shm", ".wal")
# A folder cannot take the place of a full one: the old one steps aside under this name first.
OLD = "-old"


@dataclass(frozen=True)
class Journal:
    """Paths relative to the data directory, so that it may be moved: (temporary, target) and what has had its day."""

    pairs: list[tuple[str, str]]
    superseded: list[str]

    def write(self, data_dir: Path) -> None:
        """Put the journal in place at once, and on the disk."""
        path = data_dir / JOURNAL
        path.parent.mkdir(exist_ok=True)
        write_atomically(path, json.dumps(asdict(self)).encode())
        flush(path.parent)

    def carry_out(self, data_dir: Path) -> None:
        """Move what has not moved yet, and remove the journal."""
        targets = [data_dir / target for _, target in self.pairs]
        for (temporary, _), target in zip(self.pairs, targets, strict=True):
            _put(data_dir / temporary, target)
        for folder in {target.parent for target in targets}:
            flush(folder)
        for path in [*self.superseded, *(f"{temporary}{OLD}" for temporary, _ in self.pairs)]:
            remove(data_dir / path)
        (data_dir / JOURNAL).unlink()


def finish_killed_publication(data_dir: Path) -> bool:
    """Move the files that a killed build did not get to; return whether there was such a build.

    Raises:
        ExportError: the journal cannot be read, or a file cannot be moved.
    """
    path = data_dir / JOURNAL
    try:
        journal = Journal(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return False
    except (ValueError, TypeError) as error:
        raise ExportError(f"{path} cannot be read: {error}. Remove it and build again.") from error
    try:
        journal.carry_out(data_dir)
    except OSError as error:
        raise ExportError(
            f"{error.filename2 or error.filename} cannot be replaced: {error.strerror}."
            " Move it away; the next dbt build puts the new files in place first."
        ) from error
    return True


def clear_leftovers(data_dir: Path) -> None:
    """Remove unfinished files of killed builds; only who holds the data directory may, and before it writes its own."""
    for folder in (data_dir, data_dir / "generated", data_dir / "work"):
        remove_leftovers(folder)


def _put(temporary: Path, target: Path) -> None:
    if not temporary.exists():  # moved before the kill
        return
    for suffix in COMPANIONS:
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    if temporary.is_dir() and target.is_dir():
        os.replace(target, f"{temporary}{OLD}")
    os.replace(temporary, target)
