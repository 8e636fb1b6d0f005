"""What all entities share: what is said of each, and what every record is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, MISSING, dataclass, fields
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from extract.entities.text_rules import clean_line, clean_text, make_key
from extract.entities.texts.inventions import find_invention
from extract.entities.texts.mends import BRACES, TITLE_QUOTES, UNITS
from extract.entities.texts.slots import find_bad_slot
from extract.planning.plan import Plan, PlanContext, Stratum
from extract.planning.seeds import Seeds


def _require_text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text is needed, not {type(value).__name__}")
    return value


def _check_text(text: str, info: ValidationInfo) -> str:
    """Refuse facts that only a row may state, and slots that nothing would fill."""
    problem = find_bad_slot(text, (info.context or {}).get("slots", ())) or find_invention(text)
    if problem:
        raise ValueError(problem)
    return text


def _check_plain(text: str) -> str:
    """Refuse slots altogether: what identifies a row cannot depend on another."""
    problem = find_bad_slot(text, ()) or find_invention(text)
    if problem:
        raise ValueError(problem)
    return text


def _clean_line(value: object) -> str:
    return clean_line(_require_text(value))


def _clean_title(value: object, info: ValidationInfo) -> str:
    return TITLE_QUOTES.apply(clean_line(_require_text(value)), info.context)


def _mend_line(value: object, info: ValidationInfo) -> str:
    return _mend_slots(clean_line(_require_text(value)), info)


def _mend_text(value: object, info: ValidationInfo) -> str:
    # A model that returns a list of paragraphs means a text with blank lines between them.
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    return _mend_slots(clean_text(_require_text(value)), info)


def _mend_slots(text: str, info: ValidationInfo) -> str:
    # Without a brace neither has anything to mend, as in most texts.
    if "{" not in text and "}" not in text:
        return text
    return UNITS.apply(BRACES.apply(text, info.context), info.context)


CleanLine = Annotated[str, BeforeValidator(_clean_line)]
Plain = Annotated[str, BeforeValidator(_clean_title), AfterValidator(_check_plain)]
Line = Annotated[str, BeforeValidator(_mend_line), AfterValidator(_check_text)]
Text = Annotated[str, BeforeValidator(_mend_text), AfterValidator(_check_text)]


class Record(BaseModel):
    """What a provider writes for one plan item; unknown fields are dropped."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    natural_key: ClassVar[str | None]
    # The field whose text no other record may say again, not even nearly; empty where there is none.
    own_text: ClassVar[str] = ""

    @classmethod
    def read_key(cls, fields: Mapping[str, Any]) -> str | None:
        """Read what no other record of the entity may share, compared without case, accents and punctuation."""
        return make_key(fields[cls.natural_key]) if cls.natural_key else None

    @property
    def key(self) -> str | None:
        """The record's own natural key."""
        return self.read_key(self.__dict__)


AnyStratum = TypeVar("AnyStratum", bound=Stratum)


def describe_stratum(stratum: Stratum, seeds: Seeds) -> str:
    """Describe an item by all that is settled about it."""
    return "; ".join(f"{name}: {value}" for name, value in stratum.to_dict().items() if value)


def _explain_nothing(strata: Sequence[Stratum], seeds: Seeds) -> str:
    return ""


def _find_no_slots(stratum: Stratum, seeds: Seeds) -> frozenset[str]:
    return frozenset()


def _find_no_premises(stratum: Stratum, seeds: Seeds) -> Mapping[str, Any]:
    return {}


def _list_no_echoes(seeds: Seeds) -> tuple[str, ...]:
    return ()


def join_echo(*words: str) -> str:
    """Join the words of an item that its record repeats: plain, without underscores."""
    return ", ".join(word.replace("_", " ") for word in words if word)


