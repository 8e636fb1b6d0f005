"""What a tool gave back, as a model reads it."""

from __future__ import annotations

import json


def write_result(result: object) -> str:
    """Write what a tool gave back as JSON; a text stays as it is."""
    return result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)
