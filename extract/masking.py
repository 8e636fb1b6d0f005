"""What must not reach a screen or a file: account ids, keys, signed links."""

from __future__ import annotations

import re

_SECRETS = (
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), "************"),
    (re.compile(r"\b(?:AKIA|ASIA|ABSK)[A-Za-z0-9+/=_-]{12,}"), "<key>"),
    (re.compile(r"(https?://[^\s?]+)\?\S+"), r"\1?<signed>"),
    (re.compile(r"(?i)\b(bearer|signature=|x-amz-security-token[:=]|secret\w*[:=])\s*\S+"), r"\1 <secret>"),
)


def mask(text: str) -> str:
    """Replace account ids (also inside ARNs), access keys, tokens and the query of links."""
    for pattern, stand_in in _SECRETS:
        text = pattern.sub(stand_in, text)
    return text
