"""The domain's database as tau2 knows it: the rows of a split, and what a run has made of them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from tau2.environment.db import DB


class EventHubDB(DB):
    """The rows of a split, and the state of a run as canonical differences from them.

    The tools work on SQLite databases made of the rows. What counts of a run, and is hashed, is in `ticket_id`,
    `changes` and `violations`: rows in one order, without free text, running numbers and moments.

    Attributes:
        split: which tickets the rows are for.
        data_hash: the hash of both files that the rows come from.
        schema_statements: what makes the tables, by database.
        tables: the rows of each table, as at the start.
        ticket_id: the ticket at hand.
        changes: the rows that differ from the start, a line each.
        violations: what was tried against the policy, also where the desk has refused it.
    """

    split: str = ""
    data_hash: str = ""
    schema_statements: dict[str, list[str]] = {}
    tables: dict[str, list[dict[str, Any]]] = {}
    ticket_id: str = ""
    changes: list[str] = []
    violations: list[str] = []

    def get_hash(self) -> str:
        """Return the hash of what a run has made of the rows."""
        state = json.dumps([self.data_hash, self.ticket_id, self.changes, self.violations])
        return hashlib.sha256(state.encode()).hexdigest()

    def get_statistics(self) -> dict[str, Any]:
        """Return the number of rows of each table."""
        return {table: len(rows) for table, rows in self.tables.items()}
