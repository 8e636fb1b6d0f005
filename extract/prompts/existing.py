"""What exists of the same kind: the few words that keep a prompt from getting the same again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from extract.entities import get_entity
from extract.planning.plan import PlanItem

# Shorter words, which most labels and items have, say nothing of how near they are.
_WORD = re.compile(r"[^\W_]{4,}")


class _Label(NamedTuple):
    """A label, and what was settled about its record, with the words of both."""

    text: str
    stratum: tuple[str, ...]
    words: frozenset[str]


class ExistingLabels:
    """Labels of landed records, by what they have in common."""

    def __init__(self, entity: str, records: Iterable[Mapping[str, Any]]) -> None:
        known = get_entity(entity)
        self._label, self._columns, self._stratum = known.label, known.similar_by, known.stratum_columns
        self._labels: dict[tuple[str, ...], list[_Label]] = {}
        for record in records:
            self.add(record)

    def add(self, record: Mapping[str, Any]) -> None:
        """Note a record that has landed."""
        group = tuple(str(record.get(column, "")) for column in self._columns)
        stratum = tuple(str(record.get(column, "")) for column in self._stratum)
        text = str(record.get(self._label, ""))
        self._labels.setdefault(group, []).append(_Label(text, stratum, _find_words((text, *stratum))))

    def pick(self, items: Sequence[PlanItem], limit: int) -> tuple[str, ...]:
        """Pick labels of the items' groups, in turn, at most `limit`: those nearest to an item, and then the latest.

        The nearest stand last, where a prompt that lists fewer keeps them.
        """
        if limit < 1 or not self._labels:
            return ()
        strata = dict.fromkeys(item.stratum for item in items)
        turns = zip_longest(*(self._rank(stratum.to_dict()) for stratum in strata))
        picked: dict[str, None] = {}
        for label in (label for turn in turns for label in turn if label):
            picked.setdefault(label)
            if len(picked) == limit:
                break
        return tuple(reversed(picked))

    def _rank(self, stratum: Mapping[str, str]) -> list[str]:
        """List the labels of an item's group, the nearest first; of equally near ones the latest."""
        labels = self._labels.get(tuple(stratum[column] for column in self._columns), [])
        values = tuple(stratum[column] for column in self._stratum)
        words = _find_words(values)

        def count_common(label: _Label) -> int:
            same = sum(one == other for one, other in zip(label.stratum, values, strict=True))
            return same + len(words & label.words)

        return [label.text for label in sorted(reversed(labels), key=count_common, reverse=True)]


def _find_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(_WORD.findall(" ".join(texts).lower()))
