"""The tools as a model is told of them: OpenAI's form of a function, made of the types and the docstring of each."""

from __future__ import annotations

import inspect
import re
from typing import Any, get_type_hints

from pydantic import BaseModel, Field, create_model

from agentic.tools import Tool

ARGUMENT = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.M)


def describe_tool(tool: Tool) -> dict[str, Any]:
    """Return the name, what it does, and a JSON schema of what it takes."""
    description, _, arguments = tool.description.partition("\n\nArgs:\n")
    told = {name: " ".join(text.split()) for name, text in ARGUMENT.findall(arguments)}
    function = inspect.unwrap(tool.function)
    hints = get_type_hints(function)
    fields: dict[str, Any] = {
        name: (hints[name], Field(... if taken.default is taken.empty else taken.default, description=told[name]))
        for name, taken in inspect.signature(function).parameters.items()
        if name != "self"
    }
    model: type[BaseModel] = create_model(tool.name, **fields)
    schema = model.model_json_schema()
    properties = {name: _drop_title(value) for name, value in schema.get("properties", {}).items()}
    parameters = {"type": "object", "properties": properties, "required": schema.get("required", [])}
    text = " ".join(description.split())
    return {"type": "function", "function": {"name": tool.name, "description": text, "parameters": parameters}}


def _drop_title(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only repeats the argument's name."""
    return {name: value for name, value in schema.items() if name != "title"}
