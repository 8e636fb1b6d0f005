"""Typed reading of the seed CSV files, which dbt reads too."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt, ValidationError

from extract.errors import SeedError
from extract.planning.seed_checks import Rows, check_rows
from extract.planning.seed_files import Cells, read_columns, read_seed_file

EVERY_CULTURE = "*"
# An empty cell of a CSV file is None.
MaybeFloat = Annotated[float | None, BeforeValidator(lambda value: None if value == "" else value)]


class Row(BaseModel):
    """One line of a seed; columns that extract does not need are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class Volume(Row):
    volume: str
    entity: str
    row_count: PositiveInt


class BatchSize(Row):
    entity: str
    batch_size: PositiveInt


class Share(Row):
    attribute: str
    value: str
    share: int = Field(ge=0)


class Neighborhood(Row):
    region: str
    city: str
    neighborhood: str
    weight: PositiveInt


class VenueCategory(Row):
    category: str
    event_category: str


class ArticleTopic(Row):
    position: PositiveInt
    topic: str
    category: str
    brief: str
    slots: str = ""


class Scenario(Row):
    scenario: str
    category: str
    kind: str = "single"
    need: str
    topic: str = ""
    weight: PositiveInt
    mood: str = ""
    description: str


class ScenarioNeed(Row):
    need: str
    links_to: str
    event_status: str = ""
    description: str


class Slot(Row):
    slot: str
    text: str
    source: str
    example: str
    description: str


class Tone(Row):
    """A voice.

    Attributes:
        sentiment: the mood that texts in it show where a landing tells none.
        moods: the moods that a model is asked for in it, as words and weights: `neutral 3 negative 1`.
        lengths: how long its first messages are to be, as words and weights.
    """

    tone: str
    weight: PositiveInt
    sentiment: str
    moods: str = "neutral 1"
    lengths: str = "medium 1"
    description: str

    @property
    def mood_weights(self) -> dict[str, int]:
        return _read_weights(self.moods)

    @property
    def length_weights(self) -> dict[str, int]:
        return _read_weights(self.lengths)


class EventNoun(Row):
    noun: str
    categories: str


class SupportReply(Row):
    scenario: str
    role: str
    text: str


class SupportPhrase(Row):
    kind: str
    variant: int
    text: str


class Policy(Row):
    policy: str
    value: str
    unit: str
    description: str
    sentence: str = ""


class City(Row):
    city: str
    country: str
    cultures: str
    weight: PositiveInt

    def is_home_of(self, culture: str) -> bool:
        return culture in self.cultures.split()


class Culture(Row):
    culture: str
    label: str
    locale: str
    weight: PositiveInt
    initials: str = "ABCDEFGHIJKLMNOPRSTVWYZ"
    given_source: str = ""


