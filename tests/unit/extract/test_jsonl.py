from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import LandingError
from extract.landing.jsonl import SCHEMA_VERSION, append_lines, dump_line, mend_end, read_lines, sync_file

LINE = {"schema_version": SCHEMA_VERSION, "text": "one"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "users.jsonl"


@given(st.text(alphabet=st.characters()))
def test_any_text_survives_on_one_line(text: str) -> None:
    dumped = dump_line({"text": text})

    assert "\n" not in dumped
    assert dumped.encode()
    assert json.loads(dumped) == {"text": text}


def test_lines_come_back_with_their_numbers(path: Path) -> None:
    append_lines(path, [LINE, {**LINE, "text": "two\u2028\x00"}])
    append_lines(path, [LINE])
    sync_file(path)

    assert [(number, line["text"]) for number, line in read_lines(path)] == [
        (1, "one"),
        (2, "two\u2028\x00"),
        (3, "one"),
    ]


BREAKS = "\n\r\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"


def test_our_lines_are_those_of_every_reader(path: Path) -> None:
    append_lines(path, [{**LINE, "text": character} for character in BREAKS])

    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == [line["text"] for _, line in read_lines(path)]
    assert len(lines) == len(BREAKS)


@pytest.mark.parametrize("character", "\u2028\u2029\x85")
def test_a_line_ends_at_a_newline_alone(path: Path, character: str) -> None:
    line = json.dumps({**LINE, "text": character}, ensure_ascii=False)
    path.write_bytes(f"{line}\n{line}\n".encode())

    assert [line["text"] for _, line in read_lines(path)] == [character] * 2
    assert mend_end(path) is None


def test_a_lone_surrogate_neither_fails_nor_empties_a_file(path: Path) -> None:
    append_lines(path, [LINE] * 100)

    append_lines(path, [{**LINE, "text": "lone \ud800", "\udfff": 1}])

    assert len(list(read_lines(path))) == 101


def test_what_has_no_json_form_leaves_the_file_as_it_was(path: Path) -> None:
    append_lines(path, [LINE])
    before = path.read_bytes()

    with pytest.raises(TypeError):
        append_lines(path, [LINE, {"text": b"bytes"}])
    assert path.read_bytes() == before


def test_a_missing_file_is_empty(path: Path) -> None:
    assert list(read_lines(path)) == []
    assert mend_end(path) is None


def test_a_torn_last_line_is_left_out_and_cut_off(path: Path) -> None:
    append_lines(path, [LINE])
    with path.open("ab") as file:
        file.write(b'{"schema_version":1,"te')

    assert len(list(read_lines(path))) == 1
    assert str(mend_end(path)) == f"{path}:2 was cut short by a crash; its 23 bytes are dropped"
    append_lines(path, [LINE])
    assert len(list(read_lines(path))) == 2


def test_a_last_line_that_lacks_only_its_end_is_kept(path: Path) -> None:
    path.write_bytes(dump_line(LINE).encode())

    assert len(list(read_lines(path))) == 1
    assert mend_end(path) is None
    assert path.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (b'{"schema', "is not JSON"),
        (b"[1]", "is not a JSON object"),
        (b'{"schema_version":9}', f"has schema_version 9; this extract reads {SCHEMA_VERSION}"),
        (b"\xff\xfe", "is not JSON"),
        (b"", "is not JSON"),
    ],
)
def test_a_broken_line_in_the_middle_is_named(path: Path, broken: bytes, problem: str) -> None:
    path.write_bytes(dump_line(LINE).encode() + b"\n" + broken + b"\n" + dump_line(LINE).encode() + b"\n")

    with pytest.raises(LandingError) as caught:
        list(read_lines(path))
    assert str(caught.value).startswith(f"{path}:2 {problem}")


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(LandingError, match="cannot be written"):
        append_lines(tmp_path / "missing" / "users.jsonl", [LINE])
