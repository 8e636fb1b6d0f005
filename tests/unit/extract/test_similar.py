from __future__ import annotations

from extract.entities.kb_articles import ArticleStratum
from extract.entities.users import UserStratum
from extract.planning.plan import PlanItem
from extract.prompts.existing import ExistingLabels


def make_item(culture: str, initial: str) -> PlanItem:
    return PlanItem(1, UserStratum(culture=culture, gender="female", initial=initial, city="Oakland"), 1)


def make_record(culture: str, initial: str, name: str) -> dict[str, str]:
    return {"culture": culture, "initial": initial, "full_name": name}


def test_only_what_is_alike_is_picked_the_latest_last() -> None:
    existing = ExistingLabels("users", [make_record("irish", "A", f"A{n}") for n in range(5)])
    existing.add(make_record("thai", "B", "B1"))

    assert existing.pick([make_item("irish", "A")], 3) == ("A2", "A3", "A4")
    assert existing.pick([make_item("thai", "C")], 3) == ()


def test_every_kind_gets_its_turn() -> None:
    existing = ExistingLabels("users", [make_record("irish", i, f"{i}{n}") for i in "AB" for n in range(9)])

    assert sorted(existing.pick([make_item("irish", "A"), make_item("irish", "B")], 4)) == ["A7", "A8", "B7", "B8"]


def test_the_nearest_of_a_group_are_picked_before_the_latest() -> None:
    topics = ["refund_timing", "cancel_fee", "quota_reset", "refund_policy", "parking"]
    titles = ["When it comes", "What it costs to cancel", "When a quota renews", "The rules", "Where to park"]
    records = [{"topic": topic, "category": "faq", "title": title} for topic, title in zip(topics, titles, strict=True)]
    existing = ExistingLabels("kb_articles", records)

    refund = PlanItem(9, ArticleStratum("refund_not_received", "faq"), 1)
    assert existing.pick([refund], 2) == ("When it comes", "The rules")
    quota = PlanItem(9, ArticleStratum("check_quota", "faq"), 1)
    assert existing.pick([refund, quota], 2) == ("When a quota renews", "The rules")
