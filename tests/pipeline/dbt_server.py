"""A process that has imported dbt and parsed the project, and forks for each command that is asked of it.

Importing and parsing are most of what a short command takes. A fork does, prints and returns what `dbt` does, and ends
like it: what it has locked or opened goes with it.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import NoReturn, TextIO

import duckdb
from dbt.cli.main import cli, dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.task import build, seed, test  # noqa: F401  commands import them; so a fork has them
from filelock import FileLock

from export.dbt_plugins import landing, workspace  # noqa: F401
from extract.entities import load_entities


def main() -> None:
    """Answer each line of stdin, a command, by its process and then by its exit code."""
    answers = os.fdopen(os.dup(1), "w")
    load_entities()
    os.dup2(2, 1)
    manifest = parse(Path(sys.argv[1]))
    while line := sys.stdin.readline():
        command = json.loads(line)
        if (pid := os.fork()) == 0:
            become(answers, command["environment"], command["stdout"], command["stderr"])
            for module in command["modules"]:
                importlib.import_module(module)
            run(command["arguments"], None if command["parses"] else manifest)
        tell(answers, pid)
        _, status = os.waitpid(pid, 0)
        tell(answers, os.waitstatus_to_exitcode(status))


def tell(answers: TextIO, number: int) -> None:
    """Answer by a number."""
    answers.write(f"{number}\n")
    answers.flush()


def parse(folder: Path) -> Manifest | None:
    """Parse as if for a data directory; a project that cannot be parsed is left to each command.

    What another such process has left in the folder is a quarter of the work. A fork has no thread but the one that
    forks, so none may wait for another: dbt's static parser would start some, and DuckDB's default connection has.
    """
    places = dict.fromkeys(("EVENTHUB_DATA_DIR", "DBT_TARGET_PATH", "DBT_LOG_PATH"), str(folder))
    os.environ |= {**places, "DBT_WRITE_JSON": "false"}
    with FileLock(folder / "parse.lock"):
        result = dbtRunner().invoke(["parse", "--quiet", "--no-static-parser"]).result
    duckdb.default_connection().close()
    return result if isinstance(result, Manifest) else None


def become(answers: TextIO, environment: dict[str, str], stdout: str, stderr: str) -> None:
    """Give a fork the environment and the files of its command."""
    answers.close()
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, path, flags in ((0, os.devnull, os.O_RDONLY), (1, stdout, os.O_WRONLY), (2, stderr, os.O_WRONLY)):
        opened = os.open(path, flags)
        os.dup2(opened, descriptor)
        os.close(opened)


def run(arguments: list[str], manifest: Manifest | None) -> NoReturn:
    """Run a command as the executable does, and exit."""
    sys.argv = [str(Path(sys.executable).parent / "dbt"), *arguments]
    cli.main(arguments, prog_name="dbt", obj={"manifest": manifest, "callbacks": []})
    sys.exit()


if __name__ == "__main__":
    main()
