"""Templates to pages: everything from the data is escaped, and what HTML cannot hold is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from common.page import formatting
from common.page.printable import make_printable

SHARED = Path(__file__).with_name("templates")


def make_environment(templates: Path) -> Environment:
    """Return an environment of a folder of templates and of those that all pages share."""
    environment = Environment(
        loader=FileSystemLoader([templates, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    filters = (
        formatting.number, formatting.percent, formatting.dollars, formatting.spelled, formatting.bytes_size,
        formatting.format_day, formatting.format_moment, formatting.listed, formatting.counted,
    )  # fmt: skip
    environment.filters |= {function.__name__: function for function in filters}
    return environment


def _printable(value: Any) -> Any:
    return make_printable(value) if isinstance(value, str) else value
