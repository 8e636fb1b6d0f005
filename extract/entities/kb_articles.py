"""Articles of the knowledge base, one for each topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import Field, field_validator

from extract.entities.base import Entity, Plain, PromptTemplate, Record, Text, join_echo
from extract.entities.text_rules import make_key
from extract.planning.plan import PlanContext, Stratum
from extract.planning.seeds import Seeds

# A time limit, share or fee outside a slot: it would contradict the policy as soon as that changes.
_TERM = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety)[ -]"
    r"(?:business |calendar |working )?(?:days?|hours?|weeks?|months?|percent|dollars|minutes?)\b"
    r"|\b(?:half|fifty|hundred) percent\b|\d\s?%",
    re.I,
)


class ArticleRecord(Record):
    """A help article."""

    natural_key = "title"
    own_text = "content"

    title: Plain = Field(min_length=5, max_length=110, description="a title that members would search for")
    tags: list[Plain] = Field(min_length=3, max_length=5, description="3 to 5 short keywords")
    content: Text = Field(min_length=200, max_length=6000, description="3 to 5 paragraphs, a blank line between them")

    @field_validator("tags", mode="before")
    @classmethod
    def _split_tags(cls, tags: object) -> object:
        # "refunds, cards" is a list that was written as a text.
        parts = tags.split(",") if isinstance(tags, str) else tags
        if not isinstance(parts, list) or len(parts) > 20 or not all(isinstance(part, str) for part in parts):
            raise ValueError("a list of 3 to 5 keywords is needed")
        return list({make_key(part): part.strip() for part in parts}.values())

    @field_validator("tags")
    @classmethod
    def _check_tags(cls, tags: list[str]) -> list[str]:
        # The databases store tags as one text, separated by commas.
        if any(not 2 <= len(tag) <= 40 or "," in tag for tag in tags):
            raise ValueError("a keyword has 2 to 40 characters and no comma")
        return tags

    @field_validator("title", "content")
    @classmethod
    def _check_terms(cls, text: str) -> str:
        term = _TERM.search(text)
        if term:
            raise ValueError(f"a term outside a slot: {term[0]!r}")
        return text

    @field_validator("content")
    @classmethod
    def _check_paragraphs(cls, content: str) -> str:
        found = content.count("\n\n") + 1
        if not 3 <= found <= 5:
            raise ValueError(f"3 to 5 paragraphs are needed, not {found}")
        return content


@dataclass(frozen=True, slots=True)
class ArticleStratum(Stratum):
    """The question that an article answers."""

    topic: str
    category: str


def plan_articles(context: PlanContext) -> Iterator[ArticleStratum]:
    """Plan the topics in their order."""
    for topic in context.seeds.article_topics:
        yield ArticleStratum(topic.topic, topic.category)


def _describe_article(stratum: ArticleStratum, seeds: Seeds) -> str:
    brief = next(row.brief for row in seeds.article_topics if row.topic == stratum.topic)
    return f"category: {stratum.category}; topic: {stratum.topic}; about {brief}"


# Cached: they are read for every record.
@cache
def _find_policy_slots(seeds: Seeds) -> frozenset[str]:
    return frozenset(policy.policy for policy in seeds.policies)


KB_ARTICLES = Entity(
    "kb_articles",
    record=ArticleRecord,
    stratum=ArticleStratum,
    sequence=plan_articles,
    find_echo=lambda stratum, seeds: join_echo(stratum.topic),
    list_echoes=lambda seeds: tuple(join_echo(row.topic) for row in seeds.article_topics),
    label="title",
    similar_by=("category",),
    output_tokens=450,
    find_slots=lambda stratum, seeds: _find_policy_slots(seeds),
    limited_by="article_topics.csv",
    prompt=PromptTemplate(
        version=3,
        task="Write help articles of EventHub, a subscription club for event tickets, for its members. "
        "State a rule, a time limit or a fee only through its slot, never as a number or in words.",
        describe_item=_describe_article,
    ),
)
