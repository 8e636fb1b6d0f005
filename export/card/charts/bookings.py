"""How members book, and how full the venues get."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from common.page.figure import Figure, nothing
from common.page.formatting import THIN, counted, dollars, format_month, number, percent, quantile, spelled, top_share
from common.page.vega import BLUE, GREEN, ORANGE, QUIET, Spec
from common.page.vega_helpers import (
    columns,
    label_every,
    names,
    palette,
    quantity,
    stacked_bars,
    values,
)
from export.card.query_results import Row

STATUSES = ("confirmed", "pending", "cancelled")
REFUND_STATUSES = ("paid", "requested")
SEATS = {"members": "held by members", "others": "sold to others", "free": "free"}
# A bar for each number of bookings up to this; the few above share the last.
MOST_BARS = 25


def draw_bookings_by_month(rows: Sequence[Row]) -> Figure:
    """A column a month."""
    if not rows:
        return nothing("bookings-by-month", "bookings")
    months = sorted({row["month"] for row in rows})
    by_month = {month: sum(row["bookings"] for row in rows if row["month"] == month) for month in months}
    total = sum(by_month.values())
    recent = months[-3:]
    labels = [_short(month) for month in months]
    return Figure(
        name="bookings-by-month",
        title=f"{percent(sum(by_month[month] for month in recent), total)} of the bookings were made since"
        f" {format_month(recent[0])}",
        note=f"{counted(total, 'booking')} by the month in which they were made. They are all for events to come, so"
        " most are recent.",
        spec=columns(
            [{**row, "month": _short(row["month"])} for row in rows],
            {**names("month", labels), "axis": label_every(labels, -(-len(labels) // 6))},
            quantity("bookings", "bookings"),
            colour=palette("status", STATUSES, (BLUE, ORANGE, QUIET)),
        ),
        headers=("Month", "Bookings", *STATUSES),
        rows=[
            (month, number(by_month[month]), *(
                number(sum(row["bookings"] for row in rows if (row["month"], row["status"]) == (month, status)))
                for status in STATUSES
            ))
            for month in months
        ],
    )  # fmt: skip


def _short(month: str) -> str:
    return f"{format_month(month)[:3]} {month[2:4]}"


def draw_refunds(rows: Sequence[Row]) -> Figure:
    """How much is given back, and how much of it is still to be paid: a column a week."""
    if not rows:
        return nothing("refunds", "refunds")
    weeks = sorted({row["week"] for row in rows})[-MOST_BARS:]
    total = sum(row["refunds"] for row in rows)
    requested = sum(row["refunds"] for row in rows if row["status"] == "requested")
    labels = [f"{week:%b} {week.day}" for week in weeks]
    shown = [row for row in rows if row["week"] in weeks]
    return Figure(
        name="refunds",
        title=f"{dollars(sum(row['dollars'] for row in rows))} were given back; {percent(requested, total)} of the"
        " refunds are still to be paid",
        note=f"{counted(total, 'refund')} by the week in which they were requested, the latest {len(weeks)} weeks."
        " A card is paid within 5 business days, a wallet within 2.",
        spec=columns(
            [{"week": f"{row['week']:%b} {row['week'].day}", **_pick(row, "status", "refunds")} for row in shown],
            {**names("week", labels), "axis": label_every(labels, -(-len(labels) // 6))},
            quantity("refunds", "refunds"),
            colour=palette("status", REFUND_STATUSES, (BLUE, ORANGE)),
        ),
        headers=("Week of", *REFUND_STATUSES),
        rows=[
            (label, *(
                number(sum(row["refunds"] for row in shown if (row["week"], row["status"]) == (week, status)))
                for status in REFUND_STATUSES
            ))
            for label, week in zip(labels, weeks, strict=True)
        ],
    )  # fmt: skip


def _pick(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}


def draw_sell_through(rows: Sequence[Row]) -> Figure:
    """How many events have sold which part of their tickets."""
    if not rows:
        return nothing("sell-through", "events on sale")
    total = sum(row["events"] for row in rows)
    sold_out = sum(row["events"] for row in rows if row["tenth"] == 10)
    tenths = {row["tenth"]: row["events"] for row in rows}
    labels = [*(f"{10 * tenth}" for tenth in range(10)), "all"]
    bars = [
        {"tenth": label, "events": tenths.get(tenth, 0), "kind": "sold out" if tenth == 10 else "on sale"}
        for tenth, label in enumerate(labels)
    ]
    middle = quantile([(row["tenth"], row["events"]) for row in rows if row["tenth"] < 10], 0.5)
    return Figure(
        name="sell-through",
        title=f"{percent(sold_out, total)} of the events on sale are sold out"
        + (f"; half of the others are less than {10 * middle + 10}{THIN}% sold" if sold_out < total else ""),
        note=f"{counted(total, 'event')}, cancelled ones apart, by tickets sold to members and others.",
        spec=columns(
            bars,
            {**names("tenth", labels), "axis": {"title": "tickets sold, percent from", "labelAngle": 0}},
            quantity("events", "events"),
            colour=palette("kind", ("on sale", "sold out"), (BLUE, ORANGE)),
        ),
        headers=("Tickets sold", "Events"),
        rows=[
            ("all" if tenth == 10 else f"{10 * tenth}–{10 * tenth + 10}{THIN}%", number(tenths.get(tenth, 0)))
            for tenth in range(11)
        ],
    )


def draw_seats(rows: Sequence[Row]) -> Figure:
    """Whose the seats of each category are."""
    if not rows:
        return nothing("seats", "events on sale")
    sums = {kind: sum(row[kind] for row in rows) for kind in SEATS}
    total = sum(sums.values())
    shares = [
        {"category": spelled(row["category"]), "kind": words, "share": 100 * row[kind] / max(1, _seats(row))}
        for row in rows
        for kind, words in SEATS.items()
    ]
    return Figure(
        name="seats",
        title=f"Of {number(total)} seats on offer, members hold {percent(sums['members'], total)} and"
        f" {percent(sums['free'], total)} are free",
        note="Tickets of events that are not cancelled; members hold what they booked and did not cancel.",
        spec=stacked_bars(
            shares,
            x=quantity("share", "share of the seats, percent"),
            y="category",
            y_order=[spelled(row["category"]) for row in rows],
            colour=palette("kind", list(SEATS.values()), (BLUE, GREEN, QUIET)),
            colour_order=list(SEATS.values()),
        ),
        headers=("Category", "Events", "Seats", *SEATS.values()),
        rows=[
            (spelled(row["category"]), *map(number, (row["events"], _seats(row), *(row[kind] for kind in SEATS))))
            for row in rows
        ],
    )


def _seats(row: Row) -> int:
    return int(row["members"] + row["others"] + row["free"])


def draw_bookings_per_user(rows: Sequence[Row]) -> Figure:
    """How many members book how often."""
    counts = [(row["bookings"], row["members"]) for row in rows]
    if not any(bookings for bookings, _ in counts):
        return nothing("bookings-per-user", "bookings")
    members = sum(count for _, count in counts)
    bars = capped(counts)
    return Figure(
        name="bookings-per-user",
        title=f"The busiest tenth of the members make {100 * top_share(counts, 0.1):.0f}{THIN}% of the bookings",
        note=f"{counted(members, 'member')}; half of them have {counted(quantile(counts, 0.5), 'booking')} or fewer,"
        f" the busiest {number(counts[-1][0])}.",
        spec=_histogram(bars, "bookings of a member", "members"),
        headers=("Bookings", "Members"),
        rows=[(bar["label"], number(bar["count"])) for bar in bars],
    )


def draw_bookings_per_event(rows: Sequence[Row]) -> Figure:
    """How many events take how many bookings."""
    counts = [(row["bookings"], row["events"]) for row in rows]
    if not any(bookings for bookings, _ in counts):
        return nothing("bookings-per-event", "bookings")
    events = sum(count for _, count in counts)
    bars = binned(counts)
    return Figure(
        name="bookings-per-event",
        title=f"Half of the events take {number(quantile(counts, 0.5))} bookings or fewer, the most booked"
        f" {number(counts[-1][0])}",
        note=f"{counted(events, 'event')} that are not cancelled; the most booked tenth of them take"
        f" {100 * top_share(counts, 0.1):.0f}{THIN}% of the bookings.",
        spec=_histogram(bars, "bookings of an event, from", "events"),
        headers=("Bookings", "Events"),
        rows=[(bar["range"], number(bar["count"])) for bar in bars],
    )


def _histogram(bars: Sequence[Row], x_title: str, y_title: str) -> Spec:
    labels = [bar["label"] for bar in bars]
    axis = {"title": x_title, "labelAngle": 0, "labelOverlap": "greedy"}
    spec = columns(bars, {**names("label", labels), "axis": axis}, quantity("count", y_title))
    return {**spec, "data": values([{"label": bar["label"], "count": bar["count"]} for bar in bars])}


def capped(counts: Sequence[tuple[int, int]]) -> list[Row]:
    """Return a bar for every number of bookings, the last for all above MOST_BARS."""
    last = min(max(value for value, _ in counts), MOST_BARS)
    bars = []
    for bookings in range(last + 1):
        count = sum(count for value, count in counts if value == bookings or value > bookings == MOST_BARS)
        bars.append({"label": f"{bookings}+" if bookings == MOST_BARS else str(bookings), "count": count})
    return bars


def binned(counts: Sequence[tuple[int, int]]) -> list[Row]:
    """Return about twenty bars of equal, round width."""
    largest = max(value for value, _ in counts)
    width = next(step for step in _round_steps() if largest < 20 * step)
    starts = range(0, largest + 1, width)
    return [
        {
            "label": number(start),
            "range": f"{number(start)}–{number(start + width - 1)}" if width > 1 else number(start),
            "count": sum(count for value, count in counts if start <= value < start + width),
        }
        for start in starts
    ]


def _round_steps() -> accumulate[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    factors = (2, 2.5, 2) * 20
    return accumulate(factors, lambda step, factor: int(step * factor), initial=1)
