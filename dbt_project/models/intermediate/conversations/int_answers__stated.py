"""Reads the answers that closed tickets with the scorer of agents, fact by fact."""

from typing import Any

from agentic.facts import states


def model(dbt: Any, session: Any) -> Any:
    rows = dbt.ref("int_answers__closing").project("ticket_number, scenario, name, value, answer").fetchall()
    stated = [
        {"ticket_number": number, "scenario": scenario, "name": name, "is_stated": states(value, answer, name)}
        for number, scenario, name, value, answer in rows
    ]
    columns = "ticket_number bigint, scenario varchar, name varchar, is_stated boolean"
    query = f"select unnest($stated::struct({columns})[], recursive := true)"
    return session.sql(query, params={"stated": stated})
