"""Imported by a dbt that is to be killed between two moves: each move takes a twentieth of a second longer."""

import os
import time

_move = os.replace


def replace_slowly(source: object, target: object) -> None:
    if ".part" in str(source):
        time.sleep(0.05)
    _move(source, target)  # type: ignore[arg-type]


os.replace = replace_slowly  # type: ignore[assignment]
