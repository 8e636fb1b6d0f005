"""What members ask for, how they feel, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from common.page.figure import Figure, nothing
from common.page.formatting import THIN, counted, format_day, number, percent, quantile, spelled
from common.page.vega import BLUE, GREEN, ORANGE, QUIET, STEPS, Spec
from common.page.vega_helpers import (
    columns,
    cross_tabulate,
    label_every,
    names,
    order_by_weight,
    palette,
    quantity,
    rule_at,
    stacked_bars,
    values,
)
from export.card.query_results import Row

PRIORITIES = ("low", "medium", "high", "urgent")
STATUSES = ("open", "in_progress", "resolved", "escalated")
DIFFICULTIES = ("easy", "medium", "hard")
SENTIMENTS = ("positive", "neutral", "negative", "very_negative")
LOW_CONFIDENCE = 40  # percent; below it a ticket is escalated (requirements: what-escalates-a-ticket)
# Bars of one length, where shares are to be compared.
PARTS = quantity("tickets", "share of a category's tickets", stack="normalize", axis={"format": ".0%"})


def draw_priorities(rows: Sequence[Row]) -> Figure:
    """Categories by priority."""
    if not rows:
        return nothing("tickets-by-priority", "tickets")
    first, *others = order_by_weight(rows, "category", "tickets")
    total = _total(rows)
    largest = _total(row for row in rows if row["category"] == first)
    pressing = _total(row for row in rows if row["priority"] in ("high", "urgent"))
    return _crossed_figure(
        "tickets-by-priority",
        f"{percent(largest, total)} of the tickets are about {_thing(first)}; {percent(pressing, total)} of all are"
        " high or urgent",
        rows, field="priority", order=PRIORITIES, colours=STEPS, x=quantity("tickets", "tickets"),
    )  # fmt: skip


def draw_statuses(rows: Sequence[Row]) -> Figure:
    """Categories by status."""
    if not rows:
        return nothing("tickets-by-status", "tickets")
    total = _total(rows)
    shares = {status: _total(row for row in rows if row["status"] == status) for status in STATUSES}
    return _crossed_figure(
        "tickets-by-status",
        f"{percent(shares['resolved'], total)} of the tickets are resolved, {percent(shares['escalated'], total)}"
        " escalated to a person",
        rows, field="status", order=STATUSES, colours=(BLUE, GREEN, QUIET, ORANGE), x=PARTS,
    )  # fmt: skip


def draw_sentiments(rows: Sequence[Row]) -> Figure:
    """Categories by sentiment."""
    if not rows:
        return nothing("tickets-by-sentiment", "tickets")
    bad = {
        category: _total(row for row in rows if row["category"] == category and "negative" in row["sentiment"])
        / _total(row for row in rows if row["category"] == category)
        for category in order_by_weight(rows, "category", "tickets")
    }
    worst = max(bad, key=lambda category: bad[category])
    return _crossed_figure(
        "tickets-by-sentiment",
        f"{spelled(worst).capitalize()} tickets are the angriest: {percent(bad[worst], 1)} negative or very negative",
        rows, field="sentiment", order=SENTIMENTS, colours=STEPS, x=PARTS,
    )  # fmt: skip


def _crossed_figure(
    name: str, title: str, rows: Sequence[Row], *, field: str, order: Sequence[str], colours: Sequence[str], x: Spec
) -> Figure:
    categories = order_by_weight(rows, "category", "tickets")
    words = [spelled(value) for value in order]
    spelled_rows = [{**row, field: spelled(row[field])} for row in rows]
    return Figure(
        name=name,
        title=title,
        note=f"{counted(_total(rows), 'ticket')} by category and {field}.",
        spec=stacked_bars(
            spelled_rows,
            x=x,
            y="category",
            y_order=categories,
            colour=palette(field, words, colours),
            colour_order=words,
        ),
        headers=("Category", *words),
        rows=[
            [line[0], *(number(cell) for cell in line[1:] if isinstance(cell, int))]
            for line in cross_tabulate(
                spelled_rows, across=field, down="category", weight="tickets", across_order=words, down_order=categories
            )
        ],
    )


def _total(rows: object) -> int:
    return sum(row["tickets"] for row in rows)  # type: ignore[attr-defined]


def _thing(category: str) -> str:
    return {"refund": "refunds", "cancellation": "cancellations", "complaint": "complaints"}.get(
        category, f"{spelled(category)} matters"
    )


def draw_days(rows: Sequence[Row]) -> Figure:
    """Tickets opened on each day."""
    if not rows:
        return nothing("tickets-by-day", "tickets")
    days = sorted({row["day"] for row in rows})
    by_day = {day: _total(row for row in rows if row["day"] == day) for day in days}
    kinds = ("not escalated", "escalated")
    week = _total(row for row in rows if (days[-1] - row["day"]).days < 7)
    bars = [
        {"day": f"{row['day']:%b} {row['day'].day}", "tickets": row["tickets"], "kind": kinds[row["is_escalated"]]}
        for row in rows
    ]
    labels = [f"{day:%b} {day.day}" for day in days]
    return Figure(
        name="tickets-by-day",
        title=f"{percent(week, _total(rows))} of the tickets were opened in the last seven days,"
        f" {number(by_day[days[-1]])} on the last",
        note=f"By the day on which they were opened (UTC), {format_day(days[0])} to {format_day(days[-1])}.",
        spec=columns(
            bars,
            {**names("day", labels), "axis": label_every(labels, 7)},
            quantity("tickets", "tickets opened"),
            colour=palette("kind", kinds, (BLUE, ORANGE)),
        ),
        headers=("Day", "Tickets"),
        rows=[(str(day), number(by_day[day])) for day in days],
    )


def draw_confidence(rows: Sequence[Row]) -> Figure:
    """How well an article covers a ticket, against whether it is escalated."""
    if not rows:
        return nothing("confidence", "tickets")
    low = [row for row in rows if row["percent"] < LOW_CONFIDENCE]
    high = [row for row in rows if row["percent"] >= LOW_CONFIDENCE]
    escalated_low = _total(row for row in low if row["is_escalated"])
    escalated_high = _total(row for row in high if row["is_escalated"])
    kinds = ("not escalated", "escalated")
    bars = [
        {"from": row["percent"] / 100, "to": (row["percent"] + 5) / 100, "tickets": row["tickets"],
         "kind": kinds[row["is_escalated"]]}
        for row in rows
    ]  # fmt: skip
    steps = sorted({row["percent"] for row in rows})
    return Figure(
        name="confidence",
        title=f"Of the tickets below {LOW_CONFIDENCE / 100}, {percent(escalated_low, _total(low))} are escalated; of"
        f" the others, {percent(escalated_high, _total(high))}",
        note=f"rag_confidence: how much of a ticket's words its best article covers. {number(_total(low))} of"
        f" {counted(_total(rows), 'ticket')} lie below {LOW_CONFIDENCE / 100}.",
        spec={
            "height": 140,
            "layer": [
                {
                    "data": values(bars),
                    "mark": {"type": "bar"},
                    "encoding": {
                        "x": quantity("from", "rag_confidence", bin="binned", axis={"format": ".1f", "tickCount": 6}),
                        "x2": {"field": "to"},
                        "y": quantity("tickets", "tickets", axis={"grid": True}),
                        "color": palette("kind", kinds, (BLUE, ORANGE)),
                    },
                },
                *rule_at(LOW_CONFIDENCE / 100, "0.4"),
            ],
        },
        headers=("rag_confidence from", "Tickets", "Escalated"),
        rows=[
            (
                f"{step / 100:.2f}",
                number(_total(row for row in rows if row["percent"] == step)),
                number(_total(row for row in rows if row["percent"] == step and row["is_escalated"])),
            )
            for step in steps
        ],
    )


def draw_triggers(rows: Sequence[Row]) -> Figure:
    """What escalates tickets."""
    if not rows:
        return nothing("triggers", "escalated tickets")
    words = [spelled(row["reason"]) for row in rows]
    return Figure(
        name="triggers",
        title=f"{words[0].capitalize()} escalates most often: {counted(rows[0]['tickets'], 'ticket')}",
        note="Tickets for which each trigger holds. Several may hold for one, so they add up to more than are"
        " escalated.",
        spec={
            "data": values([{"reason": spelled(row["reason"]), "tickets": row["tickets"]} for row in rows]),
            "height": 22 * len(rows),
            "mark": {"type": "bar", "color": ORANGE, "height": {"band": 0.72}},
            "encoding": {
                "y": names("reason", words, axis={"labelLimit": 150}),
                "x": quantity("tickets", "tickets"),
            },
        },
        headers=("Trigger", "Tickets"),
        rows=[(word, number(row["tickets"])) for word, row in zip(words, rows, strict=True)],
    )


def draw_turns(rows: Sequence[Row]) -> Figure:
    """How long conversations are."""
    if not rows:
        return nothing("turns", "conversations")
    counts = [(row["messages"], row["tickets"]) for row in rows]
    messages = sum(value * count for value, count in counts)
    return Figure(
        name="turns",
        title=f"Conversations take {number(counts[0][0])} to {number(counts[-1][0])} messages; half take"
        f" {number(quantile(counts, 0.5))} or fewer",
        note=f"{counted(messages, 'message')} in {counted(_total(rows), 'ticket')}.",
        spec=columns(
            rows,
            {**names("messages"), "axis": {"title": "messages of a ticket", "labelAngle": 0}},
            quantity("tickets", "tickets"),
            height=110,
        ),
        headers=("Messages", "Tickets"),
        rows=[(str(value), number(count)) for value, count in counts],
    )


def draw_actions(rows: Sequence[Row]) -> Figure:
    """What a good agent does, by the answer key."""
    if not rows:
        return nothing("actions", "tickets")
    actions = order_by_weight(rows, "action", "tickets")
    changes = _total(row for row in rows if row["action"] not in ("answer", "escalate"))
    words = [spelled(action) for action in actions]
    bars = [{**row, "action": spelled(row["action"])} for row in rows]
    return Figure(
        name="actions",
        title=f"{percent(changes, _total(rows))} of the tickets ask for an action that changes data",
        note="What a good agent does, by the answer key, and how hard the ticket is.",
        spec=stacked_bars(
            bars, x=quantity("tickets", "tickets"), y="action", y_order=words,
            colour=palette("difficulty", DIFFICULTIES, STEPS[:3]), colour_order=DIFFICULTIES,
        ),
        headers=("Action", *DIFFICULTIES),
        rows=[
            [line[0], *(number(cell) for cell in line[1:] if isinstance(cell, int))]
            for line in cross_tabulate(
                bars, across="difficulty", down="action", weight="tickets", across_order=DIFFICULTIES, down_order=words
            )
        ],
    )  # fmt: skip


def draw_retrieval(rows: Sequence[Row]) -> Figure:
    """How often plain retrieval finds the article."""
    whole = next((row for row in rows if row["category"] == "all"), None)
    if not whole or not whole["tickets"]:
        return nothing("retrieval", "tickets")
    kinds = {"found": "the expected article", "accepted": "an accepted one", "missed": "another"}
    categories = [row["category"] for row in rows]
    bars = [
        {"category": row["category"], "kind": words, "share": row[kind]}
        for row in rows
        for kind, words in kinds.items()
    ]
    return Figure(
        name="retrieval",
        title=f"Matching words alone finds the expected article for {whole['found']:.0f}{THIN}% of the tickets",
        note="A yardstick for agents: the article whose words cover a ticket's best, against the answer key.",
        spec=stacked_bars(
            bars, x=quantity("share", "share of the tickets, percent"), y="category", y_order=categories,
            colour=palette("kind", list(kinds.values()), (BLUE, GREEN, QUIET)), colour_order=list(kinds.values()),
        ),
        headers=("Category", "Tickets", *(words.capitalize() for words in kinds.values())),
        rows=[
            (row["category"], number(row["tickets"]), *(f"{row[kind]:.1f}{THIN}%" for kind in kinds))
            for row in rows
        ],
    )  # fmt: skip
