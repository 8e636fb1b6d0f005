"""The two commands of the README, and a quicker way to the second one."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from tests.paths import REPO_ROOT

# The as_of of every build of the tests, but for one.
AS_OF, LATER = "2026-06-01", "2027-03-01"
# What dbt asks for while it parses.
VARS_OF_PARSING = ("seed",)


def run_extract(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python extract/run.py` on a data directory."""
    return _run([sys.executable, "extract/run.py", *arguments], build_environment(data_dir))


def run_dbt(
    data_dir: Path,
    *arguments: str,
    threads: int = 2,
    engine_threads: int = 1,
    as_of: str = AS_OF,
    writes_manifest: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run dbt; `--vars` may be given by the caller.

    dbt is imported once for all commands, and the project parsed, but for those with a var that dbt asks for while it
    parses. Few tests read dbt's manifest, and writing it takes a third of a short command. DuckDB's second thread takes
    an eighth of a build at the test volume, and gives it nothing; run_dbt_alone and test_scale.py have it.
    """
    command = dbt_command(*arguments, threads=threads, as_of=as_of)
    environment = {**build_environment(data_dir), "EVENTHUB_THREADS": str(engine_threads)}
    if not writes_manifest and arguments[0] != "docs":
        environment["DBT_WRITE_JSON"] = "false"
    with TemporaryDirectory() as folder:
        return begin_dbt(command, environment, Path(folder)).wait()


def begin_dbt(command: list[str], environment: dict[str, str], folder: Path, *modules: str) -> Running:
    """Begin a command of dbt, after importing modules; a folder takes what it prints."""
    if not _SERVERS:
        _SERVERS.append(DbtServer(_PARSED[-1]))
    parses = any(f"{name}:" in command[command.index("--vars") + 1] for name in VARS_OF_PARSING)
    return _SERVERS[0].begin(command[1:], environment, folder, parses=parses, modules=modules)


def run_dbt_alone(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run dbt as a person does: a process that parses the project itself."""
    return _run(dbt_command(*arguments), build_environment(data_dir))


class DbtServer:
    """The process of `tests.pipeline.dbt_server`; it ends with its input.

    Args:
        folder: where it leaves what it has parsed, for the next one.
    """

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.pipeline.dbt_server", str(folder)]
        # Without a buffer, so that what can be read is what has been answered.
        self._process = subprocess.Popen(
            command, cwd=REPO_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def begin(
        self,
        arguments: list[str],
        environment: dict[str, str],
        folder: Path,
        *,
        parses: bool,
        modules: tuple[str, ...] = (),
    ) -> Running:
        """Begin a command; it may parse the project itself."""
        assert self._process.stdin and self._process.stdout
        files = {name: str(folder / name) for name in ("stdout", "stderr")}
        for path in files.values():
            Path(path).touch()
        command = {"arguments": arguments, "environment": environment, "parses": parses, "modules": modules, **files}
        self._process.stdin.write(f"{json.dumps(command)}\n".encode())
        return Running(arguments, folder, self._process.stdout)

    def stop(self) -> None:
        """Close its input and wait for it."""
        self._process.communicate()


class Running:
    """A command that the server has begun; it must be waited for before the next one.

    Args:
        arguments: of dbt.
        folder: with what it prints.
        answers: the server's, a line each: the process of the command, and then its exit code.
    """

    def __init__(self, arguments: list[str], folder: Path, answers: IO[bytes]) -> None:
        self._arguments, self._folder, self._answers = arguments, folder, answers
        self.pid = self._read()

    def is_running(self) -> bool:
        """Tell whether it has not ended."""
        return not select.select([self._answers], [], [], 0)[0]

    def wait(self) -> subprocess.CompletedProcess[str]:
        """Wait for its end."""
        code = self._read()
        printed = ((self._folder / name).read_text(encoding="utf-8") for name in ("stdout", "stderr"))
        return subprocess.CompletedProcess(["dbt", *self._arguments], code, *printed)

    def _read(self) -> int:
        line = self._answers.readline()
        assert line, "the process that has parsed the project has died; its reason is on stderr"
        return int(line)


_SERVERS: list[DbtServer] = []
_PARSED: list[Path] = []


@contextmanager
def serve_dbt(parsed: Path) -> Iterator[None]:
    """Let run_dbt begin what it needs, and end it at last; all workers name one folder for what is parsed."""
    parsed.mkdir(exist_ok=True)
    _PARSED.append(parsed)
    yield
    while _SERVERS:
        _SERVERS.pop().stop()
    _PARSED.remove(parsed)


def copy_built(built: Path, data_dir: Path) -> None:
    """Copy a finished build, without what dbt has compiled: most of its files, and another folder's."""
    shutil.copytree(built, data_dir, ignore=lambda folder, _: ["target"] if Path(folder) == built / "work" else [])


def dbt_command(*arguments: str, threads: int = 2, as_of: str = AS_OF) -> list[str]:
    """Return the command line of the environment's own dbt; unit tests read no data, so one run of all is enough."""
    dbt = str(Path(sys.executable).parent / "dbt")
    variables = [] if "--vars" in arguments else ["--vars", f"{{as_of: {as_of}}}"]
    no_units = arguments[0] in ("build", "test") and "--resource-type" not in arguments
    without = ["--exclude-resource-type", "unit_test"] if no_units else []
    return [dbt, *arguments, *variables, *without, "--threads", str(threads)]


def build_environment(data_dir: Path) -> dict[str, str]:
    """Return an environment in which all output goes to a data directory."""
    return {
        **os.environ,
        "EVENTHUB_DATA_DIR": str(data_dir),
        "DBT_TARGET_PATH": str(data_dir / "work" / "target"),
        "DBT_LOG_PATH": str(data_dir / "work" / "logs"),
        "NO_COLOR": "1",
    }


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=REPO_ROOT, env=environment, capture_output=True, text=True, check=False)
