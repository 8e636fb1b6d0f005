"""Runs dbt, for make: a tenth of dbt's start is to look for garbage among what it loads and keeps."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def run_dbt(words: Sequence[str]) -> int:
    """Run dbt with the words of its command line; return its exit code.

    Python does not look for garbage until the plugin workspace lets it, when all is loaded.
    """
    gc.disable()
    from dbt.cli.main import cli

    try:
        cli(list(words), prog_name="dbt")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


if __name__ == "__main__":
    sys.exit(run_dbt(sys.argv[1:]))
