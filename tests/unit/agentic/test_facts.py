"""A reply states a fact in whichever form people say it, and a number that counts something else states nothing."""

from __future__ import annotations

import csv
import re
import time
from datetime import date, timedelta

import pytest
import yaml

from agentic.facts.matcher import KINDS, UNIT_KINDS, find_kind, states
from agentic.policies import read_policies
from tests.paths import CASES, REPO_ROOT

SEEDS = REPO_ROOT / "dbt_project" / "seeds"
# What the slots of support's replies say, by slot: the fact, and its plain value for the example in slots.csv.
SLOTS = {
    "email": ("email", "priya.sharma@example.com"),
    "plan": ("plan", "premium"),
    "monthly_quota": ("monthly_quota", "10"),
    "remaining_quota": ("remaining_quota", "3"),
    "event_title": ("event_title", "Night Ferry to Alameda"),
    "venue_name": ("venue_name", "The Lantern Room"),
    "city": ("city", "Oakland"),
    "neighborhood": ("neighborhood", "Temescal"),
    "event_date": ("event_date", "2026-03-14"),
    "event_time": ("start_time", "19:30"),
    "order_id": ("reservation_id", "r_00042"),
    "tickets": ("ticket_count", "3"),
    "total_price": ("total_price", "84.00"),
    "booking_date": ("booking_date", "2026-03-02"),
    "payment_method": ("payment_method", "paypal"),
    "refund_due": ("refund_due", "42.00"),
    "refund_percent": ("refund_percent", "50"),
    "refund_share": ("refund_percent", "50"),
    "refund_outcome": ("refund_percent", "50"),
    "event_category": ("event_category", "music"),
    "event_ages": ("youngest_guest_age", "18"),
    "venue_parking": ("venue_parking", "street parking only"),
}


def read_cases() -> list[tuple[str, str, str, bool]]:
    """The cases that were reported, which name no fact, and ours."""
    cases = []
    for name in ("facts_as_people_say_them.tsv", "facts_stated.tsv", "facts_among_several.tsv"):
        for line in (CASES / name).read_text(encoding="utf-8").strip("\n").split("\n")[1:]:
            *fact, value, reply, stated = line.split("\t")
            cases.append((fact[0] if fact else "", value, reply.replace("\\n", "\n"), stated == "1"))
    return cases


def read_csv(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("name", "value", "reply", "stated"), read_cases())
def test_a_fact_is_stated_as_people_say_it(name: str, value: str, reply: str, stated: bool) -> None:
    assert states(value, reply, name) is stated


def test_who_recites_every_share_has_named_none() -> None:
    """And who says which is the member's, before the policy or after it, has named that one alone."""
    cases = yaml.safe_load((CASES / "refund_scales.yaml").read_text(encoding="utf-8"))
    shares = [str(share) for share in cases["claims"]]
    assert len(cases["recitals"]) > 25
    for recital in cases["recitals"]:
        assert [share for share in shares if states(share, recital, "refund_percent")] == [], recital
        for share, claims in cases["claims"].items():
            for claim in claims:
                for reply in (f"{recital}\n\n{claim}", f"{claim} {recital}"):
                    stated = [one for one in shares if states(one, reply, "refund_percent")]
                    assert stated == [str(share)], reply


