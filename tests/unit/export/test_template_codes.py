"""What one command has compiled, the next one reads, if it is whole and of this version."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from dbt_common.clients.jinja import get_environment
from dbt_common.utils.jinja import get_dbt_macro_name
from jinja2 import Environment

from export.dbt_plugins import template_codes
from export.dbt_plugins.template_codes import TemplateCodes


def compile_text(codes: TemplateCodes, text: str) -> None:
    codes.add("Environment", text, Environment().compile(text))


NAME = "templates.bin"


def kept(folder: Path) -> TemplateCodes:
    codes = TemplateCodes()
    codes.read(folder / NAME)
    return codes


def test_the_next_command_renders_what_this_one_compiled(tmp_path: Path) -> None:
    environment = get_environment()
    text = "{% macro twice(word) %}{{ word }} {{ word }}{% endmacro %}"
    codes = TemplateCodes()
    codes.add("MacroFuzzEnvironment", text, environment.compile(text))
    codes.keep(tmp_path / NAME)
    code = kept(tmp_path).get("MacroFuzzEnvironment", text)
    assert code is not None
    template = environment.template_class.from_code(environment, code, environment.make_globals(None))
    twice = getattr(template.module, get_dbt_macro_name("twice"))
    assert twice("a") == "a a"
    assert kept(tmp_path).get("Environment", text) is None  # another kind makes other code of it


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: data[:-1], lambda data: data[:40] + b"\0" + data[41:]],
    ids=["empty", "cut short", "one byte changed"],
)
def test_a_damaged_file_counts_as_nothing(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    codes = TemplateCodes()
    compile_text(codes, "a")
    codes.keep(tmp_path / NAME)
    (tmp_path / NAME).write_bytes(damage((tmp_path / NAME).read_bytes()))
    assert kept(tmp_path).get("Environment", "a") is None


def test_another_version_compiles_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = TemplateCodes()
    compile_text(codes, "a")
    codes.keep(tmp_path / NAME)
    monkeypatch.setattr(template_codes, "WRITTEN_BY", b"another Jinja")
    assert kept(tmp_path).get("Environment", "a") is None


def test_what_nobody_asks_for_is_forgotten_when_there_is_much_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_codes, "MOST_UNASKED", 2)
    codes = TemplateCodes()
    for text in ("a", "b", "c"):
        codes.get("Environment", text)
        compile_text(codes, text)
    codes.keep(tmp_path / NAME)
    later = kept(tmp_path)
    later.get("Environment", "d")
    compile_text(later, "d")
    later.keep(tmp_path / NAME)
    assert [kept(tmp_path).get("Environment", text) is not None for text in "abcd"] == [False, False, False, True]


def test_a_command_that_compiles_nothing_writes_nothing(tmp_path: Path) -> None:
    codes = TemplateCodes()
    compile_text(codes, "a")
    codes.keep(tmp_path / NAME)
    before = (tmp_path / NAME).stat().st_mtime_ns
    later = kept(tmp_path)
    later.get("Environment", "a")
    later.keep(tmp_path / NAME)
    assert (tmp_path / NAME).stat().st_mtime_ns == before
    TemplateCodes().keep(tmp_path / "no such folder" / NAME)


def test_nothing_is_kept_where_python_is_to_keep_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    codes = TemplateCodes()
    compile_text(codes, "a")
    codes.keep(tmp_path / NAME)
    assert list(tmp_path.iterdir()) == []
