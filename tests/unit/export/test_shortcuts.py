"""The shorter ways through dbt lead to what dbt itself makes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import dbt.compilation
import dbt.contracts.graph.nodes
import networkx
import pytest
from dbt.adapters.events.types import SQLQuery, SQLQueryStatus
from dbt.clients.jinja import MacroGenerator
from dbt.context.macros import MacroNamespaceBuilder
from dbt.context.manifest import ManifestContext
from dbt.contracts.graph.manifest import Manifest
from dbt.events.types import LogStartLine, NodeCompiling
from dbt.graph.queue import GraphQueue
from dbt.parser.unit_tests import UnitTestManifestLoader
from dbt_common.clients import agate_helper
from dbt_common.clients.jinja import BaseMacroGenerator, MacroFuzzEnvironment, get_environment
from dbt_common.events import event_manager
from dbt_common.events.base_types import BaseEvent
from dbt_common.events.types import Formatting, Note
from dbt_common.exceptions import CompilationError

from export.dbt_plugins import shortcuts
from export.dbt_plugins.shortcuts import Named, compile_once, take_shortcuts

take_shortcuts()
NODE: dict[str, Any] = {
    "node_path": "a.sql",
    "node_name": "a",
    "unique_id": "model.p.a",
    "resource_type": "model",
    "materialized": "view",
    "node_status": "None",
    "node_started_at": "2026-06-01T00:00:00",
    "node_finished_at": None,
    "meta": {"least": 1, "parts": ["x", None, True], "deep": {"a": 0.5}},
    "node_relation": {"database": "w", "schema": "s", "alias": "a", "relation_name": None},
    "node_checksum": "é\u2028",
}


def longer(function: Any) -> Callable[..., Any]:
    """Return what dbt itself does."""
    made: Callable[..., Any] = function.__wrapped__
    return made


@pytest.mark.parametrize(
    ("kind", "texts", "fields"),
    [
        (SQLQuery, (), {"conn_name": "c", "sql": "select 'é'", "node_info": NODE}),
        (SQLQueryStatus, (), {"status": "OK", "elapsed": 1, "node_info": NODE, "query_id": None}),
        (LogStartLine, (), {"description": "d", "index": 1, "total": 3, "node_info": NODE}),
        (NodeCompiling, (), {"node_info": {**NODE, "meta": {}}}),
        (Note, (), {"msg": 5}),
        (Formatting, ("line",), {}),
        (Note, (), {"msg": "m", "no_such_field": 1}),
    ],
)
def test_an_event_is_the_one_that_dbt_makes(
    kind: type[BaseEvent], texts: tuple[str, ...], fields: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is in its fields; what protobuf cannot set as it is, dbt reads."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # under which dbt refuses the field that is none
    make_message = vars(event_manager)["msg_from_base_event"]
    shorter = kind(*texts, **fields)
    theirs = kind.__new__(kind)
    longer(BaseEvent.__init__)(theirs, *texts, **fields)
    assert shorter.pb_msg == theirs.pb_msg
    message, expected = make_message(shorter), longer(make_message)(shorter)
    assert abs(message.info.ts.ToMicroseconds() - expected.info.ts.ToMicroseconds()) < 60_000_000
    message.info.ts.CopyFrom(expected.info.ts)
    assert message == expected


@pytest.mark.parametrize(
    "sql",
    [
        "with\n\na as (select 1) select * from a",
        "-- why\n\nWITH a as (select ' with ' as x)\nselect * from a",
        "/* why */ with a as (select 1) select * from a",
        "with recursive a as (select 1) select * from a",
        "select 'with a as'",
        "-- with\nselect 1",
        "(with a as (select 1) select * from a)",
        "withdrawn",
    ],
)
@pytest.mark.parametrize("count", [0, 1, 2])
def test_inputs_of_a_unit_test_come_before_the_ctes_of_its_model(sql: str, count: int) -> None:
    """As dbt puts them, but for blanks."""
    ctes = [SimpleNamespace(id=str(number), sql=f" c{number} as (select {number})") for number in range(count)]
    written, expected = (
        inject(sql, ctes)
        for inject in (dbt.compilation.inject_ctes_into_sql, longer(dbt.compilation.inject_ctes_into_sql))
    )
    assert "".join(written.split()) == "".join(str(expected).split())


def build_namespace(build: Callable[..., Any]) -> Any:
    """A namespace of macros of the project, of another package, of an adapter and of dbt, some under one name."""
    packages = {
        name: {macro: SimpleNamespace(name=macro, package_name=name, unique_id=f"{name}.{macro}") for macro in macros}
        for name, macros in {
            "own": ("mine", "shared", "log"),
            "other": ("theirs", "shared", "common"),
            "dbt": ("statement", "shared", "common", "create"),
            "dbt_duckdb": ("create", "duckdb__create"),
        }.items()
    }
    builder = MacroNamespaceBuilder("own", "own", SimpleNamespace(), ["dbt_duckdb", "dbt"], SimpleNamespace())
    return build(builder, packages, {})


def test_a_macro_is_found_where_dbt_finds_it() -> None:
    """In the order of the packages, by its name alone and by its package's."""
    shorter, theirs = (
        build_namespace(build)
        for build in (MacroNamespaceBuilder.build_namespace, longer(MacroNamespaceBuilder.build_namespace))
    )
    assert set(shorter) == set(theirs)
    for package in (None, "own", "other", "dbt"):
        for name in [*theirs, "nothing"]:
            macros = [getattr(space.get_from_package(package, name), "macro", None) for space in (shorter, theirs)]
            assert macros[0] == macros[1], (package, name)
    assert shorter["other"]["shared"].macro.unique_id == "other.shared"


