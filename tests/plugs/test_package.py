"""The wheel, built and installed without a network, gives the command `eventhub` in a folder that is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.paths import REPO_ROOT
from tests.plugs.test_readers import PYTHON

pytestmark = pytest.mark.plugs


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [str(PYTHON), "-m", "pip", "wheel", "-q", "--no-build-isolation", "--no-deps", "--no-index", "-w"]
    subprocess.run([*command, str(folder), str(REPO_ROOT)], check=True)
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment of its own, which borrows the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    [packages] = folder.glob("lib/python*/site-packages")
    [borrowed] = [path for path in map(Path, sys.path) if (path / "duckdb").is_dir()]
    (packages / "borrowed.pth").write_text(f"{borrowed}\n")
    install = [str(PYTHON), "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "-q"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True)
    return folder / "bin" / "eventhub"


def run(command: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder that is nobody's checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("EVENTHUB_", "PYTHON"))}
    return subprocess.run(
        [str(command), *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_the_project_and_both_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "agentic", "common", "data/models", "dbt_project", "export", "extract"],
        cwd=REPO_ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert tracked and {f"eventhub/project/{name}" for name in tracked} <= names
    assert {Path(name).name for name in names if ".dist-info/licenses/" in name} == {
        "LICENSE", "LICENSE-DATA", "THIRD_PARTY.md",
    }  # fmt: skip
    assert {name.split("/")[0].split("-")[0] for name in names} == {"eventhub", "eventhub_data"}


def test_help_and_a_plan(command: Path, tmp_path: Path) -> None:
    told = run(command, tmp_path, "--help")
    assert told.returncode == 0 and "usage: eventhub COMMAND" in told.stdout
    told = run(command, tmp_path, "plan", "--test")
    assert told.returncode == 0 and "tickets" in told.stdout, told.stderr
    assert run(command, tmp_path, "plan", "--volume", "huge").returncode == 2


def test_wrong_words_are_told_in_one_line(command: Path, tmp_path: Path) -> None:
    for words in (("pul",), ("verify", "now")):
        told = run(command, tmp_path, *words)
        assert told.returncode == 2 and told.stderr.startswith("error: ") and told.stderr.count("\n") == 1
    assert run(command, tmp_path).returncode == 2
    told = run(command, tmp_path, "verify")
    assert told.returncode == 1 and "Traceback" not in told.stderr


def test_from_nothing_to_verified_files_in_the_folder_of_the_user(command: Path, tmp_path: Path) -> None:
    for words in (("pull", "--test"), ("build", "--quiet"), ("verify",)):
        told = run(command, tmp_path, *words)
        assert told.returncode == 0, told.stdout + told.stderr
    assert (tmp_path / "data" / "eventhub.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    told = run(command, tmp_path, "exam", "--agent", "idle", "--limit", "2")
    assert told.returncode == 0, told.stdout + told.stderr
