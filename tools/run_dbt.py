"""Runs dbt, for make: a tenth of dbt's start is to look for garbage among what it loads and keeps."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line; the plugin workspace lets Python look for garbage again when all is loaded."""
    gc.disable()
    from dbt.cli.main import cli

    sys.exit(cli(prog_name="dbt"))


if __name__ == "__main__":
    main()
