"""Shorter ways through dbt to the same results: what it makes anew for each node and each macro that is called.

dbt's threads take turns, so a build of hundreds of small nodes takes as long as its Python takes. Nothing here changes
what a node is built with, and a function that a later dbt no longer has is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any

import dbt.compilation
import dbt.context.base
import dbt.contracts.graph.nodes
import dbt_common.events.event_manager
from dbt.adapters.factory import get_adapter_by_type
from dbt.clients.jinja import MacroGenerator
from dbt.context.base import BaseContext
from dbt.context.macro_resolver import TestMacroNamespace
from dbt.context.macros import MacroNamespace, MacroNamespaceBuilder
from dbt.context.manifest import ManifestContext
from dbt.graph.queue import GraphQueue
from dbt.parser.unit_tests import UnitTestManifestLoader
from dbt_common.clients import agate_helper
from dbt_common.clients.jinja import BaseMacroGenerator, MacroFuzzEnvironment
from dbt_common.events.base_types import BaseEvent, get_global_metadata_vars, get_pid, get_thread_name
from dbt_common.invocation import get_invocation_id
from networkx import DiGraph, topological_sort

from export.dbt_plugins.template_codes import template_codes

Function = Callable[..., Any]
MISSING = object()
# A query that begins with its CTEs, maybe after comments; sqlparse would take the whole query apart to find that out.
FIRST_CTE = re.compile(r"(?:\s+|--[^\n]*\n)*with\s+(?!recursive\b)", re.IGNORECASE)


@cache
def take_shortcuts() -> None:
    """Put the shorter ways in place, once a process."""
    for owner, name, shorten in (
        (MacroFuzzEnvironment, "compile", compile_once),
        (BaseMacroGenerator, "get_macro", make_macro_once),
        (BaseContext, "__init__", name_lazily),
        (MacroNamespaceBuilder, "build_namespace", build_namespace_lazily),
        (ManifestContext, "to_dict", add_macros_lazily),
        (dbt.context.base, "get_context_modules", cache),
        (dbt.compilation, "inject_ctes_into_sql", inject_after_with),
        (UnitTestManifestLoader, "__init__", sort_macros_once),
        (agate_helper, "build_type_tester", build_tester_once),
        (agate_helper, "empty_table", cache),
        (dbt.contracts.graph.nodes, "write_file", write_what_is_new),
        (GraphQueue, "_find_new_additions", rank_by_what_waits),
        (GraphQueue, "get", choose_late),
        (BaseEvent, "__init__", make_event_by_fields),
        (dbt_common.events.event_manager, "msg_from_base_event", make_message_by_fields),
    ):
        if longer := getattr(owner, name, None):
            setattr(owner, name, shorten(longer))


def compile_once(longer: Function) -> Function:
    """A unit test renders its model twice more, and each time Jinja would make the same code of the same text.

    So it would in the next command.
    """

    @wraps(longer)
    def compile_text(environment: Any, source: Any, *names: Any, **options: Any) -> Any:
        if names or options or not isinstance(source, str):
            return longer(environment, source, *names, **options)
        name = type(environment).__qualname__
        code = template_codes.get(name, source)
        if code is None:
            code = longer(environment, source)
            template_codes.add(name, source, code)
        return code

    return compile_text


def make_macro_once(longer: Function) -> Function:
    """A macro of one context is the same function at each call; it looks names up when it is called."""

    @wraps(longer)
    def get_macro(generator: Any) -> Any:
        try:
            return generator.made_macro
        except AttributeError:
            generator.made_macro = longer(generator)
            return generator.made_macro

    return get_macro


class Named(dict[str, Any]):
    """Things by name that are made when they are asked for: first by what is in here, then by each source in turn."""

    sources: Sequence[Mapping[str, Any]] = ()
    make: Callable[[Any], Any] | None = None

    def __missing__(self, name: str) -> Any:
        for source in self.sources:
            if name in source:
                made = self.make(source[name]) if self.make else source[name]
                self[name] = made
                return made
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        # Who asks for it mostly wants it next.
        return super().__contains__(name) or self.get(name, MISSING) is not MISSING

    def get(self, name: Any, default: Any = None) -> Any:
        """As of any dict."""
        try:
            return self[name]
        except KeyError:
            return default

    def __bool__(self) -> bool:
        return super().__len__() > 0 or any(self.sources)

    def __iter__(self) -> Iterator[str]:
        self._make_all()
        return super().__iter__()

    def __len__(self) -> int:
        self._make_all()
        return super().__len__()

    def keys(self) -> Any:
        """As of any dict."""
        self._make_all()
        return super().keys()

    def values(self) -> Any:
        """As of any dict."""
        self._make_all()
        return super().values()

    def items(self) -> Any:
        """As of any dict."""
        self._make_all()
        return super().items()

    def _make_all(self) -> None:
        for name in {name for source in self.sources for name in source}:
            self[name]


def name_lazily(longer: Function) -> Function:
    """What a context holds is asked for by name, and of hundreds of macros a node calls ten."""

    @wraps(longer)
    def __init__(context: Any, *arguments: Any, **options: Any) -> None:
        longer(context, *arguments, **options)
        context._ctx = Named()

    return __init__


def build_namespace_lazily(longer: Function) -> Function:
    """Each node has a context, some have several, and each has a caller of its own for each macro."""

    @wraps(longer)
    def build_namespace(builder: Any, macros_by_package: Any, context: Any) -> MacroNamespace:
        def make(macro: Any) -> MacroGenerator:
            return MacroGenerator(macro, context, builder.node, builder.thread_ctx)

        def callers(*packages: str) -> Named:
            named = Named()
            named.sources = [macros_by_package[package] for package in packages if package in macros_by_package]
            named.make = make
            return named

        order = [name for name in builder.internal_package_names_order if name in builder.internal_package_names]
        builder.packages = {name: callers(name) for name in macros_by_package if name not in order}
        own, root = builder.search_package, builder.root_package
        return MacroNamespace(
            builder.packages.get(root, {}) if root != own else {},
            builder.packages.get(own, {}),
            callers(*order),
            builder.packages,
        )

    return build_namespace


def add_macros_lazily(longer: Function) -> Function:
    """A macro goes before what dbt itself has under its name.

    A context of another thread may have been begun before the shortcuts were taken, which is when the first connection
    is opened.
    """

    @wraps(longer)
    def to_dict(context: Any) -> Any:
        if isinstance(context.namespace, TestMacroNamespace) or not isinstance(context._ctx, Named):
            return longer(context)
        names = super(ManifestContext, context).to_dict()
        macros = Named()
        macros.sources = list(context.namespace._search_order())
        for name in [*names]:
            if name in macros:
                names[name] = macros[name]
        names.sources = macros.sources
        return names

    return to_dict


def inject_after_with(longer: Function) -> Function:
    """The inputs of a unit test are CTEs before those of the model."""

    @wraps(longer)
    def inject_ctes_into_sql(sql: str, ctes: Any) -> Any:
        begun = FIRST_CTE.match(sql) if ctes else None
        if not begun:
            return longer(sql, ctes)
        return f"{sql[: begun.end()]}{', '.join(cte.sql for cte in ctes)}, {sql[begun.end() :]}"

    return inject_ctes_into_sql


def sort_macros_once(longer: Function) -> Function:
    """A unit test has a manifest of its own, with the macros of all others."""

    @wraps(longer)
    def __init__(loader: Any, *arguments: Any, **options: Any) -> None:
        longer(loader, *arguments, **options)
        loader.unit_test_manifest._macros_by_name = loader.manifest.get_macros_by_name()
        loader.unit_test_manifest._macros_by_package = loader.manifest.get_macros_by_package()

    return __init__


def build_tester_once(longer: Function) -> Function:
    """What a result's columns are read with, which knows days and months of several languages."""
    build = cache(longer)

    @wraps(longer)
    def build_type_tester(text_columns: Iterable[str], string_null_values: Any = ("null", "")) -> Any:
        return build(tuple(text_columns), None if string_null_values is None else tuple(string_null_values))

    return build_type_tester


