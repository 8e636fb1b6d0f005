"""Scenarios: written in many voices, answered by articles, with replies that need nothing that their rows lack."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content
from extract.providers.bundled.recording import Recording
from extract.settings import Settings
from tests.paths import REPO_ROOT
from tests.unit.content.conftest import Rows, read_seed

SLOT = re.compile(r"\{(\w+)\}")
# Rows that a link leads to, by what a need links to.
LEADS_TO = {
    "user": {"user", "none", "article"},
    "event": {"user", "none", "article", "event"},
    "reservation": {"user", "none", "article", "event", "reservation"},
}
# What is due is known of a confirmed booking only.
DUE = {"refund_due", "refund_percent", "refund_share", "refund_outcome"}


def read_scenarios() -> Rows:
    return read_seed("support_scenarios")


def test_every_scenario_is_answered_by_articles(content: Content) -> None:
    """Only what is outside of the club, and an attempt to make the assistant talk of itself, is answered by none."""
    for row in read_scenarios():
        topics = [row["topic"], *row["also_topics"].split()] if row["topic"] else row["also_topics"].split()

        assert set(topics) <= set(content.articles) and len(set(topics)) == len(topics)
        assert bool(row["topic"]) == (row["kind"] != "unanswerable" and row["scenario"] != "general_prompt")


def test_nearly_every_article_answers_some_scenario(content: Content) -> None:
    assert len({row["topic"] for row in read_scenarios()} & set(content.articles)) >= 92


def test_actions_of_the_scenarios_are_known() -> None:
    actions = {row["action"] for row in read_seed("support_actions")}
    for row in read_scenarios():
        forbidden = row["forbidden_actions"].split()

        assert {row["action"], *forbidden} <= actions - {"escalate"}
        assert row["action"] not in forbidden and "answer" not in forbidden


def test_the_kinds_have_their_shares_of_all_tickets(seeds: Seeds) -> None:
    """The weights of a category say how much of it a scenario is, the shares how much of all the category is."""
    shares, rows = seeds.shares("ticket_category"), read_scenarios()
    weights = Counter[str]()
    for row in rows:
        weights[row["category"]] += int(row["weight"])
    percent = Counter[str]()
    for row in rows:
        percent[row["kind"]] += shares[row["category"]] * int(row["weight"]) / weights[row["category"]]
        percent["no article"] += (
            0 if row["topic"] else shares[row["category"]] * int(row["weight"]) / weights[row["category"]]
        )

    assert percent["compound"] == pytest.approx(8, abs=0.5)
    assert percent["must_refuse"] == pytest.approx(5, abs=0.5)
    assert percent["adversarial"] == pytest.approx(2, abs=0.25)
    assert 3 <= percent["no article"] <= 5
    assert set(percent) == {"single", "compound", "must_refuse", "adversarial", "unanswerable", "no article"}


def test_held_out_scenarios_are_of_all_categories_and_kinds() -> None:
    held_out = [row for row in read_scenarios() if row["is_held_out"] == "true"]

    assert len(held_out) >= 10
    assert {row["category"] for row in held_out} == {row["category"] for row in read_scenarios()}
    assert {row["kind"] for row in held_out} == {row["kind"] for row in read_scenarios()}


def test_what_cannot_be_given_changes_nothing() -> None:
    kinds = ("must_refuse", "adversarial", "unanswerable")

    assert {row["action"] for row in read_scenarios() if row["kind"] in kinds} == {"answer"}


def test_an_answer_states_at_most_three_facts_of_a_further_scenario() -> None:
    kinds = ("compound", "must_refuse", "adversarial", "unanswerable")

    assert max(len(row["facts"].split()) for row in read_scenarios() if row["kind"] in kinds) <= 3


def test_every_fact_asked_for_is_known(units: dict[str, str]) -> None:
    macro = REPO_ROOT / "dbt_project/macros/slots/ticket_facts.sql"
    known = set(re.findall(r"'(\w+)':", macro.read_text(encoding="utf-8"))) | set(units)
    asked = {name for row in read_scenarios() for name in row["facts"].split()}
    asked |= {pair.split("=")[1] for row in read_seed("support_actions") for pair in row["arguments"].split()}

    assert asked <= known


def test_replies_ask_for_nothing_that_the_rows_lack(units: dict[str, str]) -> None:
    sources = {row["slot"]: row["source"] for row in read_seed("slots") if row["text"] != "event"}
    needs = {row["need"]: row for row in read_seed("scenario_needs")}
    need_of = {row["scenario"]: needs[row["need"]] for row in read_scenarios()}
    wrong = [
        (row["scenario"], slot)
        for row in read_seed("support_replies")
        for slot in SLOT.findall(row["text"])
        if slot not in units
        and (
            sources[slot] not in LEADS_TO[need_of[row["scenario"]]["links_to"]]
            or (slot in DUE and need_of[row["scenario"]]["reservation_status"] != "confirmed")
        )
    ]

    assert wrong == []


def test_every_scenario_has_its_replies() -> None:
    found = Counter((row["scenario"], row["role"]) for row in read_seed("support_replies"))

    # What support asks may be what it asks in all scenarios.
    wanted = {(row["scenario"], role) for row in read_scenarios() for role in ("ai", "agent")}

    assert sorted(wanted - set(found)) == [], "support_replies.csv lacks these"
    assert {name for name, _ in found} <= {row["scenario"] for row in read_scenarios()}
    assert min(found[pair] for pair in wanted) >= 2


def test_what_can_be_done_is_said_to_be_done() -> None:
    """A scenario whose action changes data has answers that say so, and others for threads that are not resolved."""
    found = Counter((row["scenario"], row["role"], row["is_done"]) for row in read_seed("support_replies"))
    acting = {row["action"] for row in read_seed("support_actions") if row["interaction_type"]}
    done = {row["need"] for row in read_seed("scenario_needs") if row["can_be_done"] == "true"}
    rows = [row for row in read_seed("support_scenarios") if row["action"] in acting and row["need"] in done]
    # tickets of a scenario that is held out are never resolved
    doable = {row["scenario"] for row in rows if row["is_held_out"] != "true"}

    assert len(doable) > 10
    changing = {row["scenario"] for row in read_seed("support_scenarios") if row["action"] in acting}
    assert {name for name, _, is_done in found if is_done == "true"} <= changing
    assert [name for name in doable if found[name, "agent", "true"] < 2 or found[name, "ai", "true"] < 3] == []
    assert [name for name in doable if found[name, "ai", "false"] < 2] == []


def test_guidance_says_how_to_cancel_and_what_comes_back() -> None:
    """Eight answers of the assistant and as many of agents, two a style; each says all that the scenario asks for."""
    said = {"refund_outcome": {"refund_due", "refund_percent"}}
    scenarios = {row["scenario"]: row for row in read_scenarios()}
    styles = {row["style"] for row in read_seed("support_agents")}
    found = Counter[tuple[str, str, str]]()
    for row in read_seed("support_guidance"):
        stated = {fact for slot in SLOT.findall(row["text"]) for fact in said.get(slot, {slot})}
        for name in row["scenarios"].split():
            found[name, row["role"], row["style"]] += 1

            assert scenarios[name]["action"] == "cancel_reservation"
            assert set(scenarios[name]["facts"].split()) <= stated, row["text"]
        assert ("article_title" in stated) == (row["role"] == "ai"), row["text"]
    for name in {name for name, *_ in found}:
        assert found[name, "ai", ""] >= 8 and min(found[name, "agent", style] for style in styles) >= 2


def test_support_counts_no_days_from_the_ticket() -> None:
    """These slots count from the day of the ticket, and support may answer on a later one."""
    written = (read_seed(f"support_{name}") for name in ("replies", "guidance", "phrases"))
    slots = {slot for rows in written for row in rows for slot in SLOT.findall(row["text"])}

    assert slots.isdisjoint({"event_when", "booked_ago"})


def test_no_text_gives_the_answer_key_away() -> None:
    names = {row["scenario"] for row in read_scenarios()} | {row["action"] for row in read_seed("support_actions")}
    spelled = {name for name in names if "_" in name}
    written = (read_seed(f"support_{name}") for name in ("replies", "guidance", "phrases"))
    texts = [row["text"] for rows in written for row in rows]
    for record in Recording(Settings().content_dir, "tickets").records.values():
        texts += map(str, record.values())

    assert [name for name in spelled for text in texts if name in text] == []


def test_every_split_is_a_share_of_a_hundred(seeds: Seeds) -> None:
    assert sum(int(row["share"]) for row in read_seed("ticket_splits")) == 100
