"""The page: every figure drawn, every table filled, one HTML file that needs nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from common.page.drawing import draw_all
from common.page.figure import Figure
from common.page.rendering import make_environment
from common.page.vega import DrawingError, Spec
from export import license as data_license
from export.card.baselines import draw_baselines
from export.card.charts import bookings, content, events, habits, shares, support, tickets
from export.card.databases import Database
from export.card.query_results import QueryResults, Row
from export.errors import ExportError
from export.exported_table import ExportedTable

TEMPLATES = Path(__file__).with_name("templates")
PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"

# Query, and the function that makes a figure of its rows, by section.
BUSINESS = (
    ("calendar", events.draw_calendar),
    ("bookings_by_month", bookings.draw_bookings_by_month),
    ("bookings_by_day", habits.draw_bookings_by_day),
    ("refunds", bookings.draw_refunds),
    ("venues", events.draw_venues),
    ("sell_through", bookings.draw_sell_through),
    ("seats", bookings.draw_seats),
    ("prices", events.draw_prices),
    ("bookings_per_user", bookings.draw_bookings_per_user),
    ("bookings_per_event", bookings.draw_bookings_per_event),
    ("price_and_sales", habits.draw_price_and_sales),
    ("distance", habits.draw_distance),
)
HELP_DESK = (
    ("tickets_by_priority", tickets.draw_priorities),
    ("tickets_by_status", tickets.draw_statuses),
    ("tickets_by_sentiment", tickets.draw_sentiments),
    ("confidence", tickets.draw_confidence),
    ("triggers", tickets.draw_triggers),
    ("retrieval", tickets.draw_retrieval),
    ("actions", tickets.draw_actions),
    ("tickets_by_day", tickets.draw_days),
    ("turns", tickets.draw_turns),
    ("first_responses", support.draw_first_responses),
    ("resolution_times", support.draw_resolution_times),
    ("resolution_hours", support.draw_resolution_hours),
    ("ratings", support.draw_ratings),
)


@dataclass(frozen=True)
class Drawn:
    """A figure with its picture."""

    figure: Figure
    svg: Markup | None


Sections = dict[str, list[Drawn]]


def draw_sections(results: QueryResults) -> Sections:
    """Draw all charts; the page's words come later, when the files are there to be listed."""
    figures = {
        "shares": shares.draw_shares(results["shares"]),
        "business": [draw(results[query]) for query, draw in BUSINESS],
        "help_desk": [draw(results[query]) for query, draw in HELP_DESK],
        "diversity": [content.draw_diversity(results["diversity"])],
        "exam": [content.draw_exam(results["exam"])],
        "cost": [content.draw_cost(results["models"])],
    }
    pictures = iter(_draw([figure.spec for section in figures.values() for figure in section if figure.spec]))
    return {
        name: [Drawn(figure, next(pictures) if figure.spec else None) for figure in section]
        for name, section in figures.items()
    }


def _draw(specs: Sequence[Spec]) -> list[Markup]:
    """Draw charts.

    Raises:
        ExportError: the drawing library is not there, or refuses a chart.
    """
    try:
        # Vega writes text of the data as text, as the tests see to.
        return [Markup(svg) for svg in draw_all(specs)]
    except DrawingError as error:
        raise ExportError(
            f"data_card.html cannot be drawn: {error}. Leave card out of the var exports to do without."
            " The old files stay."
        ) from error


def write_page(
    path: Path,
    results: QueryResults,
    databases: Sequence[Database],
    sections: Sections,
    tables: Sequence[ExportedTable],
    measured: Sequence[Row],
) -> None:
    """Fill the template."""
    page = make_environment(TEMPLATES).get_template("card.html.j2").render(
        about=results["data_set"][0],
        license=data_license,
        version=tomllib.loads(PROJECT.read_text())["project"]["version"],
        databases=databases,
        sections=sections,
        baselines=draw_baselines(results["baselines"], measured),
        shares=results["shares"],
        rules=_group_rules(results["rules"]),
        files=_group_files(tables),
        conversations=_list_conversations(results),
    )  # fmt: skip
    path.write_text(page, encoding="utf-8")


def _group_rules(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Sum the rules of each table up."""
    return [
        {
            "table": table,
            "rules": rules,
            "rows_checked": max(rule["rows_checked"] for rule in rules),
            "violations": sum(rule["violations"] for rule in rules),
        }
        for table, rules in ((table, list(group)) for table, group in groupby(rows, lambda row: row["table_name"]))
    ]


def _group_files(tables: Sequence[ExportedTable]) -> list[dict[str, Any]]:
    """List each file with its tables."""
    by_name = sorted(tables, key=lambda line: (not line.file_name.endswith(".db"), line.file_name))
    return [
        {"name": name, "size": lines[0].byte_count, "tables": lines}
        for name, lines in ((name, list(group)) for name, group in groupby(by_name, lambda line: line.file_name))
    ]


def _list_conversations(results: QueryResults) -> list[Row]:
    """Put the messages of each drawn ticket beside its rows."""
    return [
        {**row, "messages": [message for message in results["messages"] if message["ticket_id"] == row["ticket_id"]]}
        for row in results["conversations"]
    ]
