from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationInfo, field_validator

from extract.entities.users import UserRecord, UserStratum
from extract.planning.plan import PlanItem
from extract.pull.receipt import Receipt
from extract.replies.completion import Completion
from extract.replies.parse import Reading
from extract.replies.validate import NOT_ANSWERED, ExistingKeys, ValidationPolicy, ValidationResult, validate_batch

POLICY = ValidationPolicy(entity="users", find_slots=lambda stratum: frozenset())
VENUES = ValidationPolicy(entity="venues", find_slots=lambda stratum: frozenset())
ITEMS = [
    PlanItem(position, UserStratum(culture="american", gender="female", initial="A", city="Oakland"), 1)
    for position in (4, 5)
]
ADA = {"full_name": "Ada Reyes"}
BEA = {"full_name": "Bea Lund"}
NOBODY = ExistingKeys(positions=(), keys=())


def numbered(*candidates: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"n": n, **candidate} for n, candidate in enumerate(candidates, start=1)]


def validate(
    candidates: list[dict[str, Any]] | None = None,
    existing: ExistingKeys = NOBODY,
    blocks: list[list[dict[str, Any]]] | None = None,
    policy: ValidationPolicy = POLICY,
) -> ValidationResult:
    return validate_batch(Reading(blocks or [candidates or []]), ITEMS, existing, policy)


def test_good_candidates_land_at_their_items() -> None:
    result = validate(list(reversed(numbered(ADA, BEA))))

    assert [(a.item.position, a.record.full_name) for a in result.accepted] == [(5, "Bea Lund"), (4, "Ada Reyes")]  # type: ignore[attr-defined]
    assert result.rejected == []


def test_every_position_is_accounted_for() -> None:
    result = validate([])

    assert [(refusal.position, refusal.reason) for refusal in result.rejected] == [
        (4, NOT_ANSWERED),
        (5, NOT_ANSWERED),
    ]


def test_candidates_without_numbers_answer_in_order_only_if_none_is_missing() -> None:
    assert len(validate([ADA, BEA]).accepted) == 2
    assert len(validate([BEA]).accepted) == 0


@pytest.mark.parametrize("n", [-1, "three", None, True, 1.5, [1], 10**30])
def test_numbers_that_are_none_are_refused(n: object) -> None:
    result = validate([{"n": n, **ADA}, {"n": 2, **BEA}])

    assert [accepted.item.position for accepted in result.accepted] == [5]


@pytest.mark.parametrize("n", [0, 3, "3", 47])
def test_numbers_that_fit_no_item_leave_no_record_of_the_reply(n: object) -> None:
    result = validate([{"n": n, **ADA}, {"n": 2, **BEA}])

    assert result.accepted == []
    assert [refusal.position for refusal in result.rejected] == [4, 5]
    assert all("which record answers which item is not certain" in refusal.reason for refusal in result.rejected)


def test_of_several_records_for_one_item_the_last_valid_one_counts() -> None:
    draft, bad = {**ADA, "full_name": "Ada Draft"}, {**ADA, "full_name": "Ada 7"}
    result = validate([*numbered(draft, BEA), {"n": 1, **ADA}, {"n": "1", **bad}])

    assert {a.item.position: a.record.full_name for a in result.accepted} == {4: "Ada Reyes", 5: "Bea Lund"}  # type: ignore[attr-defined]
    assert [refusal.reason for refusal in result.rejected] == [
        "full_name: 'Ada 7' is not a name",
        "repeat: the reply gives this record anew",
    ]


def test_a_corrected_array_replaces_the_first_and_a_correction_one_record() -> None:
    draft = numbered({**ADA, "full_name": "Ada Draft"}, {**BEA, "full_name": "Bea Draft"})
    first = validate(blocks=[draft, numbered(ADA, {**BEA, "full_name": "Bea 7"})])
    second = validate(blocks=[draft, [{"n": 2, **BEA}]])

    assert [a.record.full_name for a in first.accepted] == ["Ada Reyes"]  # type: ignore[attr-defined]
    assert [a.record.full_name for a in second.accepted] == ["Ada Draft", "Bea Lund"]  # type: ignore[attr-defined]


def test_landed_positions_take_no_other_record() -> None:
    result = validate(numbered(ADA, BEA), ExistingKeys(positions=(4,), keys=()))

    assert [accepted.item.position for accepted in result.accepted] == [5]


def test_repeats_are_refused_against_the_landing_and_within_the_reply() -> None:
    hall, room = ({"name": name, "address": "1 First Street"} for name in ("The Hall", "The Room"))
    existing = ExistingKeys(positions=(), keys={"the hall"})

    assert validate(numbered(hall, room), existing, policy=VENUES).rejected[0].reason == "repeat: name is taken"
    assert validate(numbered(room, room), policy=VENUES).rejected[0].reason == "repeat: name is taken"


def test_namesakes_pass_for_dbt_gives_them_another_family_name() -> None:
    assert len(validate(numbered(ADA, ADA)).accepted) == 2


def test_the_reason_names_the_field() -> None:
    result = validate(numbered({**ADA, "full_name": "Ada 7"}, BEA))

    assert result.rejected[0].reason == "full_name: 'Ada 7' is not a name"


def test_what_a_validator_has_mended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mended(UserRecord):
        @field_validator("full_name", mode="before")
        @classmethod
        def _mend(cls, name: str, info: ValidationInfo) -> str:
            if name.isupper():
                (info.context or {})["mended"].append("capitals")
            return name.title()

    monkeypatch.setattr("extract.replies.validate.get_entity", lambda name: SimpleNamespace(record=Mended))
    result = validate(numbered({**ADA, "full_name": "ADA REYES"}, BEA))

    assert [accepted.mended for accepted in result.accepted] == [("capitals",), ()]
    receipt = Receipt()
    done = Completion(text="", input_tokens=0, output_tokens=0, stop_reason="end_turn", latency_ms=0, model="x")
    receipt.add("users", done, result)
    assert (receipt.mended, receipt.mends, receipt.moved) == (1, {"capitals": 1}, 0)
    assert receipt.describe()[4] == "of these  1 mended, 0 moved under the item that they name"
