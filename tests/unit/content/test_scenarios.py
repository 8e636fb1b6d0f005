"""Scenarios: written in many voices, answered by articles, with replies that need nothing that their rows lack."""

from __future__ import annotations

import re
from collections import Counter

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
    topics = {topic for row in read_scenarios() for topic in [row["topic"], *row["also_topics"].split()]}

    assert topics <= set(content.articles)


def test_actions_of_the_scenarios_are_known() -> None:
    actions = {row["action"] for row in read_seed("support_actions")}

    assert {row["action"] for row in read_scenarios()} <= actions - {"escalate"}


def test_every_fact_asked_for_is_known(units: dict[str, str]) -> None:
    macro = REPO_ROOT / "dbt_project/macros/slots/ticket_facts.sql"
    known = set(re.findall(r"'(\w+)'", macro.read_text(encoding="utf-8"))) | set(units)
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

    wanted = {(row["scenario"], role) for row in read_scenarios() for role in ("ai", "agent", "asks")}

    assert sorted(wanted - set(found)) == [], "support_replies.csv lacks these"
    assert sorted(set(found) - wanted) == [], "support_scenarios.csv lacks these"
    assert min(count for (_, role), count in found.items() if role != "asks") >= 3


def test_no_text_gives_the_answer_key_away() -> None:
    names = {row["scenario"] for row in read_scenarios()} | {row["action"] for row in read_seed("support_actions")}
    spelled = {name for name in names if "_" in name}
    texts = [row["text"] for row in read_seed("support_replies") + read_seed("support_phrases")]
    for record in Recording(Settings().content_dir, "tickets").records.values():
        texts += map(str, record.values())

    assert [name for name in spelled for text in texts if name in text] == []


def test_every_split_is_a_share_of_a_hundred(seeds: Seeds) -> None:
    assert sum(int(row["share"]) for row in read_seed("ticket_splits")) == 100
