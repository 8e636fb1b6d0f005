"""How a text is laid out: paragraphs of articles, sentences of descriptions, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extract.entities.text_rules import make_key
from extract.entities.texts.sentences import find_sentence_ends

_ITEM = re.compile(r"\s*(?:[-*•–]\s|#{1,6}\s|\d{1,2}[.)]\s|\*\*[^*]+\*\*:?\s*$|.*:$)")
_COMMON = frozenset(
    [
        "about",
        "after",
        "and",
        "are",
        "can",
        "does",
        "for",
        "from",
        "how",
        "into",
        "not",
        "our",
        "out",
        "the",
        "their",
        "this",
        "to",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
        "you",
        "your",
    ]
)


def fit_paragraphs(text: str, least: int, most: int) -> str:
    """Join neighbouring paragraphs or split long ones, until there are as many as there should be.

    A text that cannot be split at a sentence stays as it is.
    """
    blocks = [block for block in re.split(r"\n{2,}", text) if block.strip()]
    if len(blocks) < least and "\n" in text:
        lines = [line for block in blocks for line in block.split("\n")]
        blocks = lines if len(lines) >= least and not any(map(_ITEM.match, lines)) else blocks
    if len(blocks) > most:
        blocks = _join_lists(blocks, least)
    while len(blocks) > most:
        at = min(range(len(blocks) - 1), key=lambda place: (_joint_cost(blocks, place), place))
        blocks[at : at + 2] = [_join(blocks[at], blocks[at + 1])]
    while len(blocks) < least:
        at = max(range(len(blocks)), key=lambda place: len(blocks[place]), default=-1)
        halves = _halve(blocks[at]) if at >= 0 else []
        if len(halves) < 2:
            return text
        blocks[at : at + 1] = halves
    return "\n\n".join(blocks)


def _join_lists(blocks: list[str], least: int) -> list[str]:
    """Join each item of a list to the item or heading above it: a list is one paragraph."""
    joined = blocks[:1]
    for place, block in enumerate(blocks[1:], start=1):
        is_item = _ITEM.match(block) and _ITEM.match(_last_line(joined[-1]))
        if is_item and len(joined) + len(blocks) - place > least:
            joined[-1] = _join(joined[-1], block)
        else:
            joined.append(block)
    return joined


def _joint_cost(blocks: list[str], place: int) -> tuple[int, int]:
    """Join first what stands under a heading or above a list; then the shortest."""
    return (0 if _are_lines(blocks[place], blocks[place + 1]) else 1, len(blocks[place]) + len(blocks[place + 1]))


def _join(above: str, below: str) -> str:
    return f"{above}\n{below}" if _are_lines(above, below) else f"{above} {below}"


def _are_lines(above: str, below: str) -> bool:
    """Tell whether two blocks stay lines of their own, because one ends or begins with an item or a heading."""
    return bool(_ITEM.match(_last_line(above)) or _ITEM.match(below.split("\n", 1)[0]))


def _last_line(block: str) -> str:
    return block.rsplit("\n", 1)[-1]


def _halve(block: str) -> list[str]:
    """Split a paragraph at the end of the sentence that is nearest to its middle, and in a list between items."""
    ends = [end for end in find_sentence_ends(block) if block[end:].strip()]
    ends += [found.start() for found in re.finditer(r"\n", block)]
    if not ends:
        return [block]
    at = min(ends, key=lambda end: (abs(end - len(block) / 2), end))
    return [block[:at].strip(), block[at:].strip()]


def keep_sentences(text: str, most: int) -> str:
    """Keep the first sentences of a text."""
    ends = find_sentence_ends(text)
    return text[: ends[most - 1]] if len(ends) > most else text


def fill_tags(tags: list[str], least: int, sources: Iterable[str]) -> list[str]:
    """Add keywords from what the article is about, until there are enough."""
    filled = {make_key(tag): tag for tag in tags if make_key(tag)}
    for source in sources:
        words = source.replace("_", " ").replace(",", " ")
        for word in (words, *words.split()) if len(words.split()) < 4 else words.split():
            plain = word.strip(" .?!:;'\"‘’“”()").lower()
            if len(filled) < least and 3 <= len(plain) <= 40 and plain not in _COMMON:
                filled.setdefault(make_key(plain), plain)
    return list(filled.values())


def fit_tags(tags: list[str], about: Mapping[str, object]) -> list[str]:
    """Keep the first keywords of too many, and add topic, category and title to too few."""
    sources = [str(about[name]) for name in ("topic", "category", "title") if about.get(name)]
    return fill_tags(tags, 3, sources) if len(tags) < 3 else tags[:5]
