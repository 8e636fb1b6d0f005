"""How a method becomes a tool: its arguments are checked, its calls noted, and a refusal changes nothing."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from pydantic import ValidationError, validate_call

from agentic.errors import ToolError
from agentic.state import Call, State

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="ToolSet")
IS_WRITE = "_is_write"


class ToolSet:
    """Tools on one state."""

    def __init__(self, state: State) -> None:
        """Work on a state."""
        self._state = state
        self._database = state.database


def read_tool(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Make a tool that changes nothing."""
    return _make_tool(method, is_write=False)


def write_tool(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Make a tool that changes rows."""
    return _make_tool(method, is_write=True)


def _make_tool(method: Callable[Concatenate[S, P], R], is_write: bool) -> Callable[Concatenate[S, P], R]:
    checked: Callable[..., R] = validate_call(method)
    signature = inspect.signature(method)

    @functools.wraps(method)
    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:  # a model may name an argument `self`, too
        state, ids = self._state, dict(self._state.highest_ids)
        given = _tidy(dict(zip(list(signature.parameters)[1:], args, strict=False)) | dict(kwargs))
        try:
            with state.database.all_or_nothing():
                result = checked(self, **given)
        except BaseException as error:
            state.highest_ids = ids
            # Where a model that plays the member cannot be asked, the call has not been made, and may be made again.
            if not isinstance(error, ValidationError | ToolError):
                raise
            refusal = error if isinstance(error, ToolError) else _explain(method.__name__, signature, error)
            state.calls.append(
                Call(tool=method.__name__, arguments=given, result=None, error=str(refusal), is_write=is_write)
            )
            if refusal is error:
                raise
            raise refusal from error
        state.calls.append(Call(tool=method.__name__, arguments=given, result=result, error=None, is_write=is_write))
        return result

    setattr(call, IS_WRITE, is_write)
    return cast("Callable[Concatenate[S, P], R]", call)


def _tidy(arguments: dict[str, Any]) -> dict[str, Any]:
    """Read ids as they are meant, in capitals or with blanks around, and texts as far as they are characters."""
    return {name: _tidy_value(name, value) for name, value in arguments.items()}


def _tidy_value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_tidy_value(name, part) for part in value]
    if not isinstance(value, str):
        return value
    return make_whole(value).strip().lower() if name.endswith(("_id", "_ids")) else make_whole(value)


def make_whole(text: str) -> str:
    """Return a text that a database takes: a model or a terminal may leave half a surrogate pair."""
    return text.encode("utf-8", "replace").decode()


def _explain(name: str, signature: inspect.Signature, error: ValidationError) -> ToolError:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    takes = ", ".join(list(signature.parameters)[1:]) or "no arguments"
    return ToolError(f"{name}: {place}: {first['msg']}. It takes {takes}.")


def is_write(method: Callable[..., Any]) -> bool:
    """Whether a tool may change rows."""
    return bool(getattr(method, IS_WRITE))


def write_money(amount: Decimal | float) -> str:
    """Write an amount as the answer key does: 42.00."""
    return f"{Decimal(str(amount)):.2f}"
