"""Rows that differ, in a form that compares."""

from agentic.database import ChangedRow
from agentic.differences import compare_rows


def test_a_value_that_was_null_or_becomes_null_differs() -> None:
    before = {"reservation_id": "r_00001", "status": "confirmed", "cancelled_by": None, "paid_at": "2026-01-01"}
    after = {"reservation_id": "r_00001", "status": "cancelled", "cancelled_by": "desk", "paid_at": None}
    (difference,) = compare_rows([ChangedRow("eventhub.reservations", before, after)])
    assert difference.values == (
        '{"cancelled_by": [null, "desk"], "paid_at": ["2026-01-01", null], "status": ["confirmed", "cancelled"]}'
    )
