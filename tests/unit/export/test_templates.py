"""The code of Jinja's texts: made once, kept for the next command, and never taken from a file that is not whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dbt_common.clients.jinja import MacroFuzzEnvironment, get_environment

from export.dbt_plugins import templates

COMPILE = getattr(MacroFuzzEnvironment.compile, "__wrapped__", MacroFuzzEnvironment.compile)
TEXT = "{{ 1 + 1 }}"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that Jinja has compiled, of a process that has compiled none before."""
    for name, empty in (("_codes", {}), ("_asked", set()), ("_recalled", set())):
        monkeypatch.setattr(templates, name, empty)
    texts: list[str] = []
    yield texts


def compile_texts(compiled: list[str], *texts: str, native: bool = False) -> list[Any]:
    """Compile texts, each in an environment of its own, as dbt does."""

    def compile_text(environment: Any, source: Any, *names: Any, **options: Any) -> Any:
        compiled.append(source)
        return COMPILE(environment, source, *names, **options)

    once = templates.compile_once(compile_text)
    return [once(get_environment(native=native), text) for text in texts]


def end_process() -> None:
    """Forget what a process knows."""
    for known in (templates._codes, templates._asked, templates._recalled):
        known.clear()


def test_a_text_is_compiled_once_for_each_kind_of_environment(compiled: list[str]) -> None:
    first, second = compile_texts(compiled, TEXT, TEXT)
    assert first is second
    assert compile_texts(compiled, TEXT, native=True)[0] is not first
    assert compiled == [TEXT, TEXT]


def test_a_text_that_is_none_of_jinjas_is_refused_each_time(compiled: list[str]) -> None:
    for _ in range(2):
        with pytest.raises(Exception, match="unexpected"):
            compile_texts(compiled, "{{ 1 ")


def test_the_next_command_takes_over_what_one_has_made(compiled: list[str], tmp_path: Path) -> None:
    compile_texts(compiled, TEXT)
    templates.keep(tmp_path)
    end_process()
    templates.recall(tmp_path)
    (code,) = compile_texts(compiled, TEXT)
    assert compiled == [TEXT]
    environment = get_environment()
    assert environment.template_class.from_code(environment, code, {}).render({}) == "2"


def test_a_file_is_written_where_there_is_more_to_keep(compiled: list[str], tmp_path: Path) -> None:
    path = tmp_path / templates.FILE
    compile_texts(compiled, TEXT)
    templates.keep(tmp_path)
    end_process()
    templates.recall(tmp_path)
    path.unlink()
    templates.keep(tmp_path)
    assert not path.exists()
    compile_texts(compiled, "{{ 2 }}")
    templates.keep(tmp_path)
    assert path.exists()


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other version", "gone"])
def test_a_file_that_is_not_whole_holds_nothing(
    compiled: list[str], tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_texts(compiled, TEXT)
    templates.keep(tmp_path)
    end_process()
    path = tmp_path / templates.FILE
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "other version":
        monkeypatch.setattr(templates, "version", lambda _: "0")
    else:
        path.write_bytes({"cut": whole[:-9], "changed": whole[:-1] + bytes([whole[-1] ^ 1]), "empty": b""}[damage])
    templates.recall(tmp_path)
    compile_texts(compiled, TEXT)
    assert compiled == [TEXT, TEXT]


def test_texts_that_nobody_asks_for_any_more_are_forgotten(
    compiled: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "MOST_TEXTS", 2)
    compile_texts(compiled, "{{ 1 }}", "{{ 2 }}")
    templates.keep(tmp_path)
    end_process()
    templates.recall(tmp_path)
    compile_texts(compiled, "{{ 2 }}", "{{ 3 }}")
    templates.keep(tmp_path)
    end_process()
    templates.recall(tmp_path)
    assert sorted(text for _, text in templates._codes) == ["{{ 2 }}", "{{ 3 }}"]


def test_a_folder_that_cannot_be_written_is_left_alone(compiled: list[str], tmp_path: Path) -> None:
    compile_texts(compiled, TEXT)
    templates.keep(tmp_path / "none")
    (tmp_path / templates.FILE).mkdir()
    templates.keep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [templates.FILE]
