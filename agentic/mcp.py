"""`python -m agentic.mcp --task t_00123`: the desk as an MCP server over stdio, on one ticket.

The client starts it, and talks to it over its standard input and output; docs/agents.md has what clients want.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from agentic.environment import Environment
from agentic.errors import DataError, UsageError
from agentic.plugs.data_dir import find_data_dir
from agentic.searches import SEARCH_VARIABLE, SEARCHES, choose_encoder


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a ticket until the client closes; return 1 where that cannot be, 2 where it was asked wrongly."""
    asked = make_parser().parse_args(arguments)
    if find_spec("mcp") is None:
        return _refuse("the package mcp is not installed. In a checkout: make agents; else: pip install 'mcp>=2.3,<3'")
    from agentic.plugs.mcp_server import DeskServer

    try:
        encoder = choose_encoder(asked.search)
        environment = Environment(find_data_dir(asked.data), shows_measures=not asked.unmeasured, encoder=encoder)
        server = DeskServer(environment, asked.task, with_scoring=asked.with_scoring)
    except UsageError as error:
        return _refuse(str(error), 2)
    except (DataError, OSError, ValueError) as error:
        return _refuse(str(error))
    try:
        server.run("stdio")
    except KeyboardInterrupt:
        return 1
    return 0


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command."""
    parser = argparse.ArgumentParser(prog="python -m agentic.mcp", description="The support desk as an MCP server.")
    parser.add_argument("--task", required=True, metavar="TICKET_ID", help="a ticket that is not resolved")
    parser.add_argument("--data", metavar="DIR", help="where the data are (default: EVENTHUB_DATA_DIR, or data)")
    parser.add_argument(
        "--with-scoring", action="store_true", help="add the tools reset and score: for a harness, not for a model"
    )
    parser.add_argument(
        "--unmeasured", action="store_true", help="hide urgency, sentiment, confidence and failed answers"
    )
    parser.add_argument(
        "--search", choices=SEARCHES, help=f"how articles are found (default: {SEARCH_VARIABLE}, or full-text)"
    )
    return parser


def _refuse(reason: str, code: int = 1) -> int:
    print(f"error: {reason}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
