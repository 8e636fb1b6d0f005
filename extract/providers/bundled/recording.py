"""The recording: records that a language model wrote once, each kept with the stratum that it was written for."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from common.atomic_write import write_atomically
from extract.entities import get_entity
from extract.errors import ContentError
from extract.planning.plan import Stratum

# The entities whose bundled content is recorded.
RECORDED = ("tickets",)
FOLDER = "recorded"

# What a record was written for: its stratum and, of all records of one stratum, which it is, from 1.
RecordedItem = tuple[Stratum, int]
Fields = Mapping[str, Any]


class Recording:
    """The recorded records of one entity, read once and only when needed.

    Raises:
        ContentError: on reading a file that `save` cannot have written.
    """

    def __init__(self, content_dir: Path, entity: str) -> None:
        self.entity = entity
        self.path = content_dir / FOLDER / f"{entity}.jsonl.gz"

    @cached_property
    def records(self) -> dict[RecordedItem, Fields]:
        """The records by what they were written for; none where there is no file.

        Raises:
            ContentError: the file is damaged.
        """
        try:
            text = gzip.decompress(self.path.read_bytes()).decode()
        except FileNotFoundError:
            return {}
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise ContentError(f"{self.path} cannot be read: {error}") from error
        return dict(self._read_line(number, line) for number, line in enumerate(text.splitlines(), start=1))

    def count_strata(self) -> Counter[Stratum]:
        """Count the records of each stratum."""
        return Counter(stratum for stratum, _ in self.records)

    def save(self) -> None:
        """Write all records, in an order and with bytes that depend on them alone."""
        lines = sorted(
            json.dumps({"stratum": stratum.to_dict(), "number": number, "record": record}, ensure_ascii=False)
            for (stratum, number), record in self.records.items()
        )
        data = "".join(f"{line}\n" for line in lines).encode()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self.path, gzip.compress(data, compresslevel=9, mtime=0))

    def _read_line(self, number: int, text: str) -> tuple[RecordedItem, Fields]:
        try:
            line = json.loads(text)
            record = {name: line["record"].get(name, "") for name in get_entity(self.entity).record_columns}
            return read_item(self.entity, line), record
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ContentError(f"{self.path}, line {number}, is not what the recording writes: {error}") from error


@cache
def read_recording(content_dir: Path, entity: str) -> Recording:
    """Open a recording to read it: once for the plan, which counts it, and the provider, which serves it."""
    return Recording(content_dir, entity)


def read_item(entity: str, line: Mapping[str, Any]) -> RecordedItem:
    """Read what a record is, or is to be, written for.

    Raises:
        ValueError, TypeError, KeyError: the line says something else.
    """
    values, number = line["stratum"], line["number"]
    if not isinstance(number, int) or not all(isinstance(value, str) for value in values.values()):
        raise TypeError("a stratum is texts, and its number is whole")
    return get_entity(entity).stratum(**values), number