def test_an_article_states_no_share_of_its_scale() -> None:
    """Quoting the help center word for word does not tell the member what comes back: neither share, nor days."""
    values = {name: policy.value for name, policy in read_policies().items()}
    paths = sorted((REPO_ROOT / "extract" / "content" / "articles").glob("*.yaml"))
    texts = [fill(row["content"], values) for path in paths for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    scales = [text for text in texts if "50 percent" in text and re.search("(full|whole) (price|amount)", text)]
    assert len(scales) > 8
    facts = [("refund_percent", "50"), ("refund_percent", "100"), ("refund_due", "0.00")]
    assert [(name, value, text) for text in scales for name, value in facts if states(value, text, name)] == []
    both = [text for text in texts if re.search(r"5 business days.* 2 (business|for|by)", text)]
    assert len(both) > 2
    assert [text for text in both if states("5", text, "refund_days") or states("2", text, "refund_days")] == []


def test_every_fact_that_the_key_may_name_has_a_kind() -> None:
    macro = next((REPO_ROOT / "dbt_project").rglob("ticket_facts.sql")).read_text(encoding="utf-8")
    names = re.findall(r"'(\w+)':", macro)
    assert len(names) > 30 and set(names) <= KINDS.keys()
    assert {policy.unit for policy in read_policies().values()} <= UNIT_KINDS.keys()
    named = {name for row in read_csv("support_scenarios.csv") for name in row["facts"].split()}
    assert [name for name in named if find_kind(name) is None] == []


def test_the_types_of_the_key_are_the_kinds_of_the_scorer() -> None:
    """Both say what a value is; the scorer tells some apart that are one type to a reader of the key."""
    types = {
        "date": {"date"},
        "time": {"time of day"},
        "money": {"money"},
        "percent": {"percent"},
        "status": {"word"},
        "name": {"name", "id", "text"},
        "count:tickets": {"ticket"},
        "count:bookings": {"booking", "booking left"},
        "count:business days": {"business day"},
        "count:years": {"age"},
    }
    macro = next((REPO_ROOT / "dbt_project").rglob("ticket_facts.sql")).read_text(encoding="utf-8")
    typed = re.findall(r"'(\w+)': '([\w: ]+)'", macro)
    assert len(typed) > 30
    assert [(name, type_) for name, type_ in typed if find_kind(name) not in types[type_]] == []


def fill(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[1]), text)


def find_unstated(texts: list[str]) -> list[tuple[str, str]]:
    """Fill the slots of texts as a build does, and return the facts that are not found where they were put."""
    examples = {row["slot"]: row["example"] for row in read_csv("slots.csv")}
    policies = {name: policy.value for name, policy in read_policies().items()}
    examples |= policies | {"venue_parking": SLOTS["venue_parking"][1]}
    facts = {slot: fact for slot, fact in SLOTS.items()} | {name: (name, value) for name, value in policies.items()}
    missed = []
    for text in texts:
        for slot in sorted(set(re.findall(r"\{(\w+)\}", text)) & facts.keys()):
            name, value = facts[slot]
            if not states(value, fill(text, examples), name):
                missed.append((name, fill(text, examples)))
    return missed


def test_every_fact_in_supports_own_replies_is_found() -> None:
    names = ("support_replies.csv", "support_guidance.csv", "support_phrases.csv")
    texts = [row["text"] for name in names for row in read_csv(name)]
    assert len(texts) > 1000
    assert find_unstated(texts) == []


