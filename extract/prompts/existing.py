"""What exists of the same kind: the few words that keep a prompt from getting the same again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from extract.entities import get_entity
from extract.planning.plan import PlanItem


class ExistingLabels:
    """Labels of landed records, by what they have in common."""

    def __init__(self, entity: str, records: Iterable[Mapping[str, Any]]) -> None:
        known = get_entity(entity)
        self._label, self._columns = known.label, known.similar_by
        self._labels: dict[tuple[str, ...], list[str]] = {}
        for record in records:
            self.add(record)

    def add(self, record: Mapping[str, Any]) -> None:
        """Note a record that has landed."""
        group = tuple(str(record.get(column, "")) for column in self._columns)
        self._labels.setdefault(group, []).append(str(record.get(self._label, "")))

    def pick(self, items: Sequence[PlanItem], limit: int) -> tuple[str, ...]:
        """Pick the latest labels of the items' groups, in turn, at most `limit`; the latest stand last."""
        groups = dict.fromkeys(self._group(item) for item in items)
        latest = [reversed(self._labels.get(group, [])) for group in groups]
        turns = (label for turn in zip_longest(*latest) for label in turn if label)
        picked = [label for _, label in zip(range(limit), turns, strict=False)]
        return tuple(reversed(picked))

    def _group(self, item: PlanItem) -> tuple[str, ...]:
        stratum = item.stratum.to_dict()
        return tuple(stratum[column] for column in self._columns)
