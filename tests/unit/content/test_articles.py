"""The knowledge base states EventHub's policy, each once and by its constant.

What these tests show: an article holds no number of its own; a constant stands beside its own unit; where sentences
speak of one promise (the transfer, the doors, the pause ...), their figure is the same constant; and a rule without a
figure that several articles state (no fee, where a refund goes, what a move costs ...) is a constant as well. What they
cannot show: that two articles agree in what only one of them says. That took reading.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.planning.seeds import Seeds
from extract.providers.bundled.content import Content
from tests.unit.content.conftest import read_seed

SLOT = re.compile(r"\{(\w+)\}")
NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|dozen|half|"
    r"fortnight|thrice)\b(?!-factor)",
    re.I,
)
UNITS = ["day", "hour", "minute", "month", "year", "percent", "inch", "event", "ticket", "time", "attempt"]
# The same in other words: five a month, try three times.
ALSO = {"events": "month", "attempts": "time"}
# A promise: words that name it, the unit of its figure, and the constants that may give the figure.
PROMISES = [
    (r"\btransfer (it|them|the)\b|\bticket to somebody\b", "hours", {"transfer_notice_hours"}),
    (r"\banother date\b|\bmove (it|a booking|your booking)\b", "hours", {"reschedule_notice_hours"}),
    (r"\bwaitlist\b", "hours", {"waitlist_offer_hours"}),
    (r"\bentry code\b|\bcode (appears|comes|shows)\b", "hours", {"qr_ready_hours"}),
    (r"\bdoors (are )?open\b", "minutes", {"doors_open_minutes"}),
    (r"\b(seats?|place) (is|are) held\b|\blate (entry|arriv)", "minutes", {"late_entry_minutes"}),
    (r"\breset link\b|\bpassword link\b", "minutes", {"password_link_minutes"}),
    (r"\bpending\b", "hours", {"pending_hold_hours"}),
    (r"\bspecialist\b", "hours", {"escalation_reply_hours"}),
    (r"\binterpreter\b|\baccessible seat", "hours", {"accessibility_notice_hours"}),
    (r"\bpresale\b|\bhead start\b|\bgoes on sale\b", "hours", {"premium_presale_hours"}),
    (r"\bpause", "months", {"pause_max_months"}),
    (r"\bgift card", "months", {"gift_card_months"}),
    (r"\berased\b", "days", {"account_deletion_days"}),
    (r"\blost property\b", "days", {"lost_property_days"}),
    (r"\bcalled off\b", "business days", {"event_cancelled_refund_days"}),
    (r"\bappeal", "business days", {"block_appeal_days"}),
    (r"\bcalled off\b|\bwallets?\b|\bcards?\b|\bappeal", "business days",
     {"refund_processing_days", "refund_wallet_days", "event_cancelled_refund_days", "block_appeal_days"}),
    (r"\breceipts?\b", "years", {"receipt_years"}),
    (r"\bcomedy\b", "years", {"comedy_min_age", "accompanied_age", "lap_child_age"}),
    (r"\bbags?\b", "inches", {"bag_max_inches"}),
]  # fmt: skip
# A rule without a figure: words that state it, and the constant whose value states it.
RULES = [
    (r"\bcancellation fee\b|\bfor cancelling there is\b|\brefund to calculate\b", "cancellation_fee"),
    (r"\bservice fees?\b|\bdelivery fee|\bhidden costs\b", "service_fee"),
    (r"\brefunds? (is |are )?(always )?(goes|go|returned|returns?) (back )?to\b", "refund_destination"),
    (r"\bcount \S+ to the event\b", "refund_notice_count"),
    (r"\bfor arriving late\b", "missed_event_refund"),
    (r"\bcancelled by accident\b", "cancelled_booking_return"),
    (r"\bper event\b", "bookings_per_event"),
    (r"\bplace goes back to\b|\bstops counting for\b|\bkeeps counting in\b", "quota_month"),
    (r"\bunused\b", "unused_quota"),
    (r"\bprices can differ\b|\bas for the price\b", "reschedule_price_rule"),
    (r"\bafter a move, the notice\b", "reschedule_refund_date"),
    (r"\btransfer costs\b|\bfor a transfer\.", "transfer_fee"),
    (r"\bhanded over for\b|\bfor no more than\b|\bkeep it to\b", "transfer_price_limit"),
    (r"\bmembers .*waitlist,|\bask (the )?members\b", "waitlist_order"),
    (r"\b(upgrade|switch) takes effect\b|\braises the (limit|number)\b", "upgrade_start"),
    (r"\bstep back to basic\b|\bchange happens\b", "downgrade_start"),
    (r"\b(earlier bookings|bookings already made)\b", "earlier_bookings_price"),
    (r"\blast day is\b|\bplan runs until\b", "membership_end"),
    (r"\bpause begins\b", "pause_start"),
    (r"\b(when an|your) account is blocked\b", "blocked_bookings"),
]


@pytest.fixture(scope="module")
def sentences(content: Content) -> list[tuple[str, str]]:
    """Every sentence of every article, with its topic."""
    return [
        (topic, sentence)
        for topic, article in content.articles.items()
        for sentence in re.split(r"(?<=[.?!])\s+", article.content)
    ]


def test_a_hundred_articles_in_the_asked_proportions(content: Content, seeds: Seeds) -> None:
    categories = {topic.topic: topic.category for topic in seeds.article_topics}

    assert Counter(categories[topic] for topic in content.articles) == {
        "policy": 25,
        "how-to": 30,
        "faq": 25,
        "troubleshooting": 20,
    }


def test_articles_have_the_asked_shape(content: Content) -> None:
    misshapen = [
        topic
        for topic, article in content.articles.items()
        if not 3 <= article.content.count("\n\n") + 1 <= 5
        or not 120 <= len(article.content.split()) <= 320
        or not 3 <= len(article.tags) <= 5
    ]

    assert misshapen == []


def test_no_two_articles_start_alike(content: Content) -> None:
    starts = Counter(" ".join(article.content.lower().split()[:4]) for article in content.articles.values())

    assert [start for start, count in starts.items() if count > 1] == []


def test_no_article_states_a_number_of_its_own(content: Content) -> None:
    stated = [
        (topic, match[0])
        for topic, article in content.articles.items()
        for match in re.finditer(
            rf"\d+|{NUMBER_WORDS.pattern}", SLOT.sub("", f"{article.title} {article.content}"), re.I
        )
    ]

    assert stated == []


def test_every_constant_is_stated_somewhere(content: Content, units: dict[str, str]) -> None:
    stated = {slot for article in content.articles.values() for slot in SLOT.findall(article.content)}

    assert stated == set(units)


def list_figures(text: str) -> Iterator[tuple[str, str]]:
    """Find each slot and the unit that follows it within three words, if one does."""
    for match in re.finditer(r"\{(\w+)\}((?:[ -][a-z]+){0,3})", text):
        words = (re.sub(r"e?s$", "", word) if word == "inches" else word.rstrip("s") for word in match[2].split())
        unit = next((word for word in words if word in UNITS), None)
        if unit:
            yield match[1], unit


def test_a_constant_stands_beside_its_own_unit(sentences: list[tuple[str, str]], units: dict[str, str]) -> None:
    replies = [(row["scenario"], row["text"]) for row in read_seed("support_replies")]
    replies += [(row["scenarios"], row["text"]) for row in read_seed("support_guidance")]
    wrong = [
        (where, slot, unit)
        for where, sentence in [*sentences, *replies]
        for slot, unit in list_figures(sentence)
        if units.get(slot, "text") != "text" and unit not in units[slot] and unit != ALSO.get(units[slot])
    ]

    assert wrong == []


@pytest.mark.parametrize(("words", "unit", "constants"), PROMISES, ids=[promise[0] for promise in PROMISES])
def test_a_promise_has_one_figure(
    sentences: list[tuple[str, str]], units: dict[str, str], words: str, unit: str, constants: set[str]
) -> None:
    found = [
        (topic, set(slots))
        for topic, sentence in sentences
        if re.search(words, sentence, re.I)
        and (slots := [slot for slot in SLOT.findall(sentence) if units[slot] == unit])
    ]

    assert found, "no article speaks of it any more"
    assert [(topic, slots) for topic, slots in found if not slots & constants] == []


@pytest.mark.parametrize(("words", "constant"), RULES, ids=[constant for _, constant in RULES])
def test_a_rule_without_a_figure_is_stated_by_its_constant(
    sentences: list[tuple[str, str]], words: str, constant: str
) -> None:
    stating = [(topic, sentence) for topic, sentence in sentences if re.search(words, sentence, re.I)]

    assert stating, "no article speaks of it any more"
    assert [(topic, sentence) for topic, sentence in stating if f"{{{constant}}}" not in sentence] == []


def test_no_article_writes_out_what_a_constant_says(content: Content) -> None:
    values = [row["value"] for row in read_seed("policies") if row["unit"] == "text" and row["value"].count(" ") > 2]
    written = [
        (topic, value) for topic, article in content.articles.items() for value in values if value in article.content
    ]

    assert written == []


def test_tags_are_a_short_list_and_each_topic_has_three_to_five() -> None:
    tags = {row["tag"]: row["topics"].split() for row in read_seed("article_tags")}
    assert len(tags) <= 50 and not any("," in tag for tag in tags)
    counted = Counter(topic for topics in tags.values() for topic in topics)
    assert counted.keys() == {row["topic"] for row in read_seed("article_topics")}
    assert all(3 <= count <= 5 for count in counted.values())


def test_articles_have_the_tags_of_the_list(built: Path) -> None:
    tags = {row["tag"] for row in read_seed("article_tags")}
    lines = (built / "generated" / "kb_articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert {tag for line in lines for tag in json.loads(line)["tags"]} <= tags
