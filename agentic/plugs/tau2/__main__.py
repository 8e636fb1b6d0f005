"""`python -m agentic.plugs.tau2 write` or `run`: docs/agents.md, "Five minutes: tau2"."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from agentic.errors import DataError
from agentic.plugs.data_dir import find_data_dir
from agentic.plugs.tau2.files import SPLIT_TASKS, write_files
from agentic.searches import SEARCH_VARIABLE

MISSING = (
    "tau2 is not installed here. Use the environment that `make tau2` makes: .venv-tau2/bin/python -m"
    " agentic.plugs.tau2 run ..."
)


def main(arguments: Sequence[str]) -> int:
    """Run a command; return 0, 1 where it failed, 2 where it was asked wrongly."""
    data_dir = find_data_dir()
    parser = argparse.ArgumentParser(prog="python -m agentic.plugs.tau2", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    write = commands.add_parser("write", help="write the files of the domain")
    write.add_argument("--data", type=Path, default=data_dir, help="the data directory (default: data)")
    write.add_argument("--out", type=Path, help="where to (default: tau2 in the data directory)")
    run = commands.add_parser("run", help="run tau2 with the domain `eventhub`", add_help=False)
    run.add_argument("--files", type=Path, default=data_dir / "tau2", help="what write has written")
    asked, others = parser.parse_known_args(arguments)
    if others and asked.command == "write":
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    try:
        return _write(asked.data, asked.out or asked.data / "tau2") if asked.command == "write" else _run(asked, others)
    except (DataError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 1


def _write(data_dir: Path, folder: Path) -> int:
    counts = write_files(data_dir, folder)
    print(f"written: {folder} ({', '.join(f'{split} {count:,}' for split, count in counts.items())} tasks)")
    return 0


def _run(asked: argparse.Namespace, others: Sequence[str]) -> int:
    if not (asked.files / SPLIT_TASKS).is_file():
        raise DataError(f"{asked.files} holds no tasks. Write them first: python -m agentic.plugs.tau2 write")
    # Prices of models would come from the network at each start, which waits for it.
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    try:
        from tau2.cli import main as run_tau2

        from agentic.plugs.tau2.registration import register
    except ModuleNotFoundError as error:
        print(f"error: {MISSING} ({error})", file=sys.stderr)
        return 1
    if os.environ.get(SEARCH_VARIABLE, "").strip() not in ("", "full-text"):
        # Its results have no place to name a search, and judging makes the same calls again.
        print(f"tau2 finds articles by full text; {SEARCH_VARIABLE} does not count here.", file=sys.stderr)
    register(asked.files)
    sys.argv = ["tau2", "run", *others]
    run_tau2()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
