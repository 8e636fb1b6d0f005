"""What members are drawn by: the day, the price, and how far away they live."""

from __future__ import annotations

from collections.abc import Sequence

from common.page.figure import Figure, nothing
from common.page.formatting import THIN, counted, format_day, number
from common.page.vega import BLUE, ORANGE, QUIET
from common.page.vega_helpers import columns, label_every, names, palette, quantity
from export.card.query_results import Row

STATUSES = ("confirmed", "pending", "cancelled")
QUARTERS = {1: "cheapest", 2: "second", 3: "third", 4: "dearest"}
DISTANCES = {1: "Bay Area", 2: "US and Canada", 3: "overseas"}


def draw_bookings_by_day(rows: Sequence[Row]) -> Figure:
    """A column a day, so that no day stands out unseen."""
    if not rows:
        return nothing("bookings-by-day", "bookings of the latest weeks")
    days = sorted({row["day"] for row in rows})
    labels = [f"{day:%b} {day.day}" for day in days]
    settled = {
        day: sum(row["bookings"] for row in rows if row["day"] == day and row["status"] != "pending") for day in days
    }
    busiest = max(days, key=lambda day: settled[day])
    return Figure(
        name="bookings-by-day",
        title=f"The busiest day is {format_day(busiest)}, with {counted(settled[busiest], 'booking')} that are settled",
        note="Bookings of the latest eight weeks by the day (UTC) on which they were made. Pending ones are younger"
        " than the two days for which a seat is held, by rule.",
        spec=columns(
            [{**row, "day": f"{row['day']:%b} {row['day'].day}"} for row in rows],
            {**names("day", labels), "axis": label_every(labels, -(-len(labels) // 6))},
            quantity("bookings", "bookings"),
            colour=palette("status", STATUSES, (BLUE, ORANGE, QUIET)),
        ),
        headers=("Day", *STATUSES),
        rows=[
            (label, *(
                number(sum(row["bookings"] for row in rows if (row["day"], row["status"]) == (day, status)))
                for status in STATUSES
            ))
            for label, day in zip(labels, days, strict=True)
        ],
    )  # fmt: skip


def draw_price_and_sales(rows: Sequence[Row]) -> Figure:
    """How much dear and cheap events of a category sell."""
    if not rows:
        return nothing("price-and-sales", "active events")
    sold = {row["quarter"]: row["sold_percent"] for row in rows}
    first, last = min(sold), max(sold)
    return Figure(
        name="price-and-sales",
        title=f"The {QUARTERS[first]} events of a category have sold {sold[first]:.0f}{THIN}% of their tickets,"
        f" the {QUARTERS[last]} {sold[last]:.0f}{THIN}%",
        note=f"{counted(sum(row['events'] for row in rows), 'active event')} by the quarter of their category in which"
        " the mean of the lowest and the highest price lies.",
        spec=columns(
            [{"quarter": QUARTERS[row["quarter"]], "sold": row["sold_percent"]} for row in rows],
            {
                **names("quarter", [QUARTERS[quarter] for quarter in sorted(sold)]),
                "axis": {"title": None, "labelAngle": 0},
            },
            quantity("sold", "tickets sold, percent"),
        ),
        headers=("Quarter by price", "Events", "Tickets sold, percent"),
        rows=[(QUARTERS[row["quarter"]], number(row["events"]), f"{row['sold_percent']:.0f}") for row in rows],
    )


def draw_distance(rows: Sequence[Row]) -> Figure:
    """How often members book who live near and far."""
    if not rows:
        return nothing("distance", "active members")
    means = {DISTANCES[row["distance"]]: row["bookings"] for row in rows}
    parts = ", ".join(f"{mean:.1f} ({name})" for name, mean in means.items())
    return Figure(
        name="distance",
        title=f"Bookings of an active member by home: {parts}",
        note=f"{counted(sum(row['members'] for row in rows), 'active member')}, those without a booking included.",
        spec=columns(
            [{"home": name, "bookings": mean} for name, mean in means.items()],
            {**names("home", list(means)), "axis": {"title": None, "labelAngle": 0}},
            quantity("bookings", "bookings of a member", axis={"format": ".1f"}),
        ),
        headers=("Home", "Members", "Bookings of a member"),
        rows=[(DISTANCES[row["distance"]], number(row["members"]), f"{row['bookings']:.2f}") for row in rows],
    )
