"""Whether a build has a past season (var past_months): then files say of each booking who attended."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from export.sql import fetch_row

# The column that only a past season fills; without one, no file has it.
ATTENDED_AT = "attended_at"


def has_past_season(connection: DuckDBPyConnection) -> bool:
    """Tell whether there are events before the day that the data set shows."""
    query = "select count(*) from main.events where event_date < (select min(as_of) from eventhub.data_set)"
    return bool(fetch_row(connection, query)[0])
