"""Writes the files that readers get, after everything they show has been built and tested."""

from typing import Any

from export.dbt_plugins.landing import require_unchanged
from export.dbt_plugins.options import is_empty, read_export_settings
from export.errors import ExportError, ExportStopped
from export.exported_table import COLUMNS
from export.run import export_all
from extract.paths import find_data_dir


def model(dbt: Any, session: Any) -> Any:
    dbt.ref("users")
    dbt.ref("venues")
    dbt.ref("events")
    dbt.ref("reservations")
    dbt.ref("kb_articles")
    dbt.ref("tickets")
    dbt.ref("eventhub__data_set")
    dbt.ref("eventhub__plans")
    dbt.ref("eventhub__users")
    dbt.ref("eventhub__subscriptions")
    dbt.ref("eventhub__venues")
    dbt.ref("eventhub__events")
    dbt.ref("eventhub__reservations")
    dbt.ref("eventhub__refunds")
    dbt.ref("eventhub__user_details")
    dbt.ref("eventhub__reservation_details")
    dbt.ref("udahub__data_set")
    dbt.ref("udahub__accounts")
    dbt.ref("udahub__users")
    dbt.ref("udahub__tickets")
    dbt.ref("udahub__ticket_metadata")
    dbt.ref("udahub__ticket_messages")
    dbt.ref("udahub__ticket_actions")
    dbt.ref("udahub__knowledge")
    dbt.ref("udahub__user_history")
    dbt.ref("llm_calls")
    dbt.ref("ticket_labels")
    dbt.ref("share_report")
    dbt.ref("life_shapes")
    dbt.ref("content_diversity")
    dbt.ref("retrieval_report")
    dbt.ref("exam_report")
    dbt.ref("support_times")
    dbt.ref("support_hours")
    dbt.ref("booking_distances")
    dbt.ref("model_comparison")
    dbt.ref("data_set")
    dbt.ref("drawn_tickets")
    dbt.ref("rules_checked")  # stands after the tests of all rules, and so does this

    # The session's transaction belongs to the working database; the export has its own.
    data_dir = find_data_dir()
    try:
        require_unchanged(data_dir / "raw")
        written = [] if is_empty() else export_all(session.cursor(), data_dir, read_export_settings())
    except ExportError as error:
        raise ExportStopped(str(error)) from None
    files = [vars(file) for file in written]
    return session.sql(f"select unnest($files::struct({COLUMNS})[], recursive := true)", params={"files": files})
