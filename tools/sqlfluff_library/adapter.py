"""What sqlfluff takes for dbt's `adapter`: it lints what the macros of macros/engine make for DuckDB."""

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, name: str, package: str | None = None) -> Callable[..., str]:
    """Find the macro of the default engine, which stands in the same file."""
    macro: Callable[..., str] = context[f"default__{name}"]
    return macro


def quote(name: str) -> str:
    """Quote a name of a column."""
    return f'"{name}"'