class Model(Row):
    """A model that answers; None stands for what is not stated.

    Attributes:
        model_id: what the service is called with: a model id, an inference profile or an ARN.
        family: names the bodies of InvokeModel, for models that Converse refuses.
        max_output_tokens: most tokens of one reply.
        context_tokens: most tokens of prompt and reply together.
        takes_tools: whether it can be made to call a tool, whose input is then its reply.
        takes_json_schema: whether the service holds its reply to a JSON schema.
        price_in: USD per million tokens sent.
        price_out: USD per million tokens received.
        regional_surcharge_percent: what a profile that is not global costs more.
        state: active, legacy or retired; what the service says counts, not this.
        state_date: end of life of a legacy or retired model.
        successor: alias of the model to take instead.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True, protected_namespaces=())

    alias: str
    model_id: str
    family: str
    max_output_tokens: PositiveInt
    context_tokens: PositiveInt
    takes_system: bool
    takes_tools: bool = False
    takes_json_schema: bool = False
    takes_temperature: bool = True
    takes_top_p: bool = False
    price_in: MaybeFloat = None
    price_out: MaybeFloat = None
    regional_surcharge_percent: int = 0
    price_date: str = ""
    state: str = "unknown"
    state_date: str = ""
    successor: str = ""


AnyRow = TypeVar("AnyRow", bound=Row)


class Seeds:
    """The seed files of one directory, each read once and only when needed.

    Raises:
        SeedError: on reading a file that is missing, empty or has a value that does not fit.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @cached_property
    def volumes(self) -> dict[str, dict[str, int]]:
        """Row counts by volume and entity (requirements: three-named-volumes)."""
        counts: dict[str, dict[str, int]] = {}
        for row in self.read("volumes", Volume):
            counts.setdefault(row.volume, {})[row.entity] = row.row_count
        return counts

    @cached_property
    def batch_sizes(self) -> dict[str, int]:
        """Records per call by entity (requirements: records-per-call)."""
        return {row.entity: row.batch_size for row in self.read("batch_sizes", BatchSize)}

    @cached_property
    def neighborhoods(self) -> list[Neighborhood]:
        return self.read("neighborhoods", Neighborhood)

    @cached_property
    def event_categories(self) -> dict[str, str]:
        """The category of a venue's events by the venue's category."""
        return {row.category: row.event_category for row in self.read("venue_categories", VenueCategory)}

    @cached_property
    def article_topics(self) -> list[ArticleTopic]:
        return sorted(self.read("article_topics", ArticleTopic), key=lambda row: row.position)

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        return {row.scenario: row for row in self.read("support_scenarios", Scenario)}

    @cached_property
    def needs(self) -> dict[str, ScenarioNeed]:
        return {row.need: row for row in self.read("scenario_needs", ScenarioNeed)}

    @cached_property
    def slots(self) -> list[Slot]:
        return self.read("slots", Slot)

    @cached_property
    def currency_slots(self) -> frozenset[str]:
        """The slots whose value begins with a dollar sign."""
        examples = {slot.slot: slot.example for slot in self.slots} | {row.policy: row.value for row in self.policies}
        return frozenset(slot for slot, example in examples.items() if example.startswith("$"))

    @cached_property
    def tones(self) -> dict[str, Tone]:
        return {row.tone: row for row in self.read("tones", Tone)}

    @cached_property
    def event_nouns(self) -> dict[str, tuple[str, ...]]:
        """What events are called, with the categories of which that is said."""
        return {row.noun: tuple(row.categories.split()) for row in self.read("event_nouns", EventNoun)}

    @cached_property
    def policies(self) -> list[Policy]:
        return self.read("policies", Policy)

    @cached_property
    def support_replies(self) -> list[SupportReply]:
        """What support says in a scenario, variant by variant."""
        return self.read("support_replies", SupportReply)

    @cached_property
    def support_phrases(self) -> list[SupportPhrase]:
        """What support says in all scenarios."""
        return self.read("support_phrases", SupportPhrase)

    @cached_property
    def cities(self) -> list[City]:
        return self.read("cities", City)

    @cached_property
    def cultures(self) -> dict[str, Culture]:
        return {row.culture: row for row in self.read("cultures", Culture)}

    @cached_property
    def models(self) -> list[Model]:
        return self.read("models", Model)

    def shares(self, attribute: str) -> dict[str, int]:
        """Shares of one attribute, by value and in percent, in the order in which ties are settled.

        Raises:
            SeedError: shares.csv does not have the attribute.
        """
        rows = [row for row in self._all_shares if row.attribute == attribute]
        if not rows:
            raise SeedError(f"{self.directory / 'shares.csv'} has no rows for attribute {attribute}")
        return {row.value: row.share for row in rows}

    def read(self, name: str, model: type[AnyRow]) -> list[AnyRow]:
        """Read one seed file into typed rows."""
        path = self.directory / f"{name}.csv"
        return [_parse_row(path, number, cells, model) for number, cells in read_rows(path)]

    @cached_property
    def _all_shares(self) -> list[Share]:
        return self.read("shares", Share)


def read_rows(path: Path) -> Rows:
    """Read and check the rows of a seed file, as dbt loads them.

    Raises:
        SeedError: naming file, line and column.
    """
    rows = read_seed_file(path, read_columns()[path.stem])
    check_rows(path, rows)
    return rows


def read_all(directory: Path) -> dict[str, Rows]:
    """Read every seed.

    Raises:
        SeedError: naming file, line and column.
    """
    return {name: read_rows(directory / f"{name}.csv") for name in read_columns()}


def _read_weights(cell: str) -> dict[str, int]:
    words = cell.split()
    return {word: int(weight) for word, weight in zip(words[::2], words[1::2], strict=True)}


def _parse_row(path: Path, line_number: int, cells: Cells, model: type[AnyRow]) -> AnyRow:
    try:
        return model.model_validate(cells)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(map(str, first["loc"]))
        raise SeedError(f"{path}:{line_number} column {column}: {first['msg']}") from error
