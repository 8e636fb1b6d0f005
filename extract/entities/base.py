"""What all records share: cleaned texts, natural keys, and what is dropped or refused everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from extract.entities.text_rules import clean_line, clean_text, find_bad_slot, find_invention, make_key


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


def _clean_text(value: object) -> str:
    # A model that returns a list of paragraphs means a text with blank lines between them.
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    return clean_text(_require_text(value))


CleanLine = Annotated[str, BeforeValidator(_clean_line)]
Plain = Annotated[str, BeforeValidator(_clean_line), AfterValidator(_check_plain)]
Line = Annotated[str, BeforeValidator(_clean_line), AfterValidator(_check_text)]
Text = Annotated[str, BeforeValidator(_clean_text), AfterValidator(_check_text)]


class Record(BaseModel):
    """What a writer gives for one plan item; fields that nobody asked for are dropped."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    natural_key: ClassVar[str]

    @classmethod
    def read_key(cls, fields: Mapping[str, Any]) -> str:
        """Read what no other record of the entity may share, whatever its case, accents and punctuation."""
        return make_key(fields[cls.natural_key])

    @classmethod
    def read_near_key(cls, fields: Mapping[str, Any]) -> str | None:
        """Read what should not repeat either, though it may: None where there is no such thing."""
        return None

    @property
    def key(self) -> str:
        """The record's own natural key."""
        return self.read_key(self.__dict__)

    @property
    def near_key(self) -> str | None:
        """The record's own near key."""
        return self.read_near_key(self.__dict__)
