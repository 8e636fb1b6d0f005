"""What a recording says only once: no text of a record word for word again, nor its key nearly so."""

from __future__ import annotations

from collections.abc import Iterable

from extract.entities import get_entity
from extract.entities.text_rules import make_key
from extract.providers.bundled.recording import Fields
from extract.replies.similar import KnownTexts, find_runs
from extract.replies.validate import REPEAT


class Repeats:
    """The texts of recorded records, field by field."""

    def __init__(self, entity: str, records: Iterable[Fields]) -> None:
        self._key = get_entity(entity).record.natural_key
        self._said: dict[str, set[str]] = {}
        self._texts = KnownTexts()
        for record in records:
            self.add(record)

    def add(self, record: Fields) -> None:
        """Note a record that is recorded."""
        for name, text in record.items():
            if isinstance(text, str):
                self._said.setdefault(name, set()).add(make_key(text))
        if self._key:
            self._texts.add(find_runs(str(record[self._key])))

    def find(self, record: Fields) -> str | None:
        """Say what a record repeats of another; None if it repeats nothing."""
        for name, text in record.items():
            if isinstance(text, str) and text and make_key(text) in self._said.get(name, ()):
                return f"{REPEAT} {name} {text[:60]!r} stands in another record"
        if self._key and self._texts.holds(find_runs(str(record[self._key]))):
            return f"{REPEAT} {self._key} says the same as another, or nearly so"
        return None
