"""metadata.json: titles and descriptions for `datasette data/*.db --metadata data/metadata.json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from export import license as data_license
from export.descriptions import read_descriptions
from export.exported_table import ExportedTable
from export.past_season import ATTENDED_AT, has_past_season
from export.writers.base import ExportContext, Writer
from export.writers.sqlite import SQLITE

TITLES = {
    "eventhub": "Members, plans, venues, events and bookings of a Bay Area ticketing club; all of it made up.",
    "udahub": "The club's help desk. Status, escalation and notes are outcomes: hide them from an agent under test.",
}
# What a link to a row shows instead of its id.
LABELS = {"users": "full_name", "venues": "name", "events": "title", "knowledge": "title"}
SUPPORT_LABELS = {**LABELS, "users": "user_name"}
FACETS = {
    "subscriptions": ["tier", "status"],
    "venues": ["region", "category"],
    "events": ["status", "category", "city"],
    "reservations": ["status", "payment_method", "cancelled_by"],
    "refunds": ["status", "method", "percent"],
    "ticket_metadata": ["status", "category", "priority", "sentiment"],
    "ticket_messages": ["role"],
    "knowledge": ["category"],
}


class DatasetteWriter(Writer):
    """Describes both databases."""

    kind = SQLITE

    def __init__(self, context: ExportContext) -> None:
        self._path = context.files.stage(context.data_dir / "metadata.json")
        self._has_past_season = has_past_season(context.marts)

    def finish(self, tables: Sequence[ExportedTable]) -> None:
        """Write the descriptions."""
        write_metadata(self._path, self._has_past_season)


def write_metadata(path: Path, has_past_season: bool = False) -> None:
    """Write the descriptions of both databases."""
    path.write_text(json.dumps(build_metadata(has_past_season), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def build_metadata(has_past_season: bool = False) -> dict[str, Any]:
    """Return what Datasette reads."""
    databases: dict[str, Any] = {name: {"description": text, "tables": {}} for name, text in TITLES.items()}
    for (schema, table), description in read_descriptions().items():
        if schema in databases:
            columns = {
                name: text.replace("main.", "")  # no schemas here
                for name, text in description.columns.items()
                if has_past_season or name != ATTENDED_AT
            }
            shown = {"description": description.text, "columns": columns}
            databases[schema]["tables"][table] = shown | _describe_look(schema, table)
    return {
        "title": "EventHub data",
        "license": data_license.NAME,
        "license_url": data_license.URL,
        "databases": databases,
    }


def _describe_look(schema: str, table: str) -> dict[str, Any]:
    label = (LABELS if schema == "eventhub" else SUPPORT_LABELS).get(table)
    look = {"label_column": label, "facets": FACETS.get(table)}
    return {key: value for key, value in look.items() if value}