def test_every_constant_in_the_articles_is_found() -> None:
    paths = sorted((REPO_ROOT / "extract" / "content" / "articles").glob("*.yaml"))
    texts = [row["content"] for path in paths for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    assert len(texts) == 100
    assert find_unstated(texts) == []


def test_a_number_states_only_what_it_counts() -> None:
    """With the same number in all slots, only the noun tells two tickets from two days."""
    numbers = {name for name, policy in read_policies().items() if re.fullmatch(r"\$?\d+", policy.value)}
    values = {name: "$7" if find_kind(name) == "money" else "7" for name in numbers}
    counts = {"monthly_quota": "booking", "remaining_quota": "booking", "tickets": "ticket", "ticket_count": "ticket"}
    examples = {row["slot"]: row["example"] for row in read_csv("slots.csv")}
    examples |= values | {"monthly_quota": "7", "remaining_quota": "7", "tickets": "7 tickets", "ticket_count": "7"}
    one_of_each = {find_kind(name): name for name in sorted(numbers) if find_kind(name) != "version"}
    tried, wrong = 0, []
    for row in read_csv("support_replies.csv"):
        slots = set(re.findall(r"\{(\w+)\}", row["text"]))
        meant = {find_kind(slot) for slot in slots & numbers} | {counts[slot] for slot in slots & counts.keys()}
        meant |= {"business day"} if "day" in meant else set()
        for kind, name in one_of_each.items():
            tried += kind not in meant
            if kind not in meant and states(values[name], fill(row["text"], examples), name):
                wrong.append((kind, fill(row["text"], examples)))
    assert tried > 10_000 and len(wrong) < tried / 1000, wrong


def test_every_date_is_found_in_every_form_and_no_other_is() -> None:
    for number in range(0, 730, 3):
        day = date(2026, 6, 1) + timedelta(number)
        other = str(day + timedelta(1))
        forms = [
            "%A, %B {d}",
            "%B {d}, %Y",
            "{d} %B %Y",
            "%a, %b {d}",
            "{m}/{d}/%Y",
            "%Y-%m-%d",
            "{d}-%b-%Y",
            "{m}/{d}",
        ]
        for form in forms:
            reply = f"It is on {day.strftime(form).format(d=day.day, m=day.month)}."
            assert states(str(day), reply, "event_date"), reply
            assert not states(other, reply, "event_date"), reply


def test_every_time_is_found_in_every_form_and_no_other_is() -> None:
    for minutes in range(0, 1440, 5):
        hour, minute = divmod(minutes, 60)
        half, twelve = "am" if hour < 12 else "pm", hour % 12 or 12
        forms = [f"{twelve}:{minute:02} {half}", f"{twelve}.{minute:02}{half[0]}.m.", f"{hour:02}:{minute:02}"]
        forms += [f"{twelve} {half}", f"{twelve}{half.upper()}"] if minute == 0 else []
        if hour >= 10:
            other_half = hour + 12 if hour < 12 else hour - 12
            forms = forms if hour > 12 else forms[:2]  # 10:30 alone may be either half of the day
        else:
            other_half = hour + 12
        for form in forms:
            reply = f"It starts at {form}."
            assert states(f"{hour:02}:{minute:02}", reply, "start_time"), reply
            assert not states(f"{other_half:02}:{minute:02}", reply, "start_time"), reply
            assert not states(f"{hour:02}:{(minute + 5) % 60:02}", reply, "start_time"), reply


def test_every_amount_is_found_in_every_form_and_no_other_is() -> None:
    for cents in [*range(995, 200_000, 1_237), 4200, 100_000, 125_000]:
        dollars = f"{cents / 100:.2f}"
        forms = [f"${cents / 100:,.2f}", f"${dollars}", f"{dollars} dollars", f"USD {dollars}", f"**${dollars}**"]
        forms += [f"${cents // 100:,}", f"{cents // 100} dollars"] if cents % 100 == 0 else []
        for form in forms:
            reply = f"You get {form} back within 5 business days for 2 tickets."
            assert states(dollars, reply, "refund_due"), reply
            for other in (f"1{dollars}", f"{cents / 10:.2f}", f"{(cents + 1) / 100:.2f}", "5.00", "2.00"):
                assert not states(other, reply, "refund_due"), (other, reply)


@pytest.mark.parametrize("part", ["1 ", "a", "5-", "$1.1.", "x@", "march 21 ", "7:30 pm ", "one-", "5 to ", "(", "no "])
def test_a_long_reply_is_read_in_time(part: str) -> None:
    started = time.process_time()
    for name, value in (("refund_due", "0.00"), ("event_date", "2027-03-21"), ("event_status", "soldout")):
        assert isinstance(states(value, part * (40_000 // len(part)), name), bool)
    # Of this process alone: a pattern that tries every way of reading takes minutes.
    assert time.process_time() - started < 20


def test_a_constant_changed_into_words_is_still_looked_for() -> None:
    assert states("twenty", "Seats are held for twenty minutes.", "late_entry_minutes")
    assert not states("twenty", "Seats are held.", "late_entry_minutes")
