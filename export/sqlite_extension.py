"""DuckDB's SQLite extension, from its Python package: nothing is downloaded or put in a home."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection

from export.errors import ExportError

EXTENSION_PACKAGE = "duckdb_extension_sqlite"


def load_sqlite_extension(connection: DuckDBPyConnection) -> None:
    """Load DuckDB's SQLite extension from its Python package; nothing is downloaded or put in a home.

    The loader takes the name of the extension from the name of the file, hence a link of the right name, or a copy
    where links are refused.

    Raises:
        ExportError: the package is missing or made for another DuckDB.
    """
    package = importlib.util.find_spec(EXTENSION_PACKAGE)
    places = list(package.submodule_search_locations or ()) if package else []
    shipped = [
        file
        for place in places
        if (file := Path(place, "extensions", f"v{duckdb.__version__}", "sqlite.duckdb_extension")).is_file()
    ]
    if not shipped:
        raise ExportError(
            f"the SQLite extension for DuckDB {duckdb.__version__} is not installed. "
            f"Run: pip install duckdb-extension-sqlite=={duckdb.__version__}"
        )
    with TemporaryDirectory() as folder:
        link = Path(folder, "sqlite_scanner.duckdb_extension")
        try:
            link.symlink_to(shipped[0].resolve())
        except (OSError, NotImplementedError):
            shutil.copyfile(shipped[0], link)
        connection.load_extension(str(link))
