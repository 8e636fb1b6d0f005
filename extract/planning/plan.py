"""The plan: for each entity one fixed, endless sequence of strata, of which every volume is a prefix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from extract.entities.strata import (
    ArticleStratum,
    EventStratum,
    PlanItem,
    Stratum,
    TicketStratum,
    UserStratum,
    VenueStratum,
    number_items,
)
from extract.errors import ContentExhausted, SeedError
from extract.planning.apportionment import apportioned_sequence, paired_sequence, shuffled_blocks
from extract.planning.draws import draw_one, draw_unit, draw_weighted
from extract.planning.seeds import EVERY_CULTURE, Neighborhood, Seeds

GENDERS = ("female", "male")
# Letters that given names begin with often enough in most cultures.
INITIALS = "ABCDEFGHIJKLMNOPRSTVWYZ"


@dataclass(frozen=True)
class PlanContext:
    """What a plan depends on.

    Attributes:
        seeds: shares, volumes, places, topics and scenarios.
        seed: another seed is another plan.
        home_city_share: share of users who live in a city of their culture, 0 to 1.
        kinds: gives the weight by kind of event, by event category; read when the first event is planned.
        venue_categories: categories of the venues that events can take place in; None stands for all.
    """

    seeds: Seeds
    seed: int
    home_city_share: float = 0.0
    kinds: Callable[[], Mapping[str, Mapping[str, int]]] | None = None
    venue_categories: frozenset[str] | None = None


class Plan:
    """The first positions of an entity's plan, made as far as they are needed: the first calls need not wait.

    The same position holds the same stratum whatever the size (contract §2).

    Raises:
        ContentExhausted: at once, if more articles are asked than there are topics.
    """

    def __init__(self, entity: str, size: int, context: PlanContext) -> None:
        self.entity, self.size = entity, size
        self._rest = islice(number_items(_SEQUENCES[entity](context)), size)
        self._items: list[PlanItem] = []
        if entity in _FINITE:
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
            raise ContentExhausted(self.entity, self.size, len(self._items), "article_topics.csv")


def build_plan(entity: str, size: int, context: PlanContext) -> list[PlanItem]:
    """Build the first positions of an entity's plan at once."""
    return list(Plan(entity, size, context))


def find_milestones(seeds: Seeds, entity: str) -> list[int]:
    """List the sizes of the entity in the named volumes, in rising order."""
    return sorted({counts[entity] for counts in seeds.volumes.values() if entity in counts})


def _plan_users(context: PlanContext) -> Iterator[Stratum]:
    weights = {name: culture.weight for name, culture in context.seeds.cultures.items()}
    milestones = find_milestones(context.seeds, "users")
    homes = {culture: _city_weights(context.seeds, culture) for culture in weights}
    anywhere = _city_weights(context.seeds, EVERY_CULTURE)
    cultures = apportioned_sequence(weights, context.seed, "users", "culture", milestones=milestones)
    for position, culture in enumerate(cultures, start=1):
        key = (context.seed, "users", position)
        at_home = homes[culture] and draw_unit(*key, "at home") < context.home_city_share
        yield UserStratum(
            culture=culture,
            gender=draw_one(GENDERS, *key, "gender"),
            initial=draw_one(INITIALS, *key, "initial"),
            city=draw_weighted(homes[culture] if at_home else anywhere, *key, "city"),
        )


def _city_weights(seeds: Seeds, culture: str) -> dict[str, int]:
    return {city.city: city.weight for city in seeds.cities if city.is_home_of(culture)}


def _plan_venues(context: PlanContext) -> Iterator[VenueStratum]:
    uses: Counter[tuple[str, str]] = Counter()
    for position, (category, region) in enumerate(_pair_categories_with_regions(context), start=1):
        place = _pick_place(context, uses, category, region, position)
        uses[place.neighborhood, category] += 1
        yield VenueStratum(category, region, place.city, place.neighborhood)


def _pair_categories_with_regions(context: PlanContext) -> Iterator[tuple[str, str]]:
    categories, regions = context.seeds.shares("venue_category"), context.seeds.shares("venue_region")
    milestones = find_milestones(context.seeds, "venues")
    return paired_sequence(categories, regions, context.seed, "venues", milestones=milestones)


