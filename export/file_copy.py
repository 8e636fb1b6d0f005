"""A copy of a database's file, made while the database is open."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from export.sql import fetch_row


def copy_file(connection: DuckDBPyConnection, path: Path) -> bool:
    """Copy the file of the connection's database, with all that has been committed.

    Another program reads it: by POSIX, this process would lose its lock on the file at the first handle it closes.

    Returns:
        Whether there is a copy. A database in memory has no file, and one that somebody is writing to cannot put all
        into its file now.

    Raises:
        OSError: the copy cannot be written.
    """
    (file,) = fetch_row(connection, "select path from duckdb_databases() where database_name = current_database()")
    if not file:
        return False
    with _file_left_alone(connection):
        try:
            connection.execute("checkpoint")
        except duckdb.TransactionException:
            return False
        # As in Python, a file that may not grow is an error to tell of, not the end of the program.
        command = ["cp", file, str(path)]
        copied = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False, restore_signals=False)
    if copied.returncode:
        raise OSError(copied.stderr or f"{' '.join(command)} ended with {copied.returncode}")
    return True


@contextmanager
def _file_left_alone(connection: DuckDBPyConnection) -> Iterator[None]:
    """Let nobody's commit rewrite the file, which without a checkpoint only grows, or fills blocks that are free.

    What the block itself puts into the file is not compressed: that takes longer than to write it.
    """
    (threshold,) = fetch_row(connection, "select current_setting('checkpoint_threshold')")
    connection.execute("set checkpoint_threshold = '1000TB'; set force_compression = 'uncompressed'")
    try:
        yield
    finally:
        connection.execute(f"set checkpoint_threshold = '{threshold}'; reset force_compression")
