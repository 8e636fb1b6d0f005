"""Names of members: written in Latin letters, without title or degree."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"^(?:(?:Dr|Mr|Mrs|Ms|Mx|Miss|Prof|Professor|Doctor|Rev|Reverend|Fr|Sir|Dame|Lady|Lord|Hon|Capt|Sgt|Lt|Col"
    r"|Dra?|Ing|Herr|Frau|"
    r"Se[ñn]ora?|Madame|Mme|M(?:onsieur)|Sri|Shri|Smt)\.? )+(?=\S)",
    re.I,
)
_BEHIND = re.compile(
    r"(?:,? \(?(?:M\.?D\.?|Ph\.?\s?D\.?|D\.?D\.?S\.?|D\.?V\.?M\.?|R\.?N\.?|J\.?D\.?|M\.?B\.?A\.?|M\.?A\.?"
    r"|M\.?Sc\.?|B\.?A\.?|B\.?Sc\.?|Esq\.?|"
    r"CPA|PE|Jr\.?|Sr\.?|II|III|IV|the (?:second|third))\)?)+$"
)


def remove_titles(name: str) -> str:
    """Take titles and degrees from a name, as far as a name is left."""
    plain = _BEHIND.sub("", _BEFORE.sub("", name)).strip(" ,")
    return plain if len(plain) >= 3 else name
