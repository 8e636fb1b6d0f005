"""Runs what the guides show and writes its output beneath: `make queries`."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

import duckdb

from common.atomic_write import write_atomically
from data.models import eventhub, open_session, udahub
from export.summary import summarise

DOCS = Path(__file__).resolve().parent
README = DOCS.parent / "README.md"
GUIDES = ("analysts.md", "agents.md")
# A block of SQL whose first line names the engine, or a command; and the block of text after it.
SHOWN = re.compile(
    r"```(?:sql|sh)\n(?P<code>(?:-- (?:DuckDB|SQLite)|# shown)\b.*?)```\n+```text\n(?P<output>.*?)```", re.S
)
CONVERSATION = re.compile(r"(<!-- conversation: (t_\d+) -->)\n.*?(<!-- end -->)", re.S)


def find_blocks(guide: Path) -> list[tuple[str, str]]:
    """Return each query or command that a guide shows, with the output that stands beneath it."""
    return [(match["code"], match["output"]) for match in SHOWN.finditer(guide.read_text(encoding="utf-8"))]


def run_block(code: str, data_dir: Path) -> str:
    """Return what a block gives on a data directory."""
    if code.startswith("# shown"):
        return run_command(code.splitlines()[1], data_dir)
    run = query_duckdb if code.startswith("-- DuckDB") else query_sqlite
    return format_table(*run(code, data_dir))


def query_duckdb(query: str, data_dir: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    """Ask warehouse.duckdb; return names of columns, and rows."""
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        cursor = connection.execute(query)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()


def query_sqlite(query: str, data_dir: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    """Ask eventhub.db, with udahub.db attached under its name."""
    with closing(sqlite3.connect(data_dir / "eventhub.db")) as connection:
        connection.execute("attach ? as udahub", [str(data_dir / "udahub.db")])
        cursor = connection.execute(query)
        return [column[0] for column in cursor.description], cursor.fetchall()


def run_command(line: str, data_dir: Path) -> str:
    """Run a command of Python as a person would in the activated environment."""
    program, *arguments = shlex.split(line)
    assert program == "python", line
    environment = {**os.environ, "EVENTHUB_DATA_DIR": str(data_dir)}
    command = [sys.executable, *arguments]
    result = subprocess.run(command, cwd=DOCS.parent, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{line} failed:\n{result.stderr}")
    return result.stdout


def format_table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Align columns: numbers to the right, text to the left."""
    cells = [[_show(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    numbers = [all(re.fullmatch(r"-?[\d,.]+|", cell) for cell in column) for column in zip(*cells, strict=True)]
    ruler = "  ".join("-" * width for width in widths)
    lines = [_align(row, widths, numbers) for row in (list(names), *cells)]
    return "\n".join([lines[0], ruler, *lines[1:]]) + "\n"


def refresh(guide: Path, run: Callable[[str], str]) -> None:
    """Write the outputs of a guide anew."""

    def replace(match: re.Match[str]) -> str:
        return match[0].replace(f"```text\n{match['output']}```", f"```text\n{run(match['code'])}```")

    write_atomically(guide, SHOWN.sub(replace, guide.read_text(encoding="utf-8")).encode())


def describe_build(readme: str, data_dir: Path) -> str:
    """Return the README with what `make run` says of a data directory, and with the number of its rules."""
    said = dict(summarise(data_dir))
    for label in ("built", "where", "checks", "open"):
        text = said[label].replace(str(data_dir), "data")
        line = f"{label:<6}  {text}".replace("\\", r"\\")
        readme = re.sub(rf"^{label:<6}  .*$", line, readme, flags=re.M)
    rules = re.findall(r"\d+ rules", said["checks"])[0]
    return re.sub(r"\d+ rules", rules, readme)


def describe_conversations(readme: str, data_dir: Path) -> str:
    """Return the README with the messages of the tickets that its markers name."""
    return CONVERSATION.sub(lambda match: f"{match[1]}\n{quote_ticket(match[2], data_dir)}{match[3]}", readme)


def quote_ticket(ticket_id: str, data_dir: Path) -> str:
    """Return a ticket's booking and messages in Markdown."""
    with open_session(data_dir / "udahub.db") as desk, open_session(data_dir / "eventhub.db") as business:
        ticket = desk.get_one(udahub.Ticket, ticket_id)
        assert ticket.ticket_metadata is not None and ticket.created_at is not None
        booking = business.get_one(eventhub.Reservation, ticket.ticket_metadata.reservation_id)
        event = booking.event
        head = f"Ticket {ticket_id}, written on {ticket.created_at:%Y-%m-%d} about booking {booking.reservation_id}"
        head += f" ({booking.status}, ${booking.total_price}, for {event.title} on {event.event_date}):"
        turns = [f"> **{message.role.value}** {message.content}" for message in ticket.messages]
    return head + "\n\n" + "\n>\n".join(turns) + "\n"


def _show(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)


def _align(row: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> str:
    cells = [
        cell.rjust(width) if is_number else cell.ljust(width)
        for cell, width, is_number in zip(row, widths, numbers, strict=True)
    ]
    return "  ".join(cells).rstrip()


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    for name in GUIDES:
        refresh(DOCS / name, lambda code: run_block(code, directory))
    readme = describe_build(README.read_text(encoding="utf-8"), directory)
    write_atomically(README, describe_conversations(readme, directory).encode())
