"""Code of templates, kept from one command to the next: a build compiles some 600, which takes it most of a second.

It is kept as Python keeps the code of modules: beside them, since a data directory may come from somebody else; of one
version of Python and Jinja; whole or not at all; and nowhere if PYTHONDONTWRITEBYTECODE says so.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

import jinja2

from common.atomic_write import write_atomically

# By the kind of environment that a template is compiled for, and by its text.
Codes = dict[tuple[str, str], CodeType]
FILE = Path(cache_from_source(__file__)).with_name(f"templates.{sys.implementation.cache_tag}.bin")
WRITTEN_BY = f"{sys.version} {MAGIC_NUMBER!r} {jinja2.__version__}".encode()
# Queries of `dbt show` and models of old are forgotten when there are so many more than a command has asked for.
MOST_UNASKED = 2000


class TemplateCodes:
    """Codes by template: those that this process has compiled or read."""

    def __init__(self) -> None:
        self._codes: Codes = {}
        self._asked: set[tuple[str, str]] = set()
        self._kept = 0

    def get(self, environment: str, text: str) -> CodeType | None:
        """Return the code of a template, or None where it is to be compiled."""
        self._asked.add((environment, text))
        return self._codes.get((environment, text))

    def add(self, environment: str, text: str, code: CodeType) -> None:
        """Remember what was compiled."""
        self._codes[environment, text] = code

    def read(self, file: Path = FILE) -> None:
        """Read what an earlier command has kept; of another version, or damaged, it counts as nothing."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            data = file.read_bytes()
            if data[:32] == _sign(data[32:]):
                self._codes = {**marshal.loads(data[32:]), **self._codes}
        self._kept = len(self._codes)

    def keep(self, file: Path = FILE) -> None:
        """Write what is new, for the next command; a folder that cannot be written is left as it is."""
        if len(self._codes) == self._kept or sys.dont_write_bytecode:
            return
        kept = self._codes
        if len(kept) > len(self._asked) + MOST_UNASKED:
            kept = {key: code for key, code in kept.items() if key in self._asked}
        payload = marshal.dumps(kept)
        with suppress(OSError):
            write_atomically(file, _sign(payload) + payload)


def _sign(payload: bytes) -> bytes:
    return hashlib.sha256(WRITTEN_BY + payload).digest()


template_codes = TemplateCodes()
