"""tau2 itself judges runs in our domain; `make test-plugs` sets it up. Full volume: docs/agents.md."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from agentic.plugs.tau2.files import write_files
from tests.paths import REPO_ROOT
from tests.plugs.test_readers import READERS

pytestmark = pytest.mark.plugs

PYTHON = REPO_ROOT / ".venv-tau2" / "bin" / "python"


@pytest.fixture(scope="module")
def files(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The domain of the test volume."""
    folder = tmp_path_factory.mktemp("tau2")
    write_files(built, folder)
    return folder


def run(scratch: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with tau2 in the checkout, without a network."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(scratch), "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "PYTHONPATH": str(REPO_ROOT), "COLUMNS": "200",
    }  # fmt: skip
    return subprocess.run(
        [str(PYTHON), *words], cwd=scratch, env=environment, capture_output=True, text=True, check=False
    )


def test_only_the_solution_of_a_task_passes(built: Path, files: Path, tmp_path: Path) -> None:
    result = run(tmp_path, str(READERS / "tau_bench.py"), str(built), str(files))
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout.splitlines()[-1])
    assert told["tasks"] == told["splits"]["base"] > 20
    assert (told["gold"], told["idle"]) == (1.0, 0.0), told
    assert (told["eventhub_gold"], told["eventhub_idle"]) == (1.0, 0.0)
    # None of them passes at the desk: test_proofs.
    assert told["mistakes_runs"] > 5 * told["tasks"] and told["disagreed"] == []


def test_the_command_runs_a_scripted_agent(files: Path, tmp_path: Path) -> None:
    words = ["-m", "agentic.plugs.tau2", "run", "--files", str(files), "--domain", "eventhub", "--num-tasks", "3"]
    words += [
        "--agent",
        "eventhub_gold",
        "--user",
        "eventhub_user",
        "--results-dir",
        str(tmp_path),
        "--save-to",
        "gold",
    ]
    result = run(tmp_path, *words)
    assert result.returncode == 0, result.stdout + result.stderr
    told = json.loads((tmp_path / "gold_results.json").read_text())
    assert (told["domain"], told["num_tasks"]) == ("eventhub", 3)
    assert (told["metrics"]["avg_reward"], told["metrics"]["avg_agent_cost"]) == (1.0, 0.0)
