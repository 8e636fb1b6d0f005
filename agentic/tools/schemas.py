"""What a tool takes as JSON Schema, made from its types and its docstring: the form in which harnesses tell a model."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

from pydantic import ConfigDict, Field, create_model

ARGUMENT = re.compile(r"^    (\w+): (.+(?:\n {5,}.+)*)", re.M)


def summarise(function: Callable[..., Any]) -> str:
    """Return what a tool does: its docstring without its arguments."""
    return (inspect.getdoc(function) or "").partition("\nArgs:\n")[0].strip()


def describe_arguments(function: Callable[..., Any]) -> dict[str, Any]:
    """Return what a tool takes as JSON Schema, each argument with its description."""
    return _describe(getattr(function, "__func__", function))


@cache
def _describe(function: Callable[..., Any]) -> dict[str, Any]:
    described = _read_descriptions(function)
    hints = get_type_hints(function)
    fields: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[name] = (hints[name], Field(default, description=described[name]))
    model = create_model(function.__name__, __config__=ConfigDict(extra="forbid"), **fields)
    schema = model.model_json_schema()
    for part in (schema, *schema["properties"].values()):
        part.pop("title", None)
    return {"required": [], **schema}


def _read_descriptions(function: Callable[..., Any]) -> dict[str, str]:
    found = ARGUMENT.findall((inspect.getdoc(function) or "").partition("\nArgs:\n")[2])
    return {name: " ".join(text.split()) for name, text in found}