@dataclass(frozen=True, kw_only=True)
class PromptTemplate(Generic[AnyStratum]):
    """What a prompt says of an entity, beside the fields of its record.

    Attributes:
        version: raised by hand whenever the words of the entity's prompt change, so that replies can be told apart.
        task: what to write.
        forbids_facts: whether facts that only a row may state are forbidden, such as prices and dates.
        describe_item: describes an item in as few words as tell it from others.
        explain_terms: says once what the words of several items mean.
        lists_slots: whether the slots are listed with what they say; otherwise the terms name those of the items.
    """

    version: int
    task: str
    forbids_facts: bool = True
    describe_item: Callable[[AnyStratum, Seeds], str] = describe_stratum
    explain_terms: Callable[[Sequence[AnyStratum], Seeds], str] = _explain_nothing
    lists_slots: bool = True


@dataclass(frozen=True)
class Entity(Generic[AnyStratum]):
    """All that is known of one entity; prompt, validator, plan and columns derive from it.

    Attributes:
        name: what it is called in files, flags and seeds.
        record: what a provider writes for one item.
        stratum: what the plan decides of an item before it is written.
        sequence: plans the strata of all positions.
        find_echo: gives the words of an item that its record repeats as `about`; several items may share them.
        example: one complete record, of a kind that is never asked for: it shows a small model the form.
            A model may give it back as if it were an answer; `extract.replies.validate` refuses what has its words.
        prompt: what a model is told.
        label: the field that stands for a record where records that exist are listed.
        similar_by: the stratum columns that records alike enough to repeat each other share.
        output_tokens: tokens of one record as JSON, as measured on what language models have written.
        refused_share: share of a model's records that is expected to be refused and asked for again, 0 to below 1;
            what a landing shows outweighs it.
        find_slots: names the slots that a text may hold, because dbt can fill them from its row.
        find_premises: tells what else of an item its record is validated by, as the context of the validation.
        list_echoes: gives every echo that the seeds allow, whether it is asked for or not; none where they do not tell.
        upstream: the entity that must have landed before.
        limited_by: the file that ends the sequence; empty where it goes on without end.
    """

    name: str
    _: KW_ONLY
    record: type[Record]
    stratum: type[AnyStratum]
    sequence: Callable[[PlanContext], Iterator[AnyStratum]]
    find_echo: Callable[[AnyStratum, Seeds], str]
    example: Mapping[str, object]
    prompt: PromptTemplate[AnyStratum]
    label: str
    similar_by: tuple[str, ...]
    output_tokens: int
    refused_share: float
    find_slots: Callable[[AnyStratum, Seeds], frozenset[str]] = _find_no_slots
    find_premises: Callable[[AnyStratum, Seeds], Mapping[str, Any]] = _find_no_premises
    list_echoes: Callable[[Seeds], tuple[str, ...]] = _list_no_echoes
    upstream: str = ""
    limited_by: str = ""

    @property
    def prompt_version(self) -> str:
        """What the landing calls the words of the prompt."""
        return f"{self.name}-{self.prompt.version}"

    @property
    def has_slots(self) -> bool:
        """Whether any of its texts may hold a slot."""
        return self.find_slots is not _find_no_slots

    @property
    def stratum_columns(self) -> tuple[str, ...]:
        """The stratum columns, in the order in which they land."""
        return tuple(field.name for field in fields(self.stratum))

    @property
    def record_columns(self) -> dict[str, Any]:
        """The record columns with their Python types, `str` or `list[str]`."""
        columns = self.record.model_fields.items()
        return {name: list[str] if field.annotation is not str else str for name, field in columns}

    @property
    def added_columns(self) -> dict[str, str]:
        """The columns that older landings lack, with what stands for them there."""
        strata = {field.name: field.default for field in fields(self.stratum) if field.default is not MISSING}
        columns = self.record.model_fields.items()
        return strata | {name: field.default for name, field in columns if not field.is_required()}

    def plan(self, size: int, context: PlanContext) -> Plan:
        """Plan the first positions.

        Raises:
            ContentExhausted: more are wanted than there can be.
        """
        return Plan(self.name, size, self.sequence(context), self.limited_by)
