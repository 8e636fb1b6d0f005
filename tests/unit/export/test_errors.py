"""A user sees a message, not a traceback."""

from __future__ import annotations

import traceback

import pytest

from export.errors import ExportError, ExportStopped, one_line


def test_dbt_shows_one_line() -> None:
    with pytest.raises(ExportStopped) as raised:
        try:
            raise ExportError("eventhub.db is full") from OSError()
        except ExportError as error:
            raise ExportStopped(str(error)) from None
    lines = traceback.format_exception(raised.value)
    assert lines == ["export.errors.ExportStopped: eventhub.db is full\n"]


def test_the_cause_is_told_and_not_what_it_led_to() -> None:
    error = RuntimeError(
        "IO Error: Detached database 'published', but CHECKPOINT during DETACH failed.\nThe database has been"
        ' invalidated. Original error: Could not write file ".x.part": No space left on device.'
    )
    assert one_line(error) == 'Could not write file ".x.part": No space left on device'
