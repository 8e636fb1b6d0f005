"""The rows of the benchmark fit the schema that is exported, and both ways of filling it end with the same rows."""

from __future__ import annotations

import pytest

from bench import sqlite_export


@pytest.mark.parametrize("tool", ["sqlite3", None])
def test_both_ways_fill_the_whole_schema(monkeypatch: pytest.MonkeyPatch, tool: str | None) -> None:
    if tool is None or sqlite_export.shutil.which(tool) is None:
        monkeypatch.setattr(sqlite_export.shutil, "which", lambda _: None)
    first, second = sqlite_export.measure(2_000)
    assert "2,000 bookings" in first.name and ("sqlite3 .import" in first.name or "executemany" in first.name)
    assert "2,925 rows" in first.figures and second.asked == ""
