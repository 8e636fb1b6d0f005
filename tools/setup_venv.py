"""Makes .venv, or makes it anew where it is broken, and installs the locked packages: for make.

    python tools/setup_venv.py --check .venv                    say what is wrong with it, to be run by its own Python
    python tools/setup_venv.py .venv requirements.lock python3  set it up with that Python, which runs this, too

Written for any Python 3, so that an old one can say that it is too old.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ((3, 11), (3, 14))
# There while packages are installed; one that a kill has left may have left half a package, too.
UNFINISHED = "unfinished"
WORDS = "Python 3.11, 3.12 or 3.13"


def find_fault(venv: Path) -> str | None:
    """Say what is wrong with the environment that this Python runs in."""
    if not VERSIONS[0] <= sys.version_info[:2] < VERSIONS[1]:
        return f"its Python is {sys.version_info[0]}.{sys.version_info[1]}, not {WORDS}"
    if not _is_same(Path(sys.prefix), venv):
        return "its Python is another environment's"
    if (venv / UNFINISHED).exists():
        return "an installation was cut short"
    if importlib.util.find_spec("pip") is None:
        return "it has no pip"
    return find_stray_script(venv / "bin")


def find_stray_script(folder: Path) -> str | None:
    """Say where the scripts of an environment look for its Python, if that is not here: it was moved or copied."""
    for script in sorted(folder.glob("dbt")):
        head = script.read_bytes()[:4096].decode("utf-8", "replace")
        # pip writes a shell script where a path is too long, or has a blank.
        named = re.match(r"#!(?!/bin/sh)(.+)|#!/bin/sh\n'''exec' \"?(.+?)\"? \"\$0\"", head)
        python = Path(named[1] or named[2]) if named else None
        if python and not _is_same(python.parent, folder):
            return f"it was made for {python.parent.parent}"
    return None


def find_fault_from_outside(venv: Path) -> str | None:
    """Say what is wrong with an environment, by its own Python."""
    python = venv / "bin" / "python"
    try:
        asked = subprocess.run(
            [str(python), "-I", os.path.abspath(__file__), "--check", str(venv)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return "its Python does not start"
    if asked.returncode == 0:
        return None
    return asked.stdout.decode("utf-8", "replace").strip() or "its Python does not start"


def set_up(venv: Path, lock: str, python: str) -> None:
    """Make the environment where there is none, or a broken one, and install what the lock names: by uv, or by pip.

    Args:
        venv: where it is.
        lock: a file of requirements with hashes.
        python: the command that makes it.

    Raises:
        subprocess.CalledProcessError: venv or pip has failed, and said why; or uv was killed.
    """
    fault = find_fault_from_outside(venv)
    if fault:
        if os.path.lexists(str(venv)):
            print(f"Making {venv} anew: {fault}.", flush=True)
        if venv.is_symlink() and not venv.exists():
            venv.unlink()
        subprocess.run([*shlex.split(python), "-m", "venv", str(venv), "--clear"], check=True)
    unfinished = venv / UNFINISHED
    unfinished.touch()
    try:
        if not install_with_uv(venv, lock):
            install_with_pip(venv, lock)
    except subprocess.CalledProcessError as error:
        if error.returncode > 0:  # it gave up in good order, without a network for one
            unfinished.unlink()
        raise
    unfinished.unlink()


def install_with_uv(venv: Path, lock: str) -> bool:
    """Install by uv, in a few seconds; return whether that was possible.

    uv reads no settings of pip: where those name the only index that can be reached, pip has to do it.

    Raises:
        subprocess.CalledProcessError: uv was killed, and may have left half a package.
    """
    uv = shutil.which("uv")
    if uv is None:
        return False
    command = [uv, "pip", "install", "--quiet", "--python", str(venv / "bin" / "python")]
    try:
        done = subprocess.run([*command, *_name_wheels(lock)], stderr=subprocess.PIPE, check=False)
    except OSError as error:
        reason = str(error)
    else:
        if done.returncode < 0:
            raise subprocess.CalledProcessError(done.returncode, command)
        if done.returncode == 0:
            return True
        reason = " ".join(done.stderr.decode("utf-8", "replace").split())
    print(f"uv could not install {lock}, so pip does: {reason[:200]}", flush=True)
    return False


def install_with_pip(venv: Path, lock: str) -> None:
    """Install by the environment's own pip.

    Nothing is compiled ahead: Python compiles what it imports, which is less than all that is installed.

    Raises:
        subprocess.CalledProcessError: pip has failed, and said why.
    """
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", "-qq", "--no-compile"]
    subprocess.run([*command, *_name_wheels(lock)], check=True)


def _name_wheels(lock: str) -> list[str]:
    """Ask for exactly what the lock names, and run no package's own code to build it."""
    return ["--require-hashes", "--only-binary", ":all:", "-r", lock]


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def main(words: list[str]) -> int:
    """Check or set up; return the exit code."""
    if words[0] == "--check":
        fault = find_fault(Path(words[1]))
        if fault:
            print(fault)
        return 1 if fault else 0
    if not VERSIONS[0] <= sys.version_info[:2] < VERSIONS[1]:
        print(f"{words[2]} is not {WORDS}. Name one that is: make run PYTHON=python3.12", file=sys.stderr)
        return 1
    try:
        set_up(Path(words[0]), words[1], words[2])
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"{words[0]} could not be set up: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
