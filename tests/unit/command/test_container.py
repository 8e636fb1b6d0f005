"""The container files agree with the checkout; whether the image runs is seen where Docker is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.paths import REPO_ROOT

LINES = (REPO_ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()


def has_docker() -> bool:
    """Say whether there is a Docker that answers."""
    return bool(shutil.which("docker")) and not subprocess.run(["docker", "info"], capture_output=True).returncode


def test_its_python_is_one_that_the_project_runs_on() -> None:
    [minor] = [int(match[1]) for line in LINES if (match := re.fullmatch(r"FROM python:3\.(\d+)-slim", line))]
    stated = tomllib.loads((REPO_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    low, high = (int(number) for number in re.findall(r"3\.(\d+)", stated))
    assert low <= minor < high


def test_what_is_run_by_default_is_make_run_on_the_mounted_folder() -> None:
    assert LINES[-1] == 'CMD ["make", "run"]' and "VOLUME /data" in LINES
    assert any(line.startswith("ENV EVENTHUB_DATA_DIR=/data") for line in LINES)


def test_the_environment_needs_no_file_that_is_copied_later(tmp_path: Path) -> None:
    before = LINES[: LINES.index("RUN make .venv/run.ok")]
    for source in [word for line in before if line.startswith("COPY ") for word in line.split()[1:-1]]:
        path = REPO_ROOT / source
        (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / source)
    planned = subprocess.run(
        ["make", "--dry-run", ".venv/run.ok"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert planned.returncode == 0, planned.stderr
    assert (
        "tools/setup_venv.py .venv requirements.lock" in planned.stdout and (tmp_path / "tools/setup_venv.py").exists()
    )


def test_the_context_has_the_models_and_none_of_the_outputs() -> None:
    ignored = (REPO_ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored.index("data/*") < ignored.index("!data/models") and {".venv", ".git"} <= set(ignored)


def test_the_development_container_builds_the_same_image() -> None:
    folder = REPO_ROOT / ".devcontainer"
    container = json.loads((folder / "devcontainer.json").read_text(encoding="utf-8"))
    assert (folder / container["build"]["dockerfile"]).resolve() == REPO_ROOT / "Dockerfile"
    assert container["postCreateCommand"] == "make run"


@pytest.mark.plugs
@pytest.mark.skipif(not has_docker(), reason="no Docker answers here")
def test_the_image_makes_every_file(tmp_path: Path) -> None:
    subprocess.run(["docker", "build", "--quiet", "--tag", "eventhub-data:test", str(REPO_ROOT)], check=True)
    subprocess.run(["docker", "run", "--rm", "-v", f"{tmp_path}:/data", "eventhub-data:test"], check=True)
    assert (tmp_path / "eventhub.db").is_file()
