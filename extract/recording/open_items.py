"""What the recording of an entity lacks of the full plan."""

from __future__ import annotations

from collections import Counter
from itertools import count

from extract.entities import get_entity
from extract.planning.plan import PlanContext, Stratum, find_milestones
from extract.planning.recorded import RecordedStrata
from extract.planning.seeds import Seeds
from extract.providers.bundled.recording import RecordedItem, Recording


def plan_full(entity: str, seeds: Seeds, seed: int) -> list[Stratum]:
    """List the strata of the largest volume."""
    size = find_milestones(seeds, entity)[-1]
    context = PlanContext(seeds=seeds, seed=seed)
    return [item.stratum for item in get_entity(entity).plan(size, context)]


def find_open(recording: Recording, planned: list[Stratum]) -> list[RecordedItem]:
    """List the planned items that no record serves, in the order of the plan.

    A record serves the item that it was written for; one that the plan does not ask for, as after a change of
    the seeds, serves another of its group.
    """
    held = recording.count_strata()
    pool, rest, unmatched = Counter(held), Counter(held), list[Stratum]()
    for stratum in planned:
        if pool[stratum] > 0:
            pool[stratum] -= 1
            rest[stratum] -= 1
        else:
            unmatched.append(stratum)
    spare = RecordedStrata(rest)
    found: dict[RecordedItem, None] = {}
    for stratum in unmatched:
        if spare.take(stratum) is None:
            numbers = (number for number in count(1) if (stratum, number) not in recording.records)
            found[next((stratum, number) for number in numbers if (stratum, number) not in found)] = None
    return list(found)
