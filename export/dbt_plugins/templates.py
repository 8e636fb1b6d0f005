"""The code that Jinja makes of a text, kept from one command to the next, as dbt keeps what it has parsed.

A build renders some thousand texts: models, macros, inputs of unit tests. Most are those of the build before.
"""

from __future__ import annotations

import importlib.util
import marshal
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any

from common.atomic_write import write_atomically

FILE = "templates.bin"
# Some times the texts of the project, after which those that are asked for no more are forgotten.
MOST_TEXTS = 10_000
DIGEST_BYTES = 32
Compile = Callable[..., Any]

_codes: dict[tuple[str, str], CodeType] = {}  # by the kind of the environment, and the text
_asked: set[tuple[str, str]] = set()
_recalled: set[tuple[str, str]] = set()


def compile_once(longer: Compile) -> Compile:
    """Compile a text as Jinja does, unless that has been done: a unit test alone renders its model twice more."""

    @wraps(longer)
    def compile_text(environment: Any, source: Any, *names: Any, **options: Any) -> Any:
        if names or options or not isinstance(source, str):
            return longer(environment, source, *names, **options)
        key = type(environment).__name__, source
        if key not in _codes:
            _codes[key] = longer(environment, source)
        _asked.add(key)
        return _codes[key]

    return compile_text


def recall(folder: Path) -> None:
    """Take over what a command before has kept there; a file that is not whole, or of other versions, holds nothing."""
    try:
        kept = (folder / FILE).read_bytes()
    except OSError:
        return
    digest, text = kept[:DIGEST_BYTES], kept[DIGEST_BYTES:]
    if digest == _digest(text):
        found = marshal.loads(text)
        _codes.update(found)
        _recalled.update(found)


def keep(folder: Path) -> None:
    """Keep the code for the next command; where it cannot be written, that one makes it again."""
    if len(_codes) > MOST_TEXTS:
        for key in _codes.keys() - _asked:
            del _codes[key]
    if _codes.keys() <= _recalled or not folder.is_dir():
        return
    text = marshal.dumps(_codes)
    with suppress(OSError):
        write_atomically(folder / FILE, _digest(text) + text)


def _digest(text: bytes) -> bytes:
    """Hash what is kept, and what has made it: code is of one Python, and of one Jinja as dbt extends it."""
    digest = blake2b(importlib.util.MAGIC_NUMBER, digest_size=DIGEST_BYTES)
    for library in ("jinja2", "dbt-common"):
        digest.update(version(library).encode() + b"\0")
    digest.update(text)
    return digest.digest()
