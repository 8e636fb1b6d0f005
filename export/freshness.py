"""Tells whether a build would change anything, for `make run`.

It compares the content of what was built from, not the times of files: these change when a checkout or its data are
copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from export.journal import JOURNAL
from extract.paths import REPO_ROOT, SEEDS_DIR, find_folder

BUILT = Path("work", "built")
# What a build leaves; a file that is gone makes it stale, too.
MADE = (
    "eventhub.db",
    "udahub.db",
    "warehouse.duckdb",
    "data_card.html",
    "generated",
    str(Path("work", "warehouse.duckdb")),
)
CODE = ("common", "data/models", "dbt_project", "export")
SETTINGS = ("dbt_project.yml", "profiles.yml")
RAW = ("*.parquet", "manifest.json")


def is_fresh(data_dir: Path, made_of: str | None = None) -> bool:
    """Tell whether the last build of `make run` is whole, and of what is there now, whose fingerprint may be known."""
    if (data_dir / JOURNAL).exists() or not all((data_dir / name).exists() for name in MADE):
        return False
    try:
        return (data_dir / BUILT).read_text(encoding="ascii") == (made_of or fingerprint(data_dir))
    except (OSError, UnicodeDecodeError):
        return False


def note_build(data_dir: Path, made_of: str) -> None:
    """Remember the fingerprint of what has been built from, as it was before."""
    (data_dir / BUILT).write_text(made_of, encoding="ascii")


def fingerprint(data_dir: Path) -> str:
    """Hash the raw content, the seeds and the code with its settings."""
    digest = blake2b(digest_size=16)
    for name, path in sorted(_list_inputs(data_dir)):
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _list_inputs(data_dir: Path) -> Iterator[tuple[str, Path]]:
    for pattern in RAW:
        yield from ((f"raw/{path.name}", path) for path in (data_dir / "raw").glob(pattern))
    seeds_dir = find_folder("EVENTHUB_SEEDS_DIR", SEEDS_DIR)
    yield from ((f"seeds/{path.name}", path) for path in seeds_dir.glob("*.csv"))
    for folder in CODE:
        for path in (REPO_ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(REPO_ROOT).as_posix(), path
    yield from ((name, REPO_ROOT / name) for name in SETTINGS)
