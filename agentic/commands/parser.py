"""The parser of app.py: commands, flags, and the function that does each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from agentic.agents import AGENTS, DEFAULT_AGENT
from agentic.commands.chat import chat
from agentic.commands.exam import hold_exam
from agentic.commands.model_options import MODEL_AGENTS, add_customer_options, add_model_options, refuse_unused
from agentic.commands.report import report
from agentic.commands.sitting import BudgetReached
from agentic.commands.work import work
from agentic.errors import AgentError, DataError, ServiceError, UsageError
from agentic.labels import SPLITS
from agentic.prices import PriceTokens, know_no_price
from agentic.searches import SEARCH_VARIABLE, SEARCHES

EVERYBODY = (*AGENTS, *MODEL_AGENTS)
COMMANDS: dict[str, Callable[[argparse.Namespace, Path], int]] = {
    "exam": hold_exam,
    "report": report,
    "work": work,
    "chat": chat,
}


def main(arguments: Sequence[str], data_dir: Path, price_tokens: PriceTokens = know_no_price) -> int:
    """Run a command; return 0, 1 where it failed or a budget was reached, 2 where it was asked wrongly.

    Args:
        arguments: the words of the command line.
        data_dir: where the data are.
        price_tokens: who knows what tokens of a model cost.
    """
    asked = make_parser().parse_args(arguments, argparse.Namespace(price_tokens=price_tokens))
    try:
        refuse_unused(asked)
        return COMMANDS[asked.command](asked, data_dir)
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except (AgentError, BudgetReached, DataError, ServiceError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as error:
        print(str(error) or "stopped", file=sys.stderr)
        return 1


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="app.py", description="The support desk: hold an exam, watch, or talk.")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_exam(commands.add_parser("exam", help="let an agent work tickets, and judge it"))
    _add_report(commands.add_parser("report", help="make one page of the exams held so far"))
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
    parser.add_argument(
        "--budget", type=_read_dollars, metavar="DOLLARS", help="begin no ticket once a model has cost this much"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="begin anew, and forget what an exam that was stopped has finished"
    )
    parser.add_argument("--no-baselines", action="store_true", help="leave out what is printed to compare with")
    _add_measures(parser)
    _add_search(parser)
    add_model_options(parser)
    add_customer_options(parser)


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="files of exams; the first is shown in detail (default: all of data/work/exam, the newest in detail)",
    )


def _add_work(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ticket_id", help="a ticket that is not resolved, such as t_00123")
    parser.add_argument(
        "--agent", choices=EVERYBODY, default=DEFAULT_AGENT, help=f"who works (default: {DEFAULT_AGENT})"
    )
    _add_measures(parser)
    _add_search(parser)
    add_model_options(parser)
    add_customer_options(parser)


def _add_chat(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="user_id", required=True, metavar="USER_ID", help="who you are, such as u_00042")
    answers = ("rules", "untrained", *MODEL_AGENTS)
    parser.add_argument("--agent", choices=answers, default="rules", help="who answers (default: rules)")
    _add_search(parser)
    add_model_options(parser)


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--search",
        choices=SEARCHES,
        help=f"how articles are found: by full text, by embeddings as well ('make embeddings'), or auto, which is the"
        f" second where it is installed (default: {SEARCH_VARIABLE}, or full-text)",
    )


def _add_measures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--unmeasured",
        action="store_true",
        help="hide urgency, sentiment, confidence and failed answers from the agent",
    )


def _read_dollars(text: str) -> float:
    try:
        dollars = float(text.removeprefix("$"))
    except ValueError:
        dollars = 0.0
    # Written so that nan is refused as well.
    if not 0 < dollars < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of dollars above 0")
    return dollars


def _read_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)
