"""Typed reading of the bundled content: venues, events and articles."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, create_model

from extract.entities import get_entity
from extract.errors import ContentError


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EventText(Part):
    kind: str
    title: str
    description: str


class ArticleText(Part):
    topic: str
    title: str
    tags: list[str]
    content: str


AnyPart = TypeVar("AnyPart", bound=Part)


class Content:
    """The content files of one directory, each read once and only when needed.

    Raises:
        ContentError: on reading a file that is missing or malformed.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def read_table(self, entity: str) -> list[Part]:
        """Read the texts of an entity that has a CSV file: a column for each of the stratum's and the record's.

        Raises:
            ContentError: the file cannot be read, or a line lacks something.
        """
        path = self.directory / f"{entity}.csv"
        known = get_entity(entity)
        columns: dict[str, Any] = dict.fromkeys((*known.stratum_columns, *known.record_columns), (str, ...))
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except OSError as error:
            raise ContentError(f"{path} cannot be read: {error.strerror}") from error
        return _validate(path, rows, create_model(f"{entity}_text", __base__=Part, **columns))

    @cached_property
    def events(self) -> dict[str, list[EventText]]:
        """Texts by event category."""
        return self._read_folder("events", EventText)

    @cached_property
    def articles(self) -> dict[str, ArticleText]:
        """Texts by topic."""
        parts = self._read_folder("articles", ArticleText)
        return {article.topic: article for articles in parts.values() for article in articles}

    def count_kinds(self) -> dict[str, dict[str, int]]:
        """Count the event texts by category and kind, kinds in the order in which they first come."""
        return {category: dict(Counter(text.kind for text in texts)) for category, texts in self.events.items()}

    def _read_folder(self, name: str, part: type[AnyPart]) -> dict[str, list[AnyPart]]:
        folder = self.directory / name
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            raise ContentError(f"{folder} holds no YAML files")
        return {path.stem: _validate(path, _load_yaml(path), part) for path in paths}


def _load_yaml(path: Path) -> Any:
    # The C loader is ten times faster; some builds of PyYAML come without it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (both are safe loaders)
    except (OSError, yaml.YAMLError) as error:
        raise ContentError(f"{path} cannot be read: {' '.join(str(error).split())}") from error


def _validate(path: Path, data: Any, part: type[AnyPart]) -> list[AnyPart]:
    try:
        return TypeAdapter(list[part]).validate_python(data)  # type: ignore[valid-type]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        number, *rest = (*first["loc"], "")
        where = ".".join(map(str, rest)).strip(".")
        raise ContentError(f"{path}: item {number} {where}: {first['msg']}") from error
