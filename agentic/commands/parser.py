"""What can be asked for, and who does it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from agentic.agents import AGENTS, DEFAULT_AGENT
from agentic.commands.chat import chat
from agentic.commands.exam import hold_exam
from agentic.commands.model_options import MODEL_AGENTS, add_customer_options, add_model_options
from agentic.commands.work import work
from agentic.errors import DataError, ServiceError
from agentic.labels import SPLITS

EVERYBODY = (*AGENTS, *MODEL_AGENTS)
COMMANDS: dict[str, Callable[[argparse.Namespace, Path], int]] = {"exam": hold_exam, "work": work, "chat": chat}


def main(arguments: Sequence[str], data_dir: Path) -> int:
    """Run a command; return 0, 1 where it failed, 2 where it was asked wrongly."""
    asked = make_parser().parse_args(arguments)
    try:
        return COMMANDS[asked.command](asked, data_dir)
    except (DataError, ServiceError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 1


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="app.py", description="The support desk: hold an exam, watch, or talk.")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_exam(commands.add_parser("exam", help="let an agent work tickets, and judge it"))
    _add_work(commands.add_parser("work", help="watch an agent work one ticket"))
    _add_chat(commands.add_parser("chat", help="talk to the desk as a member"))
    return parser


def _add_exam(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--agent", choices=EVERYBODY, help=f"who works (default: {DEFAULT_AGENT})")
    who.add_argument("--predictions", type=Path, metavar="FILE", help="replay answers of a file (docs/agents.md)")
    parser.add_argument(
        "--split", choices=SPLITS, action="append", help="which tickets; more than once (default: test)"
    )
    parser.add_argument("--limit", type=_read_count, metavar="N", help="the first N tickets only")
    parser.add_argument("--k", type=_read_count, default=1, metavar="K", help="work each ticket K times (default: 1)")
    parser.add_argument("--failures", type=_read_count, default=0, metavar="N", help="explain the first N failures")
    parser.add_argument("--no-baselines", action="store_true", help="leave out what is printed to compare with")
    _add_measures(parser)
    add_model_options(parser)
    add_customer_options(parser)


def _add_work(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ticket_id", help="a ticket that is not resolved, such as t_00123")
    parser.add_argument(
        "--agent", choices=EVERYBODY, default=DEFAULT_AGENT, help=f"who works (default: {DEFAULT_AGENT})"
    )
    _add_measures(parser)
    add_model_options(parser)
    add_customer_options(parser)


def _add_chat(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="user_id", required=True, metavar="USER_ID", help="who you are, such as u_00042")
    answers = ("rules", "untrained", *MODEL_AGENTS)
    parser.add_argument("--agent", choices=answers, default="rules", help="who answers (default: rules)")
    add_model_options(parser)


def _add_measures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--unmeasured",
        action="store_true",
        help="hide urgency, sentiment, confidence and failed answers from the agent",
    )


def _read_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)
