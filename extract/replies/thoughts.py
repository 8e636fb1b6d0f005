"""Where in a reply the thinking ends: what stands before that is no answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

# What models call the part of a reply in which they think; a namespace may stand before it.
_NAME = r"""
    (?:[a-z]{1,12}:)?
    (?:(?:think(?:ing|s)? | thoughts? | reason(?:ing)?)(?:[_-][a-z]{1,12}){0,2} | rationale | reflect(?:ion|ions|ing)?
    | scratch[_-]?pad | analysis | (?:inner|internal)[_-](?:monologue|thoughts?) | chain[_-]of[_-]thought | cot
    | deliberation | brainstorm(?:ing)? | plan(?:ning)? | drafts? | (?:self[_-])?critique)
"""
# <think>, </think>, <think a="b">, <|begin_of_thought|>, <|END_THINKING|>, ◁think▷; [THINK], [/THINK]; the channels
# of gpt-oss and Gemma (<|channel|>analysis … <|channel|>final), also where a server has dropped their marks.
_TAG = re.compile(
    rf"""
    (?:<|&lt;|◁)[|｜]?\s{{0,3}} (?P<slash>/)?\s{{0,3}} (?:(?:begin|start)_(?:of_)? | (?P<end>end_(?:of_)?))? {_NAME}
        (?P<attributes>/|\s[^<>]{{0,200}}?)? [|｜]? (?:>|&gt;|▷)
    | \[(?P<bracket_slash>/)? (?:think|thinking|thoughts?|reasoning) \]
    | <\|?channel\|?>\s{{0,3}} (?:(?P<final>final)|(?P<channel>[a-z]+)) \b
    | (?P<channel_end><channel\|>)
    | (?P<bare_final>assistant\s?final (?=\s*[\[{{`]))
    | \A\s*(?P<bare_channel>(?-i:analysis(?=[A-Z])))
    """,
    re.I | re.X,
)
_CLOSES = ("slash", "end", "bracket_slash", "final", "channel_end", "bare_final")
# Most replies have none of these; looking for them first takes a hundredth of the time.
_MARKS = ("<", "&lt;", "◁", "think]", "thinking]", "thought]", "thoughts]", "reasoning]", "final", "analysis")

_OPENING = re.compile(r"[\[{]")
_TOKEN = re.compile(
    r"""\s+|[\[\]{},:]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|“[^”]*”|[-+]?\d[\d.eE+-]*"""
    r"""|(?:true|false|null|True|False|None)\b|[A-Za-z_]\w*(?=\s*:)""",
    re.S,
)
_OPEN_TEXT = re.compile(r"[\"'“]")


@dataclass(frozen=True)
class Thought:
    """What a reply thinks before it answers.

    Attributes:
        end: where the answer begins; 0 where no thought is marked.
        is_open: whether the thought still goes on at the reply's end, so that there is no answer.
    """

    end: int = 0
    is_open: bool = False


def find_thought(text: str) -> Thought:
    """Find the marked thought of a reply: all up to the last closing tag, however the tags pair.

    A tag that a record quotes, within a text of a JSON value, is none.
    """
    lowered = text.lower()
    if not any(mark in lowered for mark in _MARKS) or not _TAG.search(text):
        return Thought()
    spans = list(_find_values(text))
    starts = [start for start, _ in spans]
    thought = Thought()
    for tag in _TAG.finditer(text):
        before = bisect_right(starts, tag.start()) - 1
        if (tag["attributes"] or "").endswith("/") or (before >= 0 and tag.start() < spans[before][1]):
            continue
        closes = any(tag[name] for name in _CLOSES)
        thought = Thought(tag.end(), False) if closes else Thought(thought.end, True)
    return thought


def _find_values(text: str) -> Iterator[tuple[int, int]]:
    """Find where JSON values stand, bent ones and one that the text's end cuts off included; in one pass."""
    position = 0
    while found := _OPENING.search(text, position):
        spans, position = _scan_value(text, found.start())
        yield from spans


def _scan_value(text: str, start: int) -> tuple[list[tuple[int, int]], int]:
    """Follow a value from its bracket as far as it is one; give the closed values in it, and where it ended."""
    opened: list[int] = []
    closed: list[tuple[int, int]] = []
    position, previous = start, ""
    while token := _TOKEN.match(text, position):
        position, word = token.end(), token[0]
        if word in ("[", "{"):
            opened.append(token.start())
        elif word in ("]", "}"):
            first = opened.pop()
            while closed and closed[-1][0] > first:
                closed.pop()
            closed.append((first, position))
            if not opened:
                return closed, position
        previous = previous if word.isspace() else word
    # The text of a value that is never closed: the reply was cut there. A quote elsewhere is prose.
    is_cut = position == len(text) or (_OPEN_TEXT.match(text, position) and previous in (":", "[", ","))
    return ([(start, len(text))], len(text)) if is_cut else (closed, position)
