"""What the rows of a seed must say together, beyond what each cell may hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from extract.errors import SeedError
from extract.planning.seed_files import Cells

Rows = Sequence[tuple[int, Cells]]

# Policies that SQL computes with (int_policy_values.sql): numbers, prices, and hours of the day.
NUMBERS = (
    "refund_full_notice_days",
    "refund_partial_notice_days",
    "refund_partial_percent",
    "refund_processing_days",
    "refund_wallet_days",
    "basic_monthly_quota",
    "premium_monthly_quota",
    "premium_discount_percent",
    "max_tickets_per_booking",
    "pending_hold_hours",
)
PRICES = ("basic_monthly_price", "premium_monthly_price")
HOURS = ("support_open", "support_close")
# A set is seen at midnight UTC, by Pacific standard time in the afternoon.
AS_OF_HOUR = 16
# Who gives rows the values of a share.
DEALERS = ("extract", "dbt")
# How long the first message of a ticket is.
LENGTHS = {
    "line": "4 to 12 words",
    "short": "12 to 35 words",
    "medium": "35 to 80 words",
    "long": "80 to 200 words",
}
# What becomes of a language model; where nobody knows, the cell is empty.
STATES = ("active", "legacy", "retired")


def check_rows(path: Path, rows: Rows) -> None:
    """Check the rows of a seed file.

    Raises:
        SeedError: naming the file, and the line if it is one.
    """
    if check := _CHECKS.get(path.stem):
        check(path, rows)


def _check_shares(path: Path, rows: Rows) -> None:
    """Refuse the commonest slip of a person who changes shares.csv: one line is raised and no other lowered."""
    sums = Counter[str]()
    for _, cells in rows:
        sums[cells["attribute"]] += int(cells["share"])
    for attribute, percent in sums.items():
        _check_sum(path, f"the shares of {attribute}", percent)


def _check_share_attributes(path: Path, rows: Rows) -> None:
    for number, cells in rows:
        if cells["dealt_by"] not in DEALERS:
            raise SeedError(f"{path}:{number} column dealt_by: {cells['dealt_by']!r:.40} is not {' or '.join(DEALERS)}")


def _check_models(path: Path, rows: Rows) -> None:
    lines: dict[str, int] = {}
    for number, cells in rows:
        alias, state = cells["alias"], cells["state"]
        if first := lines.get(alias):
            raise SeedError(f"{path}:{number} column alias: {alias!r:.40} is also the alias of line {first}")
        if state not in (*STATES, ""):
            raise SeedError(f"{path}:{number} column state: {state!r:.40} is none of {', '.join(STATES)}")
        lines[alias] = number
    for number, cells in rows:
        if cells["successor"] not in (*lines, ""):
            raise SeedError(f"{path}:{number} column successor: there is no alias {cells['successor']!r:.40}")


def _check_splits(path: Path, rows: Rows) -> None:
    _check_sum(path, "the shares of the splits", sum(int(cells["share"]) for _, cells in rows))


def _check_sum(path: Path, what: str, percent: int) -> None:
    if percent != 100:
        raise SeedError(f"{what} in {path} add up to {percent}, not to 100: change another line of it, too")


def _check_policies(path: Path, rows: Rows) -> None:
    for number, cells in rows:
        policy, value = cells["policy"], cells["value"]
        if policy in NUMBERS and (not re.fullmatch("[0-9]{1,9}", value) or "percent" in policy and int(value) > 100):
            most = " from 0 to 100" if "percent" in policy else " of 0 or more"
            raise SeedError(f"{path}:{number} column value: {policy} is {value!r:.40}, and no whole number{most}")
        if policy in PRICES and not re.fullmatch(r"\$[0-9]{1,6}(\.[0-9]{2})?", value):
            raise SeedError(
                f"{path}:{number} column value: {policy} is {value!r:.40}, and no price such as $12 or $12.50"
            )
        if policy in HOURS and not re.fullmatch("(1[0-2]|[1-9]) [ap]m", value):
            raise SeedError(f"{path}:{number} column value: {policy} is {value!r:.40}, and no hour such as 8 am")
    missing = {*NUMBERS, *PRICES, *HOURS} - {cells["policy"] for _, cells in rows}
    if missing:
        raise SeedError(f"{path} lacks the policy {min(missing)}, which SQL computes with")
    _check_support_hours(path, {cells["policy"]: cells["value"] for _, cells in rows})


def _check_support_hours(path: Path, values: Mapping[str, str]) -> None:
    """See to it that an agent can have answered a ticket of the last minutes before as_of."""
    opens, closes = (_read_hour(values[policy]) for policy in HOURS)
    if not opens < AS_OF_HOUR <= closes:
        raise SeedError(
            f"{path}: support is open from {values['support_open']} to {values['support_close']}, but a set is seen at"
            " 4 pm: support_open is 3 pm or earlier, support_close 4 pm or later"
        )


def _read_hour(value: str) -> int:
    hour, half = value.split()
    return int(hour) % 12 + (12 if half == "pm" else 0)


def _check_tones(path: Path, rows: Rows) -> None:
    for number, cells in rows:
        _check_weights(f"{path}:{number} column moods", cells["moods"], "mood", "neutral 3 negative 1")
        _check_weights(f"{path}:{number} column lengths", cells["lengths"], "length", "line 1 short 3")
        for length in cells["lengths"].split()[::2]:
            if length not in LENGTHS:
                raise SeedError(f"{path}:{number} column lengths: {length!r:.40} is none of {', '.join(LENGTHS)}")


def _check_weights(where: str, cell: str, what: str, example: str) -> None:
    if not re.fullmatch(r"[a-z_]+ [1-9]\d*( [a-z_]+ [1-9]\d*)*", cell):
        raise SeedError(f"{where}: name each {what} with its weight, such as {example}, not {cell!r:.40}")


_CHECKS: Mapping[str, Callable[[Path, Rows], None]] = {
    "shares": _check_shares,
    "share_attributes": _check_share_attributes,
    "models": _check_models,
    "ticket_splits": _check_splits,
    "policies": _check_policies,
    "tones": _check_tones,
}
