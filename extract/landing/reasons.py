"""Why records were refused, and how replies without any begin, in few words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extract.entities.text_rules import clean_line
from extract.landing.reply_log import StoredReply
from extract.replies.parse import CUT, read_reply
from extract.replies.redact import redact

# How much of a reply that held no record is shown, and how many reasons.
SAMPLE_LENGTH = 80
MOST_REASONS = 3
_LONGEST = 200
_DETAIL = re.compile(r"'[^']*'|\"[^\"]*\"|\{[^}]*\}|\d[\d,.]*|(?<=e-mail )\S+@|(?<=the name ).*")


class Reasons:
    """Counts reasons by their kind, and remembers one of each kind in its words."""

    def __init__(self, reasons: Iterable[str] = ()) -> None:
        self._counts = Counter[str]()
        self._words: dict[str, str] = {}
        for reason in reasons:
            self.add(reason)

    def add(self, reason: str) -> None:
        """Count a reason."""
        kind = shorten_reason(reason)
        self._counts[kind] += 1
        self._words.setdefault(kind, reason[:_LONGEST])

    def list_commonest(self) -> list[tuple[str, int]]:
        """List the commonest kinds, each by the words of one reason and with how often it came."""
        return [(self._words[kind], count) for kind, count in self._counts.most_common(MOST_REASONS)]


def shorten_reason(reason: str) -> str:
    """Leave out of a reason what only one record had."""
    return _DETAIL.sub("…", reason)[:90]


def show_sample(reply: StoredReply) -> str:
    """Show how a reply begins that was whole and held no record; empty if it held some, or nothing at all."""
    if reply.stop_reason in CUT or read_reply(reply.text, reply.stop_reason).candidates:
        return ""
    shown = clean_line(redact(reply.text[: 4 * SAMPLE_LENGTH]))[:SAMPLE_LENGTH]
    # An empty list tells nothing.
    return shown if any(map(str.isalpha, shown)) else ""
