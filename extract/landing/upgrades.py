"""How an object of an older version of the landing becomes one of the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Line = dict[str, Any]


def _upgrade_1(kind: str, line: Line) -> Line:
    """Version 1 had the e-mail addresses that models wrote; since version 2 dbt makes them of the names."""
    if kind == "manifest":
        return {**line, "email_domains": "reserved"}
    if kind == "records" and "full_name" in line:
        return {name: value for name, value in line.items() if name != "email"}
    return line


# By version, given what the object is: `records`, `replies`, `rejects`, `failures` or `manifest`. None is older than 1.
UPGRADES: dict[int, Callable[[str, Line], Line]] = {1: _upgrade_1}
