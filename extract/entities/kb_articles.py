"""Articles of the knowledge base, one for each topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import Field, ValidationInfo, field_validator

from extract.entities.base import Entity, Plain, PromptTemplate, Record, Text, join_echo
from extract.entities.text_rules import make_key
from extract.entities.texts.layout import fit_tags
from extract.entities.texts.mends import PARAGRAPHS, SUPPORT, TAGS, note_mend
from extract.entities.texts.policies import find_terms
from extract.errors import SeedError
from extract.planning.plan import PlanContext, Stratum
from extract.planning.seeds import Policy, Seeds

_MOST_REASONS = 4


class ArticleRecord(Record):
    """A help article."""

    natural_key = "title"
    own_text = "content"

    title: Plain = Field(min_length=5, max_length=110, description="a title that members would search for")
    tags: list[Plain] = Field(min_length=3, max_length=5, description="3 to 5 short keywords")
    content: Text = Field(min_length=200, max_length=6000, description="3 to 5 paragraphs, a blank line between them")

    @field_validator("tags", mode="before")
    @classmethod
    def _split_tags(cls, tags: object, info: ValidationInfo) -> object:
        # "refunds, cards" is a list that was written as a text.
        parts = tags.split(",") if isinstance(tags, str) else tags
        if not isinstance(parts, list) or len(parts) > 20 or not all(isinstance(part, str) for part in parts):
            raise ValueError("a list of 3 to 5 keywords is needed")
        kept = list({make_key(part): part.strip() for part in parts}.values())
        fitted = fit_tags(kept, {**(info.context or {}), "title": info.data.get("title")})
        if fitted != kept:
            note_mend(info.context, TAGS.name)
        return fitted

    @field_validator("tags")
    @classmethod
    def _check_tags(cls, tags: list[str]) -> list[str]:
        # The databases store tags as one text, separated by commas.
        if any(not 2 <= len(tag) <= 40 or "," in tag for tag in tags):
            raise ValueError("a keyword has 2 to 40 characters and no comma")
        return tags

    @field_validator("content", mode="before")
    @classmethod
    def _mend_contact(cls, content: object, info: ValidationInfo) -> object:
        parts = content if isinstance(content, list) else [content]
        mended = [SUPPORT.apply(part, info.context) if isinstance(part, str) else part for part in parts]
        return mended if isinstance(content, list) else mended[0]

    @field_validator("title", "content")
    @classmethod
    def _check_terms(cls, text: str, info: ValidationInfo) -> str:
        if terms := list(find_terms(text, is_title=info.field_name == "title"))[:_MOST_REASONS]:
            raise ValueError("; ".join(terms))
        return text

    @field_validator("content")
    @classmethod
    def _fit_content(cls, content: str, info: ValidationInfo) -> str:
        fitted = PARAGRAPHS.apply(content, info.context)
        found = fitted.count("\n\n") + 1
        if not 3 <= found <= 5:
            raise ValueError(f"3 to 5 paragraphs are needed, not {found}")
        return fitted


@dataclass(frozen=True, slots=True)
class ArticleStratum(Stratum):
    """The question that an article answers."""

    topic: str
    category: str


def plan_articles(context: PlanContext) -> Iterator[ArticleStratum]:
    """Plan the topics in their order.

    Raises:
        SeedError: one names a policy that does not exist; it is raised before the first call.
    """
    for topic in context.seeds.article_topics:
        list_facts(topic.topic, context.seeds)
        yield ArticleStratum(topic.topic, topic.category)


# So many of a topic's policies must stand in its article; the others may.
MOST_FACTS = 6


def _describe_article(stratum: ArticleStratum, seeds: Seeds) -> str:
    brief = next(row.brief for row in seeds.article_topics if row.topic == stratum.topic)
    return f"category: {stratum.category}; topic: {stratum.topic}; about {brief}"


def _explain_facts(strata: Sequence[ArticleStratum], seeds: Seeds) -> str:
    """Say of each topic what its article must state, and what it may: each slot in a model sentence."""
    lines = ["What each article states in words of its own, with the slots as they are; a slot is the value alone:"]
    for topic in dict.fromkeys(stratum.topic for stratum in strata):
        must, may = list_facts(topic, seeds)
        lines += [f"- {join_echo(topic)} must say: {' '.join(must)}"] if must else []
        lines += [f"- {join_echo(topic)} may say: {' '.join(may)}"] if may else []
    return "\n".join(lines)


@cache
def list_facts(topic: str, seeds: Seeds) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the model sentences of what a topic's article must state, and of what it may.

    A topic that names no policy may state them all.

    Raises:
        SeedError: the topic names a policy that does not exist.
    """
    policies = {policy.policy: policy for policy in seeds.policies}
    names = next(row.slots for row in seeds.article_topics if row.topic == topic).split()
    for name in names:
        if name not in policies:
            path = seeds.directory / "article_topics.csv"
            raise SeedError(f"{path}: slots of {topic}: {name!r:.40} is no policy of policies.csv")
    must, may = (names[:MOST_FACTS], names[MOST_FACTS:]) if names else ((), policies)
    return tuple(_state(policies[name]) for name in must), tuple(_state(policies[name]) for name in may)


def _state(policy: Policy) -> str:
    return policy.sentence or f"{policy.description}: {{{policy.policy}}} {policy.unit}."


def _find_premises(stratum: ArticleStratum, seeds: Seeds) -> Mapping[str, Any]:
    return {"topic": stratum.topic, "category": stratum.category, "currency_slots": seeds.currency_slots}


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
    output_tokens=200,
    refused_share=0.12,
    find_slots=lambda stratum, seeds: _find_policy_slots(seeds),
    find_premises=_find_premises,
    limited_by="article_topics.csv",
    example={
        "n": 1,
        "about": "lost umbrellas",
        "title": "What happens to an umbrella left behind",
        "tags": ["umbrella", "lost property", "cloakroom"],
        "content": "Umbrellas that are found after an event are kept at the cloakroom of the venue, each with a label "
        "that says under which seat it lay.\n\n"
        "Describe yours to the cloakroom: its color, its handle, and whatever hangs on it. A picture helps more than "
        "a long letter.\n\n"
        "What nobody asks for goes to a charity that mends umbrellas and lends them to people at rainy bus stops.",
    },
    prompt=PromptTemplate(
        version=4,
        task="Write help articles of EventHub, a subscription club for event tickets, for its members. "
        "State a rule, a time limit or a fee only through its slot, never as a number or in words.",
        describe_item=_describe_article,
        explain_terms=_explain_facts,
        lists_slots=False,
    ),
)
