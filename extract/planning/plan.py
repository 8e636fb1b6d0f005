"""The plan: for each entity one fixed, endless sequence of strata, of which every volume is a prefix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import islice

from extract.errors import ContentExhausted
from extract.planning.apportionment import apportioned_sequence
from extract.planning.seeds import Seeds


@dataclass(frozen=True, slots=True)
class Stratum:
    """Flat strings that a provider must respect (what it writes about) or may use (what keeps it varied)."""

    @property
    def group(self) -> object:
        """Within what a recorded text may serve another stratum than it was written for; by default within none."""
        return self

    def find_distance(self, other: Stratum) -> tuple[bool, ...]:
        """Tell how far another stratum of the group is away: in what they differ, the weightiest field first."""
        # mypy takes the class of a frozen dataclass with slots for one that cannot be hashed.
        return tuple(getattr(self, name) != getattr(other, name) for name in _list_names(type(self)))  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, str]:
        # mypy takes the class of a frozen dataclass with slots for one that cannot be hashed.
        return {name: getattr(self, name) for name in _list_names(type(self))}  # type: ignore[arg-type]


# Cached: it is asked for every item, several times.
@cache
def _list_names(stratum: type[Stratum]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(stratum))


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One record to be written.

    Attributes:
        position: 1-based place in the entity's plan; ids follow it.
        stratum: what is settled about it.
        ordinal: how many items of the plan up to this one have its stratum, itself included.
    """

    position: int
    stratum: Stratum
    ordinal: int


@dataclass(frozen=True, kw_only=True)
class PlanContext:
    """What a plan depends on.

    Attributes:
        seeds: shares, volumes, places, topics and scenarios.
        seed: another seed is another plan.
        home_city_share: share of users who live in a city of their culture, 0 to 1.
        kinds: gives the weight by kind of event, by event category; read when the first event is planned.
        venue_categories: categories of the venues that events can take place in; None stands for all.
        recorded: counts the recorded texts by stratum; None where a writer makes new ones. The plan asks for what
            is recorded, as far as it goes.
    """

    seeds: Seeds
    seed: int
    home_city_share: float = 0.0
    kinds: Callable[[], Mapping[str, Mapping[str, int]]] | None = None
    venue_categories: frozenset[str] | None = None
    recorded: Callable[[], Mapping[Stratum, int]] | None = None


class Plan:
    """The first positions of an entity's plan, made as far as they are needed: the first calls need not wait.

    The same position holds the same stratum whatever the size (requirements: every-volume-is-a-prefix).

    Args:
        entity: what is planned.
        size: how many positions.
        strata: what is settled about each, in order.
        limited_by: the file that a sequence which ends was made of; empty for one that does not end.

    Raises:
        ContentExhausted: at once, if the sequence is known to end and does so too early.
    """

    def __init__(self, entity: str, size: int, strata: Iterable[Stratum], limited_by: str = "") -> None:
        self.entity, self.size = entity, size
        self._rest = islice(number_items(strata), size)
        self._items: list[PlanItem] = []
        self._limited_by = limited_by
        if limited_by:
            self._reach(size)

    def pick(self, positions: Iterable[int]) -> tuple[PlanItem, ...]:
        """Give the items of some positions, in their order."""
        wanted = tuple(positions)
        self._reach(max(wanted, default=0))
        return tuple(self._items[position - 1] for position in wanted)

    def __iter__(self) -> Iterator[PlanItem]:
        return iter(self.pick(range(1, self.size + 1)))

    def _reach(self, position: int) -> None:
        self._items += islice(self._rest, max(0, position - len(self._items)))
        if len(self._items) < position:
            raise ContentExhausted(self.entity, requested=self.size, held=len(self._items), where=self._limited_by)


def number_items(strata: Iterable[Stratum]) -> Iterator[PlanItem]:
    """Turn a sequence of strata into plan items."""
    seen: dict[Stratum, int] = {}
    for position, stratum in enumerate(strata, start=1):
        seen[stratum] = seen.get(stratum, 0) + 1
        yield PlanItem(position, stratum, seen[stratum])


def find_milestones(seeds: Seeds, entity: str) -> list[int]:
    """List the sizes of the entity in the named volumes, in rising order."""
    return sorted({counts[entity] for counts in seeds.volumes.values() if entity in counts})


def apportion_share(context: PlanContext, entity: str, attribute: str) -> Iterator[str]:
    """Yield the values of a share of shares.csv without end, exact at the entity's named volumes."""
    milestones = find_milestones(context.seeds, entity)
    shares = context.seeds.shares(attribute)
    return apportioned_sequence(shares, context.seed, entity, attribute, milestones=milestones)
