"""Where a sentence ends: not after "Dr.", an initial, or dots that go on in lower case."""

from __future__ import annotations

import re

_END = re.compile(r"(?:[.!?]+|…)[\"'’”»)\]]*(?=\s|$)")
_SHORT = re.compile(
    r"(?:^|[\s(\"'“‘])(?:[A-Z]|Dr|Mrs?|Ms|Mx|Prof|Rev|Fr|Sr|Jr|St|Mt|Ste|Ave|Blvd|Rd|No|Nr|vs|feat|ft|approx|Inc|Ltd|Co|"
    r"dept|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|M\.D|Ph\.D)$",
)
# What may follow an abbreviation at the end of a sentence, and never a title or an initial inside of one.
_STARTS = re.compile(
    r"(?:An?|The|This|That|These|Those|It|Its|He|She|They|We|You|His|Her|Their|Our|Your|In|On|At|After|Before|With|From|"
    r"And|But|Then|There|Bring|Come|Join|Doors|Every|Each|All|No|If|When|While|Expect|Please|For|As|To)\b"
)


def find_sentence_ends(text: str) -> list[int]:
    """Find where sentences end, each just behind its last mark; words without a mark at the end are no sentence."""
    return [match.end() for match in _END.finditer(text) if _ends(text, match)]


def split_sentences(text: str) -> list[str]:
    """Split a text into its sentences; what stands behind the last mark is one, too."""
    ends = [0, *find_sentence_ends(text), len(text)]
    return [part for start, end in zip(ends, ends[1:], strict=False) if (part := text[start:end].strip())]


def _ends(text: str, match: re.Match[str]) -> bool:
    rest = text[match.end() :].lstrip()
    if not rest:
        return True
    if match[0].startswith(("!", "?")):
        return not rest[0].islower()
    if match[0].startswith(".") and not match[0].startswith("..") and _SHORT.search(text[: match.start()]):
        return bool(_STARTS.match(rest))
    return not rest[0].islower()