class Context(ManifestContext):  # type: ignore[misc]
    """A context whose macros are these."""

    def _build_namespace(self) -> Any:
        return build_namespace(MacroNamespaceBuilder.build_namespace)


def test_a_context_holds_what_dbts_own_holds() -> None:
    """Each macro, in the place of what dbt has under its name; and what is put in later goes before it."""
    config = SimpleNamespace(to_target_dict=dict, cli_vars={}, project_name="own")
    contexts: list[Any] = [Context(config, SimpleNamespace(), "own") for _ in range(2)]
    shorter, theirs = contexts[0].to_dict(), longer(ManifestContext.to_dict)(contexts[1])
    assert type(shorter) is Named and "env_var" in shorter and not dict.__contains__(shorter, "mine")
    for name in [*theirs, "nothing"]:
        macros = [getattr(names.get(name), "macro", None) for names in (shorter, theirs)]
        assert macros[0] == macros[1], name
    assert shorter["log"].macro.unique_id == "own.log" and shorter["other"]["theirs"].macro.unique_id == "other.theirs"
    assert set(shorter) == set(theirs) and shorter["context"] is shorter
    shorter["mine"] = 1
    assert (shorter["mine"], dict(shorter)["mine"], dict(shorter)["context"]) == (1, 1, shorter)


def test_a_context_that_was_begun_before_is_finished_by_dbt() -> None:
    namespace = build_namespace(MacroNamespaceBuilder.build_namespace)
    begun = SimpleNamespace(_ctx={}, namespace=namespace)
    finished = shortcuts.add_macros_lazily(lambda context: {**context._ctx, **context.namespace})(begun)
    assert finished == dict(namespace)


def test_the_manifest_of_a_unit_test_has_the_macros_of_all_others() -> None:
    """As it would sort them itself."""
    macros = {
        f"macro.own.{name}": SimpleNamespace(name=name, package_name="own", unique_id=f"macro.own.{name}")
        for name in ("a", "b")
    }
    manifest = Manifest(macros=cast(Any, macros))
    made = UnitTestManifestLoader(manifest, None, set()).unit_test_manifest
    own = Manifest(macros=cast(Any, macros))
    assert made.get_macros_by_name() == own.get_macros_by_name()
    assert made.get_macros_by_package() == own.get_macros_by_package()
    assert made.get_macros_by_package() is manifest.get_macros_by_package()


def test_a_name_is_made_once_and_looked_up_in_the_order_of_sources() -> None:
    """What is put in goes first; as a whole it is a dict like any other."""
    made: list[str] = []
    named = Named(a="in")
    named.sources = [{"a": "first", "b": "first"}, {"b": "second", "c": "second"}]

    def make(value: str) -> str:
        made.append(value)
        return f"made {value}"

    named.make = make
    assert (named["a"], named["b"], named["b"], named.get("d", 0)) == ("in", "made first", "made first", 0)
    assert made == ["first"]
    assert "c" in named and "d" not in named and named
    assert dict(named) == {**named} == {"a": "in", "b": "made first", "c": "made second"}
    assert len(named) == 3 and sorted(named.items()) == sorted(zip(named.keys(), named.values(), strict=True))
    with pytest.raises(KeyError):
        named["d"]
    assert not Named()


def test_a_macro_that_is_made_once_sees_what_its_context_holds_when_it_is_called() -> None:
    """And an error names it each time."""
    macro = SimpleNamespace(
        name="tell",
        unique_id="own.tell",
        macro_sql="{% macro tell(x) %}{{ x ~ y }}{% if y == 3 %}{{ fail() }}{% endif %}{% endmacro %}",
    )

    def fail() -> None:
        raise CompilationError("no")

    context: dict[str, Any] = {"y": 1, "fail": fail}
    generator = MacroGenerator(macro, context)
    assert generator("a") == "a1"
    context["y"] = 2
    assert generator("a") == "a2"
    assert generator.get_macro() is generator.get_macro()
    assert longer(BaseMacroGenerator.get_macro)(generator) is not generator.get_macro()
    context["y"] = 3
    with pytest.raises(CompilationError, match="no"):
        generator("a")


