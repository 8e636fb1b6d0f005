"""A line that extract wrote is one that it reads back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.cli import main
from extract.entities.venues import VenueStratum
from extract.landing.jsonl import dump_line, read_lines
from extract.landing.parquet import write_calls
from extract.landing.reply_log import CallContext, make_reply_line, parse_reply_line
from extract.landing.store import EntityLanding
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.replies.completion import Completion

ITEMS = tuple(
    PlanItem(n, VenueStratum(category="club", region="SF", city="San Francisco", neighborhood="SOMA"), n)
    for n in (1, 2)
)
REQUEST = BatchRequest(entity="venues", items=ITEMS, seed=42, attempt=1)
SENT = CallContext("stub", "stub-1", "2026-03-01T00:00:00Z")
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S", "Z", "C", "Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda x: st.lists(x, max_size=3) | st.dictionaries(TEXTS, x, max_size=3),
)
COUNTS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("12")


def read_back(path: Path, line: dict[str, Any]) -> dict[str, Any]:
    path.write_bytes((dump_line(line) + "\n").encode())
    return next(read_lines(path))[1]


@given(
    text=TEXTS | JSON, reason=TEXTS, counts=st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), cost=st.none() | st.floats(0, 9)
)
def test_whatever_a_service_says_is_stored_as_a_line_that_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, text: Any, reason: str, counts: Any, cost: float | None
) -> None:
    landing = EntityLanding(tmp_path_factory.mktemp("landing"), "venues")
    for path in landing.paths:
        path.parent.mkdir()
    names = ("input_tokens", "output_tokens", "latency_ms", "tries")
    said = dict(zip(names, counts, strict=True))
    completion = Completion(text=text, stop_reason=reason, model="stub-1", cost_usd=cost, **said)

    stored = landing.append_reply(REQUEST, completion, SENT)

    read = EntityLanding(landing.raw_dir, "venues").replies[0]
    assert read == stored
    assert write_calls([landing]) and pl.read_parquet(landing.raw_dir / "calls.parquet").height == 1


@pytest.mark.parametrize(
    ("odd", "text"),
    [
        ({"text": None}, ""),
        ({"text": [{"type": "text", "text": "[]"}, {"type": "image"}, None]}, "[]"),
        ({"text": {"n": 1}}, '{"n": 1}'),
        ({"text": 7}, "7"),
        ({"output_tokens": None, "input_tokens": "12", "latency_ms": 1.5, "tries": -1}, "ok"),
        ({"output_tokens": 10**30, "cost_usd": 0}, "ok"),
    ],
)
def test_an_odd_line_of_an_earlier_extract_is_read(tmp_path: Path, odd: dict[str, Any], text: str) -> None:
    line = {
        **make_reply_line(
            REQUEST,
            Completion(
                text="ok", input_tokens=1, output_tokens=2, stop_reason="end_turn", latency_ms=3, model="stub-1"
            ),
            SENT,
        ),
        **odd,
    }

    reply = parse_reply_line(tmp_path / "x.jsonl", 1, read_back(tmp_path / "x.jsonl", line), "venues")

    assert reply.text == text and isinstance(reply.output_tokens, int)


@pytest.mark.parametrize(
    "text", ["lone \ud800 and \udfff", "a \u2028 b \u2029 c \x85 d \x0b \x0c \x1c \x1e", "\x00", "😀"]
)
def test_a_text_is_read_back_letter_by_letter(tmp_path: Path, text: str) -> None:
    line = make_reply_line(
        REQUEST,
        Completion(text=text, input_tokens=1, output_tokens=2, stop_reason="end_turn", latency_ms=3, model="stub-1"),
        SENT,
    )

    assert parse_reply_line(tmp_path, 1, read_back(tmp_path / "x.jsonl", line), "venues").text == text


def test_an_odd_stored_reply_blocks_no_later_run(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["venues", "--test"]) == 0
    path = data_dir / "raw" / "replies" / "venues.jsonl"
    line = json.loads(path.read_text(encoding="utf-8"))
    odd = {**line, "reply_id": "venues-00001-00008-a2", "attempt": 2, "text": None, "output_tokens": "many"}
    path.write_bytes(path.read_bytes() + (dump_line(odd) + "\n").encode())

    assert main(["venues", "--count", "venues=12"]) == 0
    assert main(["venues", "--reparse"]) == 0

    assert "Traceback" not in capsys.readouterr().err
    assert len(EntityLanding(data_dir / "raw", "venues").records) == 12
