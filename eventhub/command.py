"""One command for what a checkout does by make, `python extract/run.py`, dbt and `python app.py`.

The project lies beside this file in an installed package, and around it in a checkout. An installed package keeps its
outputs in `data` of the current folder, unless EVENTHUB_DATA_DIR names another: its own folder is not the user's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
INSTALLED = HERE / "project"
PROJECT = INSTALLED if INSTALLED.is_dir() else HERE.parent

# Not `-m`: dbt loads its own command before it is run, and Python warns of that.
DBT = "from dbt.cli.main import cli; cli()"

HELP = """\
usage: eventhub COMMAND [words and flags of the command]

  pull      what a model writes, or the bundled content     as python extract/run.py
  plan      what would be pulled, and what it would cost    as python extract/run.py --dry-run
  compare   the same batches on several models              as python extract/run.py compare
  build     from what was pulled to every file              as dbt build
  verify    are the files what the build wrote?             as make verify
  exam      an agent works the tickets and is judged        as python app.py exam
  report    one page of the exams held so far               as python app.py report
  work, chat                                                as python app.py work, chat
  mcp       a ticket as an MCP server over stdio            as python -m agentic.mcp

eventhub COMMAND --help tells more. First: eventhub pull --test && eventhub build
Outputs go to the folder that EVENTHUB_DATA_DIR names (default: data). Exit codes: 0 done, 1 failed, 2 wrong use.
"""


def pull(words: list[str]) -> int:
    """Pull raw content."""
    from extract.cli import main as extract

    return extract(words)


def plan(words: list[str]) -> int:
    """Print what would be pulled."""
    return pull(["--dry-run", *words])


def compare(words: list[str]) -> int:
    """Compare models."""
    return pull(["compare", *words])


def build(words: list[str]) -> int:
    """Run `dbt build` on the project, and say what was made."""
    from export.summary import summarise, write
    from extract.paths import require_data_dir

    data_dir = require_data_dir()
    # dbt builds in a process of its own: it holds what it has loaded until the end.
    python_path = os.pathsep.join([str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])])
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command = [sys.executable, "-c", DBT, "build", "--exclude-resource-type", "unit_test", *folders, *words]
    built = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": python_path, "DO_NOT_TRACK": "1"}, check=False
    ).returncode
    if built == 0 and not {"-h", "--help", "--select", "-s"}.intersection(words):
        write(summarise(data_dir), sys.stdout)
    return built


def verify(words: list[str]) -> int:
    """Check the exported files."""
    from export.verify import main as check
    from extract.paths import require_data_dir

    if words:
        return _refuse("verify takes no words")
    return check(require_data_dir())


def use_desk(words: list[str]) -> int:
    """Hand over to the support desk: exam, report, work or chat."""
    from agentic.commands.parser import main as desk
    from extract.paths import require_data_dir
    from extract.providers.prices import price_tokens

    return desk(words, require_data_dir(), price_tokens)


def serve(words: list[str]) -> int:
    """Serve the desk over MCP."""
    from agentic.mcp import main as mcp

    return mcp(words)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "pull": pull,
    "plan": plan,
    "compare": compare,
    "build": build,
    "verify": verify,
    "mcp": serve,
}
DESK = ("exam", "report", "work", "chat")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in ("-h", "--help"):
        sys.stdout.write(HELP)
        return 0 if words else 2
    prepare()
    command, rest = words[0], words[1:]
    if command in DESK:
        return use_desk(words)
    if command not in COMMANDS:
        return _refuse(f"unknown command {command!r}; commands are: {', '.join((*COMMANDS, *DESK))}")
    return COMMANDS[command](rest)


def prepare() -> None:
    """Let Python find the project, and an installed one keep its outputs with the user."""
    sys.path.insert(0, str(PROJECT))
    if PROJECT == INSTALLED and not os.environ.get("EVENTHUB_DATA_DIR", "").strip():
        os.environ["EVENTHUB_DATA_DIR"] = str(Path.cwd() / "data")


def _refuse(reason: str) -> int:
    sys.stderr.write(f"error: {reason}\n")
    return 2
