"""What is planted in SQL is one fault, and rules and planted violations notice it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rules.mutation.__main__ import tell, try_rules
from tests.rules.mutation.mutants import list_mutants
from tests.rules.mutation.survivors import read_reasons

SQL = """
select user_id, min(day) as first_day, least(a, 3) as few, case when a > 1 then 'x' else 'y' end as word
from bookings
inner join users on bookings.user_id = users.user_id and bookings.day < users.day
where not is_blocked and a <= 5
"""
FAULTS = [
    ("comparison flipped", "a < 5"),
    ("comparison flipped", "bookings.day <= users.day"),
    ("conjunct dropped", "WHERE a <= 5"),
    ("conjunct dropped", "ON bookings.day < users.day"),
    ("filter dropped", "WHERE TRUE"),
    ("one more", "a <= 6"),
    ("extreme swapped", "MAX(day) AS first_day"),
    ("branches swapped", "THEN 'y' ELSE 'x'"),
    ("negated", "WHERE is_blocked"),
]


@pytest.mark.parametrize(("operator", "fault"), FAULTS)
def test_each_operator_plants_its_fault_once(operator: str, fault: str) -> None:
    planted = [mutant for mutant in list_mutants("model", SQL) if mutant.operator == operator and fault in mutant.sql]
    assert len(planted) == 1


@pytest.mark.parametrize(
    "naming",
    [
        "{'example': min(id) filter (where a > 1)} as rule",
        "case when a > 1 then b end as words",
        "map {'r': a + 1} as places",
    ],
)
def test_what_only_names_the_rows_that_break_a_rule_is_left_alone(naming: str) -> None:
    assert list_mutants("model", f"select {naming}") == []


def test_the_violations_of_a_rule_are_not_left_alone() -> None:
    assert [m.after for m in list_mutants("model", "select {'violations': max(a), 'example': max(b)} as rule")] == [
        "violations := MIN(a)"
    ]


def test_a_rule_and_its_count_are_mutated_as_written() -> None:
    sql = (
        "with rules as (select id, a > 1 as a_is_more from t), counted as (select count(*) as rows_checked, "
        "{'violations': count(*) - count_if(columns(* exclude (id)))} as \"\\0\" from rules) "
        "select rule, found.violations from (unpivot counted on columns(* exclude (rows_checked)) into name rule "
        "value found)"
    )
    assert {m.place for m in list_mutants("model", sql)} == {"rules.a_is_more"}


def test_every_reason_names_a_model_and_a_pattern() -> None:
    models = " ".join(path.stem for path in Path("dbt_project/models").rglob("*.sql"))
    for reason in read_reasons():
        assert re.search(rf"\b{reason.model}\b", models) and re.compile(reason.pattern) and reason.reason


@pytest.mark.long
def test_violations_notice_a_sample_of_faults_in_rules(built: Path) -> None:
    manifest = built / "work" / "target" / "manifest.json"
    told = [tell(*result) for result in try_rules(built, manifest, sample=60)]
    assert [line for line in told if line.startswith("survived")] == []
