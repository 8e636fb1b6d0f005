"""chat/: solved tickets of the train split as conversations with calls of tools, and pairs of a right and a wrong call.

The desk itself (agentic) makes them, on databases that are written for it from the same rows as all other files.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from export.entity_files import ENTITY_FILES
from export.errors import ExportError
from export.exported_table import ExportedTable, describe_file
from export.finding import Finding, check_bytes
from export.license import NAME, SENTENCE
from export.resources import sqlite_sorts_in
from export.source import Source
from export.sqlite_extension import load_sqlite_extension
from export.writers.base import ExportContext, Kind, Writer
from export.writers.jsonl import write_jsonl
from export.writers.sqlite import DATABASES, load_metadata, write_sqlite

if TYPE_CHECKING:
    from agentic.environment import Environment

logger = logging.getLogger("exports")

FOLDER = "chat"
TRAIN, PREFERENCE = "train", "preference"
LABELS = next(table for table in ENTITY_FILES if table.name == "ticket_labels")
README = Path(__file__).with_name("chat.md")

Row = dict[str, Any]


def check_conversations(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """Each row is what a trainer takes, and tells of a ticket that may be learned from."""
    if not tables:
        return
    learnable = _read_learnable(data_dir / "warehouse.duckdb")
    for name in (TRAIN, PREFERENCE):
        for place, row in enumerate(_read(data_dir / FOLDER / f"{name}.jsonl"), start=1):
            whole = row["messages"] if name == TRAIN else row["prompt"] + row["chosen"]
            for wrong in find_faults(whole, learnable):
                yield Finding("conversation_can_be_learned_from", f"{FOLDER}/{name}.jsonl, line {place}: {wrong}")


def find_faults(messages: Sequence[Row], learnable: frozenset[str]) -> Iterator[str]:
    """Say what a trainer would refuse, and tickets that nobody may learn from."""
    roles = [message["role"] for message in messages]
    if roles[:2] != ["system", "user"] or roles[-1] != "assistant":
        yield "it does not go from the system and a user to the assistant"
    for before, message in zip(messages, messages[1:], strict=False):
        asked = [call["id"] for call in before.get("tool_calls", ())]
        if asked != ([message["tool_call_id"]] if message["role"] == "tool" else []):
            yield f"{asked or 'no call'} is followed by a message of {message['role']}"
    for message in messages:
        for call in message.get("tool_calls", ()):
            json.loads(call["function"]["arguments"])
    # the first result is that of read_ticket
    results = [json.loads(message["content"]) for message in messages if message["role"] == "tool"]
    ticket_id = results[0].get("ticket_id") if results else None
    if ticket_id not in learnable:
        yield f"{ticket_id} is no resolved ticket of the train split"


def _read_learnable(warehouse: Path) -> frozenset[str]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select ticket_id from analytics.ticket_labels inner join main.tickets using (ticket_id)"
            " where split = 'train' and status = 'resolved'"
        ).fetchall()
    return frozenset(ticket_id for (ticket_id,) in rows)


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


class ChatWriter(Writer):
    """The folder, written when it is asked for."""

    kind = Kind(name="chat", at_most=-1)
    patterns = (f"{FOLDER}/*.jsonl",)
    checks = (check_bytes, check_conversations)
    instances = 1
    needs_copy = True

    def __init__(self, context: ExportContext) -> None:
        self._work = context.data_dir / "work"
        self._folder = context.files.stage(context.data_dir / FOLDER)
        self._desk = context.files.stage_scratch(context.data_dir / "work" / FOLDER)

    def write(self, source: Source) -> list[ExportedTable]:
        """Set a desk up, and let it work the tickets again."""
        self._set_up(source)
        self._folder.mkdir()
        tables = self._write_conversations()
        counts = {Path(table.file_name).stem: table.row_count for table in tables}
        text = README.read_text(encoding="utf-8").format(**counts, license=NAME, sentence=SENTENCE)
        (self._folder / "README.md").write_text(text, encoding="utf-8")
        return tables

    def _set_up(self, source: Source) -> None:
        (self._desk / "generated").mkdir(parents=True)
        with sqlite_sorts_in(self._work), source.open(FOLDER) as connection:
            load_sqlite_extension(connection)
            for name in DATABASES:
                write_sqlite(connection, load_metadata(name), name, self._desk / f"{name}.db", f"{name}.db")
            write_jsonl(connection, LABELS, self._desk / "generated" / f"{LABELS.name}.jsonl")

    def _write_conversations(self) -> list[ExportedTable]:
        from agentic.environment import Environment  # loads what no other file needs
        from agentic.errors import DataError

        try:
            environment = Environment(self._desk, make_customer=None)
        except DataError as error:
            raise ExportError(f"The files of var exports: [chat] cannot be written: {error}") from error
        files = {name: self._folder / f"{name}.jsonl" for name in (TRAIN, PREFERENCE)}
        counts = dict.fromkeys(files, 0)
        with closing(environment), ExitStack() as stack:
            opened = {name: stack.enter_context(path.open("w", encoding="utf-8")) for name, path in files.items()}
            for name, row in _make_rows(environment):
                opened[name].write(json.dumps(row, ensure_ascii=False) + "\n")
                counts[name] += 1
        return [
            describe_file(path, file_name=f"{FOLDER}/{path.name}", table_name=name, row_count=counts[name])
            for name, path in files.items()
        ]


def _make_rows(environment: Environment) -> Iterator[tuple[str, Row]]:
    """Return each row with the name of its file."""
    from agentic import training
    from agentic.errors import ToolError

    system, tools = training.write_system_prompt(), training.describe_tools(environment)
    for label in training.list_solved(environment):
        try:
            talk = training.write_conversation(environment, label, system)
        except ToolError as error:
            logger.warning("%s is left out of %s/, since the desk refuses a call: %s", label.ticket_id, FOLDER, error)
            continue
        yield TRAIN, {"messages": talk.messages, "tools": tools, "parallel_tool_calls": False}
        for pair in training.find_preferences(talk, environment):
            yield PREFERENCE, vars(pair) | {"tools": tools}
