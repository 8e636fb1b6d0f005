"""Runs a notebook with the Python that runs this; prints how many outputs each cell of code has."""

from __future__ import annotations

import json
import sys

import nbformat
from nbclient import NotebookClient


def main(path: str) -> None:
    """Print a line of JSON; a cell that fails ends it."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    NotebookClient(notebook, timeout=120).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    images = sum("image/svg+xml" in output.get("data", {}) for cell in cells for output in cell.outputs)
    text = "".join(output.get("text", "") for cell in cells for output in cell.outputs)
    print(text, file=sys.stderr)
    print(json.dumps({"cells": len(cells), "images": images, "text": text}))


if __name__ == "__main__":
    main(sys.argv[1])
