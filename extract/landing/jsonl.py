"""JSON lines that survive a crash: whole lines only, one write a batch, a torn end cut off."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.errors import CorruptLine, LandingError, UnsupportedSchemaVersion
from extract.landing.upgrades import UPGRADES

Line = dict[str, Any]
SCHEMA_VERSION = 2
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# JSON lines end at a newline alone; some readers end them at these, too.
_ESCAPED_BREAKS = {break_: f"\\u{ord(break_):04x}" for break_ in "\u0085\u2028\u2029"}


def dump_line(line: Mapping[str, Any]) -> str:
    """Write one JSON object on one line, readable where that is possible."""
    text = _ENCODE(line)
    if not text.isascii():
        for break_, escaped in _ESCAPED_BREAKS.items():
            text = text.replace(break_, escaped)
    try:
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate in a verbatim reply has no UTF-8 form, but it has a JSON escape.
        return json.dumps(line, separators=(",", ":"))
    return text


def append_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Append whole lines in one write.

    Args:
        path: the file, made if need be; its end must be whole (`mend_end`).
        lines: JSON objects.

    Raises:
        LandingError: the disk does not take them.
    """
    data = "".join(dump_line(line) + "\n" for line in lines).encode()
    if not data:
        return
    try:
        with path.open("ab", buffering=0) as file:
            written = file.write(data)
    except OSError as error:
        raise LandingError(f"{path} cannot be written: {error.strerror}. What landed before stays.") from error
    if written != len(data):
        raise LandingError(f"{path}: only {written} of {len(data)} bytes were written; is the disk full?")


def sync_file(path: Path) -> None:
    """Wait until the disk has what was appended to a file.

    Raises:
        LandingError: the disk does not take it.
    """
    try:
        with path.open("ab") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise LandingError(f"{path} cannot be written: {error.strerror}. What landed before stays.") from error


def read_lines(path: Path) -> Iterator[tuple[int, Line]]:
    """Yield line numbers and objects; a torn last line is left out, a missing file is empty.

    Raises:
        CorruptLine: any other line is no JSON object.
        UnsupportedSchemaVersion: a line was written by a version that this one cannot read.
    """
    whole = _whole_part(path)
    for number, raw in enumerate(whole.split(b"\n")[:-1], start=1):
        yield number, _parse_line(path, number, raw)


def mend_end(path: Path) -> str | None:
    """Cut off a torn last line, so that nothing is ever glued to it; tell what was done, if anything."""
    if not path.exists():
        return None
    data = path.read_bytes()
    whole = _whole_part(path)
    if whole == data:
        return None
    if len(whole) > len(data):
        with path.open("ab") as file:
            file.write(b"\n")
        return None
    os.truncate(path, len(whole))
    number = whole.count(b"\n") + 1
    return f"{path}:{number} was cut short by a crash; its {len(data) - len(whole):,} bytes are dropped"


def _whole_part(path: Path) -> bytes:
    """Read all whole lines; a last line that lacks only its line end is whole."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return b""
    end = data.rfind(b"\n") + 1
    if end == len(data):
        return data
    return data + b"\n" if _is_object(data[end:]) else data[:end]


def _is_object(raw: bytes) -> bool:
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return False


def _parse_line(path: Path, number: int, raw: bytes) -> Line:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise CorruptLine(path, number, "is not JSON") from error
    if not isinstance(line, dict):
        raise CorruptLine(path, number, "is not a JSON object")
    if line.get("schema_version") == SCHEMA_VERSION:
        return line
    return upgrade(line, path.parent.name, f"{path}:{number}")


def upgrade(line: Line, kind: str, where: str) -> Line:
    """Bring an object of an older version up to this one.

    Raises:
        UnsupportedSchemaVersion: it is newer, or of no version that there ever was.
    """
    version = line.get("schema_version")
    while isinstance(version, int) and version in UPGRADES:
        line = {**UPGRADES[version](kind, line), "schema_version": version + 1}
        version += 1
    if version != SCHEMA_VERSION:
        raise UnsupportedSchemaVersion(where, version=version, known=SCHEMA_VERSION, is_line=kind != "manifest")
    return line