def _apportion_share(context: PlanContext, entity: str, attribute: str) -> Iterator[str]:
    milestones = find_milestones(context.seeds, entity)
    shares = context.seeds.shares(attribute)
    return apportioned_sequence(shares, context.seed, entity, attribute, milestones=milestones)


def _pick_place(
    context: PlanContext, uses: Counter[tuple[str, str]], category: str, region: str, position: int
) -> Neighborhood:
    """Draw among the neighborhoods that have the fewest venues of this category."""
    places = [place for place in context.seeds.neighborhoods if place.region == region]
    if not places:
        raise SeedError(f"{context.seeds.directory / 'neighborhoods.csv'} has no rows for region {region}")
    fewest = min(uses[place.neighborhood, category] for place in places)
    weights = {place: place.weight for place in places if uses[place.neighborhood, category] == fewest}
    return draw_weighted(weights, context.seed, "venues", "place", position)


def _plan_events(context: PlanContext) -> Iterator[EventStratum]:
    kinds = {
        category: apportioned_sequence(weights, context.seed, "events", "kind", category)
        for category, weights in (context.kinds() if context.kinds else {}).items()
    }
    hosts = _find_hosts(context)
    for position, category in enumerate(_apportion_share(context, "events", "venue_category"), start=1):
        able = next(categories for limit, categories in hosts if limit is None or position <= limit)
        host = _next_able(list(context.seeds.shares("venue_category")), category, able)
        event_category = context.seeds.event_categories[host]
        yield EventStratum(event_category, next(kinds[event_category]) if event_category in kinds else "")


def _find_hosts(context: PlanContext) -> list[tuple[int | None, frozenset[str]]]:
    """Tell which venue categories can hold events, up to which event position (None: all further ones).

    The first events of every volume are those of the smallest named volume that has them, whose few venues
    may lack a category; so growing changes nothing. Beyond that only venues that have landed count.
    """
    everything = frozenset(context.seeds.shares("venue_category"))
    landed = context.venue_categories or everything
    steps = sorted((counts["events"], counts["venues"]) for counts in context.seeds.volumes.values())
    hosts: list[tuple[int | None, frozenset[str]]] = []
    for events, venues in steps:
        planned = frozenset(category for category, _ in islice(_pair_categories_with_regions(context), venues))
        hosts.append((events, planned & landed or landed))
    return [*hosts, (None, landed)]


def _next_able(order: list[str], category: str, able: frozenset[str]) -> str:
    """Give an event to its own category, or to the next one that has a venue."""
    start = order.index(category)
    return next(name for name in order[start:] + order[:start] if name in able)


def _plan_articles(context: PlanContext) -> Iterator[ArticleStratum]:
    for topic in context.seeds.article_topics:
        yield ArticleStratum(topic.topic, topic.category)


def _plan_tickets(context: PlanContext) -> Iterator[TicketStratum]:
    """Need nothing landed: their links are dbt's, and their words name rows by slots only."""
    seeds, seed = context.seeds, context.seed
    tones = {name: tone.weight for name, tone in seeds.tones.items()}
    categories = list(seeds.shares("ticket_category"))
    scenarios = {
        category: apportioned_sequence(_scenario_weights(seeds, category), seed, "tickets", "scenario", category)
        for category in categories
    }
    voices = {category: shuffled_blocks(tones, seed, "tickets", "tone", category) for category in categories}
    for category in _apportion_share(context, "tickets", "ticket_category"):
        yield TicketStratum(category, next(scenarios[category]), next(voices[category]))


def _scenario_weights(seeds: Seeds, category: str) -> Mapping[str, int]:
    weights = {name: row.weight for name, row in seeds.scenarios.items() if row.category == category}
    if not weights:
        raise SeedError(f"{seeds.directory / 'support_scenarios.csv'} has no rows for category {category}")
    return weights


_SEQUENCES = {
    "users": _plan_users,
    "venues": _plan_venues,
    "events": _plan_events,
    "kb_articles": _plan_articles,
    "tickets": _plan_tickets,
}
# All others go on without end.
_FINITE = ("kb_articles",)
