"""A .venv that cannot be used is made anew; nothing here asks a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.paths import CASES, REPO_ROOT
from tools import setup_venv
from tools.setup_venv import UNFINISHED, find_fault_from_outside, main, set_up

WITHOUT_PIP = CASES / "venv_without_pip.sh"
LOCK = "empty.lock"
# It notes what it was called with.
UV = "#!/bin/sh\nprintf '%s\\n' \"$*\" > '{noted}'\n{rest}\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with a pip that does nothing: a real one takes seconds to install."""
    venv = tmp_path_factory.mktemp("venv") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    add_pip(venv)
    return venv


def add_pip(venv: Path, code: str = "") -> None:
    """Put in a package that is called as pip is."""
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "pip").mkdir(exist_ok=True)
    (site / "pip" / "__init__.py").touch()
    (site / "pip" / "__main__.py").write_text(code)


@pytest.fixture
def venv(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, and a way to make one anew that is as quick."""
    copy = tmp_path / ".venv"
    shutil.copytree(whole, copy, symlinks=True)
    (tmp_path / LOCK).touch()
    run = subprocess.run

    def run_quickly(command: list[str], **options: object) -> object:
        if command[:3] == [sys.executable, "-m", "venv"]:
            done = run([*command, "--without-pip"], **options)  # type: ignore[call-overload]
            add_pip(Path(command[3]))
            return done
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(setup_venv.subprocess, "run", run_quickly)
    monkeypatch.setattr(setup_venv.shutil, "which", lambda name: None)
    monkeypatch.chdir(tmp_path)
    return copy


def add_uv(monkeypatch: pytest.MonkeyPatch, folder: Path, rest: str = "") -> Path:
    """Put in a uv that does as it is told here, and return where it notes its arguments."""
    stub, noted = folder / "uv", folder / "uv-arguments"
    stub.write_text(UV.format(noted=noted, rest=rest))
    stub.chmod(0o755)
    monkeypatch.setattr(setup_venv.shutil, "which", lambda name: str(stub) if name == "uv" else None)
    return noted


def leave_out_pip(venv: Path) -> None:
    (site,) = venv.glob("lib/python*/site-packages")
    shutil.rmtree(site / "pip")


def lose_its_python(venv: Path) -> None:
    for link in (venv / "bin").glob("python*"):
        link.unlink()
    (venv / "bin" / "python").symlink_to("/nowhere/python3.11")


def have_another_python(venv: Path) -> None:
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").write_text("#!/bin/sh\necho its Python is 3.9\nexit 1\n")
    (venv / "bin" / "python").chmod(0o755)


def be_elsewhere(venv: Path) -> None:
    (venv / "bin" / "dbt").write_text("#!/old/place/.venv/bin/python\n")


def be_elsewhere_with_a_blank(venv: Path) -> None:
    (venv / "bin" / "dbt").write_text("#!/bin/sh\n'''exec' \"/old place/.venv/bin/python\" \"$0\" \"$@\"\n' '''\n")


def be_killed_while_installing(venv: Path) -> None:
    (venv / UNFINISHED).touch()


def be_another_environments(venv: Path) -> None:
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").symlink_to(sys.executable)
    (venv / "pyvenv.cfg").unlink()


FAULTS: dict[Callable[[Path], None], str] = {
    leave_out_pip: "it has no pip",
    lose_its_python: "its Python does not start",
    have_another_python: "its Python is 3.9",
    be_elsewhere: "it was made for /old/place/.venv",
    be_elsewhere_with_a_blank: "it was made for /old place/.venv",
    be_killed_while_installing: "an installation was cut short",
    be_another_environments: "its Python is another environment's",
}


def test_a_whole_one_has_no_fault_and_stays(venv: Path) -> None:
    (venv / "bin" / "dbt").write_text(f"#!{venv}/bin/python\n")
    before = (venv / "pyvenv.cfg").stat().st_mtime_ns
    set_up(venv, LOCK, sys.executable)
    assert find_fault_from_outside(venv) is None
    assert (venv / "pyvenv.cfg").stat().st_mtime_ns == before and not (venv / UNFINISHED).exists()


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: spoil.__name__)
def test_a_broken_one_is_made_anew(
    venv: Path, spoil: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    spoil(venv)
    assert find_fault_from_outside(venv) == FAULTS[spoil]
    set_up(venv, LOCK, sys.executable)
    assert find_fault_from_outside(venv) is None
    assert f"anew: {FAULTS[spoil]}." in capfd.readouterr().out


def test_one_that_is_a_link_to_nowhere_is_made_anew(venv: Path) -> None:
    shutil.rmtree(venv)
    venv.symlink_to("nowhere")
    set_up(venv, LOCK, sys.executable)
    assert find_fault_from_outside(venv) is None and not venv.is_symlink()


def test_a_python_without_venv_leaves_one_that_the_next_run_makes_anew(venv: Path) -> None:
    shutil.rmtree(venv)
    stub = venv.parent / "python"
    # The case itself, with the tests' own Python for Debian's.
    stub.write_text(WITHOUT_PIP.read_text().replace("/usr/bin/python3", sys.executable))
    stub.chmod(0o755)
    assert main([str(venv), LOCK, str(stub)]) == 1
    assert find_fault_from_outside(venv) == "it has no pip"
    assert main([str(venv), LOCK, sys.executable]) == 0
    assert find_fault_from_outside(venv) is None


def test_a_pip_that_gives_up_leaves_what_is_whole(venv: Path, capfd: pytest.CaptureFixture[str]) -> None:
    add_pip(venv, "raise SystemExit('no network')")
    assert main([str(venv), LOCK, sys.executable]) == 1
    told = capfd.readouterr().err
    assert "no network" in told and "could not be set up" in told and "Traceback" not in told
    assert find_fault_from_outside(venv) is None


def test_a_pip_that_is_killed_leaves_one_to_be_made_anew(venv: Path) -> None:
    add_pip(venv, "import os; os.kill(os.getpid(), 9)")
    assert main([str(venv), LOCK, sys.executable]) == 1
    assert find_fault_from_outside(venv) == "an installation was cut short"


def test_uv_installs_what_pip_would(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = add_uv(monkeypatch, venv.parent)
    add_pip(venv, "raise SystemExit('pip was asked')")
    assert main([str(venv), LOCK, sys.executable]) == 0
    words = noted.read_text().split()
    assert words[words.index("--python") + 1] == str(venv / "bin" / "python")
    assert "--require-hashes" in words and words[words.index("--only-binary") + 1] == ":all:"
    assert words[words.index("-r") + 1] == LOCK
    assert find_fault_from_outside(venv) is None


@pytest.mark.parametrize("rest", ["echo 'no such index' >&2; exit 2", "not a script"], ids=["fails", "cannot be run"])
def test_pip_does_what_uv_cannot(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], rest: str
) -> None:
    noted = add_uv(monkeypatch, venv.parent, rest)
    if rest == "not a script":
        (venv.parent / "uv").write_bytes(b"\x00\x01")
    add_pip(venv, "import pathlib, sys; pathlib.Path('pip-arguments').write_text(' '.join(sys.argv))")
    assert main([str(venv), LOCK, sys.executable]) == 0
    (told,) = capfd.readouterr().out.splitlines()
    assert told.startswith(f"uv could not install {LOCK}, so pip does: ")
    assert "no such index" in told or not noted.exists()
    words = Path("pip-arguments").read_text().split()
    assert {"--require-hashes", "--only-binary", "--no-compile"} <= set(words) and words[-1] == LOCK
    assert find_fault_from_outside(venv) is None


def test_a_uv_that_is_killed_leaves_one_to_be_made_anew(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_uv(monkeypatch, venv.parent, "kill -9 $$")
    assert main([str(venv), LOCK, sys.executable]) == 1
    assert find_fault_from_outside(venv) == "an installation was cut short"


def test_an_old_python_is_told_which_one_is_needed(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup_venv, "VERSIONS", ((9, 0), (10, 0)))
    assert main([str(venv), LOCK, sys.executable]) == 1
    assert "is not Python 3.11, 3.12 or 3.13. Name one that is: make run PYTHON=" in capsys.readouterr().err


def test_make_checks_the_environment_before_each_recipe() -> None:
    """A .venv that has worked may break later: `make` asks for it to be set up again."""
    done = subprocess.run(
        ["make", "--dry-run", "extract", "VENV=/nowhere/.venv"],
        cwd=REPO_ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "tools/setup_venv.py /nowhere/.venv requirements.lock" in done.stdout
