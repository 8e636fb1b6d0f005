"""What must not reach a screen or a file: account ids, keys, signed links."""

from __future__ import annotations

import os
import re

_SECRETS = (
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), "************"),
    (re.compile(r"\b(?:AKIA|ASIA|ABSK)[A-Za-z0-9+/=_-]{12,}"), "<key>"),
    (re.compile(r"(https?://[^\s?]+)\?\S+"), r"\1?<signed>"),
    (re.compile(r"(?i)\b(bearer|signature=|x-amz-security-token[:=]|secret\w*[:=])\s*\S+"), r"\1 <secret>"),
)
# Their values have no shape of their own. Shorter ones would hit words.
_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_BEARER_TOKEN_BEDROCK")
_SHORTEST = 12


def redact(text: str) -> str:
    """Replace account ids (also inside ARNs), keys and tokens (also the environment's), and the query of links."""
    for value in (os.environ.get(name, "") for name in _VARIABLES):
        text = text.replace(value, "<secret>") if len(value) >= _SHORTEST else text
    for pattern, stand_in in _SECRETS:
        text = pattern.sub(stand_in, text)
    return text
