"""Reads the answers that closed tickets with the scorer of agents, fact by fact."""

import json
from typing import Any

from agentic.facts import states


def model(dbt: Any, session: Any) -> Any:
    facts = dbt.ref("int_answers__closing").project("ticket_number, scenario, name, value, answer")
    # The facts of one answer after each other: the scorer remembers the answers it has read last.
    rows = facts.order("ticket_number, name, scenario").fetchall()
    stated = [
        {"ticket_number": number, "scenario": scenario, "name": name, "is_stated": states(value, answer, name)}
        for number, scenario, name, value, answer in rows
    ]
    columns = "ticket_number bigint, scenario varchar, name varchar, is_stated boolean"
    # One text: for each value that Python hands over, DuckDB looks for pandas, which takes as long as the answers do.
    query = f"select unnest($stated::json::struct({columns})[], recursive := true)"
    return session.sql(query, params={"stated": json.dumps(stated)})
