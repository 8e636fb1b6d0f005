"""The notebook runs from its first cell to its last on what a build has made, and is stored without outputs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import REPO_ROOT
from tests.plugs.test_readers import PYTHON, READERS

TOUR = REPO_ROOT / "examples" / "tour.ipynb"


def test_it_is_stored_without_outputs() -> None:
    cells = json.loads(TOUR.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


@pytest.mark.plugs
def test_it_runs(built: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(built, data_dir)
    # Jupyter is of the readers' environment, what the notebook imports is of this one.
    packages = next(path for path in sys.path if (Path(path) / "duckdb").is_dir())
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "EVENTHUB_DATA_DIR": str(data_dir),
        "PYTHONPATH": packages, "JUPYTER_PREFER_ENV_PATH": "1",
    }  # fmt: skip
    command = [str(PYTHON), str(READERS / "notebook.py"), str(TOUR)]
    result = subprocess.run(command, env=environment, cwd=TOUR.parent, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout.splitlines()[-1])
    assert told["images"] == 4 and "expected_article_id" in told["text"]
    outcomes = re.findall(r"^t_\d+ .* (?:passed$|failed: \w)", told["text"], re.M)
    assert 0 < len(outcomes) <= 10