def test_results_are_read_alike() -> None:
    """With and without columns that are texts whatever they hold."""
    rows = [{"a": "1", "b": "2026-06-01", "c": "x"}, {"a": "2", "b": "null", "c": ""}]
    for texts in ([], ["a"]):
        tables = [agate_helper.table_from_data_flat(rows, ["a", "b", "c"]) for _ in range(2)]
        types = [[type(column.data_type).__name__ for column in table.columns] for table in tables]
        assert types[0] == types[1]
        shorter, theirs = (
            build(texts).run([list(row.values()) for row in rows], ["a", "b", "c"])
            for build in (agate_helper.build_type_tester, longer(agate_helper.build_type_tester))
        )
        assert [type(kind) for kind in shorter] == [type(kind) for kind in theirs]
    nothing = vars(agate_helper)["empty_table"]()
    assert (len(nothing.rows), len(nothing.columns)) == (0, 0)


def test_a_file_that_says_the_same_is_left_as_it_is(tmp_path: Path) -> None:
    """And any other is written, in a folder that is not there yet, too."""
    write_file = vars(dbt.contracts.graph.nodes)["write_file"]
    path = tmp_path / "models" / "é.sql"
    for text in ("select 'é'", "select 1", ""):
        write_file(str(path), text)
        assert path.read_text(encoding="utf-8") == text
        before = path.stat()
        write_file(str(path), text)
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_text_is_compiled_once_for_each_kind_of_environment() -> None:
    """A text that is none of Jinja's is refused each time."""
    compiled: list[str] = []

    def compile_text(environment: Any, source: Any, *names: Any, **options: Any) -> Any:
        compiled.append(source)
        return longer(MacroFuzzEnvironment.compile)(environment, source, *names, **options)

    once = compile_once(compile_text)
    plain, native = get_environment(), get_environment(native=True)
    assert once(plain, "{{ 1 }}") is once(get_environment(capture_macros=True), "{{ 1 }}")
    assert once(native, "{{ 1 }}") is not once(plain, "{{ 1 }}")
    assert compiled == ["{{ 1 }}", "{{ 1 }}"]
    for _ in range(2):
        with pytest.raises(Exception, match="unexpected"):
            once(plain, "{{ 1 ")


def make_queue(*ways: str) -> GraphQueue:
    """Return a queue of nodes with one letter each, of which every way names those that wait for each other."""
    graph = networkx.DiGraph(pair for way in ways for pair in pairwise(way))
    manifest = SimpleNamespace(expect=lambda node: SimpleNamespace(unique_id=node))
    return GraphQueue(graph, cast(Any, manifest), set(graph))


def build(queue: GraphQueue) -> str:
    """Build all nodes, one after the other; return them in that order."""
    built = ""
    while not queue.empty():
        node = queue.get().unique_id
        queue.mark_done(node)
        built += node
    return built


def test_what_most_waits_for_is_built_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortcuts, "get_adapter_by_type", lambda _: SimpleNamespace(config=SimpleNamespace(threads=1)))
    assert build(make_queue("az", "bxyz", "cz")) == "bxacyz"
    monkeypatch.setattr(GraphQueue, "_find_new_additions", longer(GraphQueue._find_new_additions))
    assert build(make_queue("az", "bxyz", "cz")) == "abcxyz"  # as dbt does


def test_a_queue_that_is_in_use_is_ranked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortcuts, "get_adapter_by_type", lambda _: SimpleNamespace(config=SimpleNamespace(threads=1)))
    ranked = GraphQueue._find_new_additions
    with monkeypatch.context() as as_in_dbt:
        as_in_dbt.setattr(GraphQueue, "_find_new_additions", longer(ranked))
        queue = make_queue("az", "bz", "cxyz")
    queue.mark_done(queue.get().unique_id)
    assert build(queue) == "cxbyz"


def test_a_node_is_chosen_when_a_thread_is_nearly_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortcuts, "get_adapter_by_type", lambda _: SimpleNamespace(config=SimpleNamespace(threads=2)))
    queue = make_queue("az", "bz", "cz", "dz")
    waited: list[str] = []

    def end_one() -> None:
        waited.append(queue.in_progress.pop())

    monkeypatch.setattr(queue, "some_task_done", SimpleNamespace(wait=end_one))
    assert "".join(queue.get().unique_id for _ in range(3)) == "abc" and waited == []
    queue.get()
    assert len(waited) == 1
