"""A candidate record as a model wrote it, and its names as a reader takes them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

Candidate = dict[str, Any]


def fold_name(name: object) -> str:
    """Reduce a name to what makes it the same: followUp, Follow-Up and FOLLOW_UP are follow_up."""
    return re.sub(r"[\W_]", "", str(name)[:60]).casefold()


def restore_names(candidate: Candidate, names: Collection[str]) -> Candidate:
    """Give a candidate's fields the names that they should have; a name that is right already wins."""
    if all(name in candidate for name in names):
        return candidate
    wanted = {fold_name(name): name for name in names if name not in candidate}
    renamed: Candidate = {}
    for name, value in candidate.items():
        right = wanted.get(fold_name(name), name) if name not in names else name
        renamed.setdefault(right, value)
    return renamed
