"""The example agent answers every ticket, sees no outcome, and the scorer tells good from bad."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from examples.desk import read_tickets
from examples.labels import Label, read_labels
from examples.predictions import Prediction
from examples.scoring import score
from examples.support_agent import build_agent

LABEL = Label("t_1", "kb_1", [], False, {"refund_due": "42.00"}, "issue_refund", {"amount": "42.00"}, "test")
RIGHT = Prediction("t_1", ["kb_1"], "issue_refund", {"amount": "42.00"}, "You get $42.00 back.")
URGENT = replace(LABEL, ticket_id="t_2", should_escalate=True, facts={}, action="escalate", action_arguments={})
OUTCOMES = """
    update ticket_metadata set status = 'open', escalation_reason = 'x', agent_notes = 'x', resolved_at = null,
        updated_at = null, category = null, main_issue_type = null, tags = 'x', assigned_agent = 'x',
        first_response_at = null, csat = null;
    update ticket_messages set content = 'x'
        where message_id not in (select min(message_id) from ticket_messages group by ticket_id);
    delete from user_history;
    delete from ticket_actions;
"""


def answer_all(data_dir: Path, but: frozenset[str] = frozenset()) -> list[Prediction]:
    labels = read_labels(data_dir)
    agent = build_agent(data_dir, labels)
    ids = [label.ticket_id for label in labels if label.ticket_id not in but]
    return [agent.handle(ticket) for ticket in read_tickets(data_dir, ids)]


def test_the_answers_do_not_depend_on_any_outcome(built: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(built, changed, ignore=shutil.ignore_patterns("work", "raw", "warehouse.duckdb"))
    with sqlite3.connect(changed / "udahub.db") as connection:
        connection.executescript(OUTCOMES)
    with sqlite3.connect(built / "udahub.db") as connection:  # what was solved is seen as it was before, by its outcome
        solved = connection.execute("select ticket_id from ticket_metadata where status = 'resolved'").fetchall()
    but = frozenset(ticket_id for (ticket_id,) in solved)
    assert len(but) > 5
    assert answer_all(changed, but) == answer_all(built, but)


def test_every_ticket_gets_an_action_of_the_key_with_its_arguments(built: Path) -> None:
    arguments = {(label.action, *sorted(label.action_arguments)) for label in read_labels(built)}
    known = {made[0]: made for made in arguments}
    answers = answer_all(built)
    assert len(answers) == 40
    assert {(made.action, *sorted(made.action_arguments)) for made in answers if made.action in known} <= arguments


@pytest.mark.parametrize("flags", [[], ["--triage", "--split", "dev", "--split", "test"]])
def test_the_example_prints_a_score(
    built: Path, tmp_path: Path, flags: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = tmp_path / "copy"
    shutil.copytree(built, data_dir, ignore=shutil.ignore_patterns("work", "raw"))
    monkeypatch.setenv("EVENTHUB_DATA_DIR", str(data_dir))
    run = [sys.executable, "-m", "examples.support_agent", *flags]
    result = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "top 1" in result.stdout and "escalate recall" in result.stdout
    again = [sys.executable, "-m", "examples.score", str(data_dir / "work" / "predictions.jsonl"), *flags[1:]]
    assert subprocess.run(again, capture_output=True, text=True, check=True).stdout == result.stdout


def test_a_right_answer_scores_full_marks() -> None:
    made = score("test", [LABEL], {"t_1": RIGHT})
    assert (made.top_1, made.action, made.arguments, made.facts, made.answered) == (1, 1, 1, 1, 1)


def test_wrong_and_missing_answers_score_nothing() -> None:
    wrong = Prediction("t_1", ["kb_2", "kb_3", "kb_4", "kb_1"], "answer", {}, "You get $24.00 back.")
    made = score("test", [LABEL, URGENT], {"t_1": wrong})
    assert (made.top_1, made.top_3, made.action, made.arguments, made.facts) == (0, 0, 0, 0, 0)
    assert (made.answered, made.escalate_precision, made.escalate_recall) == (0.5, None, 0)


def test_handing_over_without_need_costs_precision() -> None:
    made = score("test", [LABEL, URGENT], {name: Prediction(name, [], "escalate") for name in ("t_1", "t_2")})
    assert (made.escalate_precision, made.escalate_recall) == (0.5, 1)
