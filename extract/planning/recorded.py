"""Which recorded text serves an item of the plan: one written for it, or else the nearest that is left."""

from __future__ import annotations

from collections.abc import Mapping

from extract.planning.plan import Stratum


class RecordedStrata:
    """The strata that records were written for, each taken as often as there are records of it.

    Args:
        counts: how many records there are of each stratum.
    """

    def __init__(self, counts: Mapping[Stratum, int]) -> None:
        self._left: dict[object, dict[Stratum, int]] = {}
        for stratum in sorted(counts, key=lambda stratum: tuple(stratum.to_dict().values())):
            if counts[stratum] > 0:
                self._left.setdefault(stratum.group, {})[stratum] = counts[stratum]

    def take(self, stratum: Stratum) -> Stratum | None:
        """Take the stratum itself or the nearest one of its group; None when all are taken."""
        left = self._left.get(stratum.group)
        if not left:
            return None
        taken = stratum if stratum in left else min(left, key=lambda other: other.find_distance(stratum))
        left[taken] -= 1
        if not left[taken]:
            del left[taken]
        return taken
