"""Replies to five ticket items by shape (tests/cases/replies.yaml): what lands where."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.entities import get_entity
from extract.entities.kb_articles import ArticleStratum
from extract.entities.tickets import TicketStratum
from extract.planning.plan import PlanItem, Stratum
from extract.planning.seeds import Seeds
from extract.replies.parse import read_reply
from extract.replies.validate import EXAMPLE, REPLACED, ExistingKeys, ValidationResult, make_policy, validate_batch
from extract.settings import Settings

CASES = Path(__file__).parents[2] / "cases"
SEEDS = Seeds(Settings().seeds_dir)
SCENARIOS = ("refund_far", "cancel_late", "tech_login_failed", "general_parking", "complaint_seating")
ITEMS = [
    PlanItem(position, TicketStratum(category=scenario.partition("_")[0], scenario=scenario, tone="terse"), 1)
    for position, scenario in enumerate(SCENARIOS, start=11)
]
Record = dict[str, Any]


def write(*items: int, n: Callable[[int], Any] | None = lambda item: item, name: str = "n") -> list[Record]:
    """Write the record of each item, by its number from 1; without numbers if n is None."""
    fields = {field: "of it" for field in get_entity("tickets").record.model_fields}
    return [
        {
            **({name: n(item)} if n else {}),
            "about": SCENARIOS[item - 1].replace("_", " "),
            **fields,
            "subject": f"subject {SCENARIOS[item - 1].replace('_', ' ')}",
            "description": f"words on {SCENARIOS[item - 1].replace('_', ' ')}",
        }
        for item in items
    ]


def rename(records: Sequence[Record], **names: str) -> list[Record]:
    return [{names.get(name, name): value for name, value in record.items()} for record in records]


def validate(reply: object, items: Sequence[PlanItem] = ITEMS, stop_reason: str = "end_turn") -> ValidationResult:
    text = reply if isinstance(reply, str) else json.dumps(reply)
    entity = "kb_articles" if isinstance(items[0].stratum, ArticleStratum) else "tickets"
    return validate_batch(read_reply(text, stop_reason), items, ExistingKeys((), ()), make_policy(entity, SEEDS))


def list_landed(result: ValidationResult) -> list[int]:
    """List the items that have a record, after looking that it is theirs."""
    for accepted in result.accepted:
        assert accepted.record.description.endswith(echo(accepted.item.stratum))  # type: ignore[attr-defined]
    return sorted(accepted.item.position - 10 for accepted in result.accepted)


def echo(stratum: Stratum) -> str:
    return get_entity("tickets").find_echo(stratum, SEEDS)


ALL = [1, 2, 3, 4, 5]


def check_zero_based() -> None:
    result = validate(write(*ALL, n=lambda item: item - 1))
    assert list_landed(result) == ALL
    assert all(accepted.moved for accepted in result.accepted)


def check_left_out() -> None:
    result = validate(write(1, 2, 4, 5, n=lambda item: item if item < 3 else item - 1))
    assert list_landed(result) == [1, 2, 4, 5]
    assert [refusal.position for refusal in result.rejected] == [13]


def check_swapped() -> None:
    assert list_landed(validate(write(1, 3, 2, 4, 5, n=None))) == ALL


def check_one_short() -> None:
    for missing in ALL:
        left = [item for item in ALL if item != missing]
        result = validate(write(*left, n=None))
        assert list_landed(result) == left
        assert [refusal.position for refusal in result.rejected] == [10 + missing]


def check_numbers() -> None:
    forms: list[Callable[[int], Any]] = [float, lambda n: f"{n}.", str, lambda n: f"item {n}"]
    for form in forms:
        for name in ("n", "N", "id", "number", "No", "Item Number"):
            assert list_landed(validate(write(*ALL, n=form, name=name))) == ALL
            bare = [{key: part for key, part in record.items() if key != "about"} for record in write(*ALL, n=form)]
            assert list_landed(validate(bare)) == ALL


def check_names() -> None:
    for name in ("followUp", "Follow-Up", "FOLLOW_UP", "Follow up", "followup"):
        names = {"subject": "Subject", "follow_up": name, "about": "About", "description": "DESCRIPTION"}
        assert list_landed(validate(rename(write(*ALL), **names))) == ALL


def check_by_number() -> None:
    records = {str(n): record for n, record in enumerate(write(*ALL, n=None), start=1)}
    for reply in (
        records,
        {"records": records},
        [{n: record} for n, record in records.items()],
        {"note": "ok", **records},
    ):
        assert list_landed(validate(reply)) == ALL


def check_doubled() -> None:
    records = write(*ALL)
    for extra in (records[0], {**records[0], "n": 6}, write(1, n=None)[0]):
        result = validate([*records, extra])
        assert list_landed(result) == ALL
        assert [refusal.reason for refusal in result.rejected] == [REPLACED]


def check_example() -> None:
    example = {**get_entity("tickets").example}
    altered = {**example, "n": 6, "description": str(example["description"]).upper().rstrip("?")}
    for given in (example, altered, {**altered, "about": "refund far"}):
        for reply in ([*write(*ALL), given], [given, *write(*ALL)], [given, *write(*ALL, n=None)]):
            result = validate(reply)
            assert list_landed(result) == ALL
            assert [refusal.reason for refusal in result.rejected] == [EXAMPLE]


def check_not_asked() -> None:
    records = write(*ALL)
    records[2]["about"] = "refund wrong date"
    result = validate(records)
    assert list_landed(result) == [1, 2, 4, 5]
    assert [refusal.position for refusal in result.rejected] == [13]
    assert result.rejected[0].reason == (
        "about 'refund wrong date' is no item of this batch; asked for were "
        "'refund far, cancel late, tech login failed, general parking, complaint seating'"
    )


def check_refusal() -> None:
    """The message of the run is held by test_one_bad_item.py."""
    result = validate("I'm sorry, but I can't help with creating personal information.")
    assert (list_landed(result), result.found) == ([], 0)


def check_cut() -> None:
    """That the batch gets smaller is held by test_one_bad_item.py."""
    text = json.dumps(write(*ALL))
    fourth = text.index("words on general")
    result = validate(text[: fourth + 5])
    assert list_landed(result) == [1, 2, 3]
    assert [refusal.position for refusal in result.rejected] == [14, 15]


def check_body() -> None:
    items = [
        PlanItem(1, ArticleStratum("cancel_booking", "how-to"), 1),
        PlanItem(2, ArticleStratum("refund_policy", "policy"), 1),
    ]
    part = (
        "says where to look in the app, what to press there and whom to ask if it fails, so that nobody is left alone."
    )
    body = "\n\n".join(f"Part {word} {part}" for word in ("one", "two", "three"))
    changed = body.replace("whom to ask", "who to ask")
    for second in (body, body.upper(), changed):
        records = [
            {"n": n, "about": about, "title": f"On {about}", "tags": ["one", "two", "three"], "content": content}
            for n, about, content in ((1, "cancel booking", body), (2, "refund policy", second))
        ]
        result = validate(records, items)
        assert [accepted.item.position for accepted in result.accepted] == [1]
        assert [(r.position, r.reason) for r in result.rejected] == [
            (2, "repeat: content says the same as another, or nearly so")
        ]


def check_items_as_text() -> None:
    records = write(*ALL)
    for reply in ({"items": json.dumps(records)}, {"input": {"items": json.dumps(records)}}, {"items": records}):
        assert list_landed(validate(reply, stop_reason="end_turn")) == ALL


CHECKS = [
    check_zero_based, check_left_out, check_swapped, check_one_short, check_numbers, check_names, check_by_number,
    check_doubled, check_example, check_not_asked, check_refusal, check_cut, check_body, check_items_as_text,
]  # fmt: skip
SHAPES = [case["shape"] for case in yaml.safe_load((CASES / "replies.yaml").read_text(encoding="utf-8"))]


@pytest.mark.parametrize("check", CHECKS, ids=SHAPES)
def test_each_shape_lands_where_it_should(check: Callable[[], None]) -> None:
    check()
