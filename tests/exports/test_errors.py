"""A user sees a message, not a traceback."""

from __future__ import annotations

import traceback

import pytest

from dbt_project.exporting import ExportError, ExportStopped


def test_dbt_shows_one_line() -> None:
    with pytest.raises(ExportStopped) as raised:
        try:
            raise ExportError("eventhub.db is full") from OSError()
        except ExportError as error:
            raise ExportStopped(str(error)) from None
    lines = traceback.format_exception(raised.value)
    assert lines == ["dbt_project.exporting.errors.ExportStopped: eventhub.db is full\n"]