def write_what_is_new(longer: Function) -> Function:
    """dbt mostly compiles what it did the last time, and a file that is emptied and written waits for the disk."""

    @wraps(longer)
    def write_file(path: str, contents: str = "") -> Any:
        try:
            is_there = Path(path).read_bytes() == str(contents).encode()
        except (OSError, ValueError):
            is_there = False
        return is_there or longer(path, contents)

    return write_file


def rank_by_what_waits(longer: Function) -> Function:
    """Of the nodes that can be built, the one with the longest way to the end goes first.

    dbt takes them by their distance from the start, so the way on which most waits would wait for what nobody needs.
    """

    @wraps(longer)
    def _find_new_additions(queue: Any, candidates: Any) -> None:
        if not hasattr(queue, "is_ranked"):
            queue.is_ranked = True
            queue._scores = {node: -steps for node, steps in count_steps_to_end(queue.graph).items()}
            with queue.inner.mutex:
                queue.inner.queue[:] = sorted((queue._scores[node], node) for _, node in queue.inner.queue)
        longer(queue, candidates)

    return _find_new_additions


def choose_late(longer: Function) -> Function:
    """Choose a node when a thread can soon begin with it; dbt chooses all that can be built, and they stand in line."""

    @wraps(longer)
    def get(queue: Any, *arguments: Any, **options: Any) -> Any:
        with queue.lock:
            while len(queue.in_progress) > get_adapter_by_type("duckdb").config.threads:
                queue.some_task_done.wait()
        return longer(queue, *arguments, **options)

    return get


def count_steps_to_end(graph: DiGraph) -> dict[str, int]:
    """Count the nodes on the longest way from each node to one on which nothing waits."""
    steps: dict[str, int] = {}
    for node in reversed([*topological_sort(graph)]):
        steps[node] = 1 + max((steps[follower] for follower in graph.successors(node)), default=0)
    return steps


def make_event_by_fields(longer: Function) -> Function:
    """Fields of a message of protobuf are set as they are, instead of each being read as if it were JSON."""

    @wraps(longer)
    def __init__(event: Any, *texts: Any, **fields: Any) -> None:
        for name in ("base_msg", "msg"):
            if name in fields:
                fields[name] = str(fields[name])
        try:
            if texts:
                raise TypeError
            made = getattr(event.PROTO_TYPES_MODULE, type(event).__name__)(**fields)
        except (TypeError, ValueError, AttributeError):
            longer(event, *texts, **fields)
        else:
            event.pb_msg = made

    return __init__


def make_message_by_fields(longer: Function) -> Function:
    """What is logged of an event, set field by field, too."""

    @wraps(longer)
    def msg_from_base_event(event: Any, level: Any = None) -> Any:
        message = getattr(event.PROTO_TYPES_MODULE, f"{type(event).__name__}Msg")()
        info = message.info
        info.level = (level or event.level_tag()).value
        info.msg = event.message()
        info.invocation_id = get_invocation_id()
        info.extra.update(get_global_metadata_vars())
        info.ts.GetCurrentTime()
        info.pid = get_pid()
        info.thread = get_thread_name()
        info.code = event.code()
        info.name = type(event).__name__
        message.data.CopyFrom(event.pb_msg)
        return message

    return msg_from_base_event
